// swift-tools-version: 6.3
import PackageDescription

/// Settings of every source target: the language as strict as it goes.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Settings of test targets: the same language, without the bookkeeping of `unsafe`.
let tests: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Settings of test targets that leave the computing to what they test: never optimized themselves.
///
/// In a release build the code under test is; optimizing the tests too took longer than running them.
let plainTests: [SwiftSetting] =
  tests + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

/// Settings of a kernel module: one level of x86-64, optimized in debug builds too.
///
/// The file list is one module without batches, so that both build modes give the same code.
func kernels(_ level: String, _ tile: String) -> [SwiftSetting] {
  strict + [
    .define(tile),
    // Debug builds check each load and store against its slice.
    .define("CHECKED_BOUNDS", .when(configuration: .debug)),
    .unsafeFlags([
      "-O", "-disable-batch-mode", "-wmo", "-num-threads", "1", "-Xcc", "-march=\(level)",
      "-Xcc", "-fno-math-errno",
    ]),
  ]
}

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// MARK: What a setting is, below both wings

let settings = Target.target(name: "Settings", swiftSettings: strict)

// MARK: Provenance wing

let provenance: [Target] = [
  .systemLibrary(name: "CCrypto", path: "Sources/C/CCrypto", providers: [.apt(["libssl-dev"])]),
  // From the archive: SHA-256 alone, and no shared library to load at each start.
  .target(
    name: "ContentAddressing", dependencies: ["CCrypto"], swiftSettings: strict,
    linkerSettings: [.unsafeFlags(["-Xlinker", "-l:libcrypto.a"])]),
  .target(
    name: "ArtifactStore", dependencies: ["ContentAddressing", "CPosix", system],
    swiftSettings: strict),
  .systemLibrary(name: "CYAML", path: "Sources/C/CYAML", providers: [.apt(["libyaml-dev"])]),
  .target(
    name: "YAML", dependencies: ["CYAML"], swiftSettings: strict,
    linkerSettings: [.unsafeFlags(["-Xlinker", "-l:libyaml.a"])]),
  .target(
    name: "PipelineSpec", dependencies: ["ContentAddressing", "Settings", "YAML"],
    swiftSettings: strict),
  .target(
    name: "Pipeline",
    dependencies: ["ArtifactStore", "ContentAddressing", "PipelineSpec", "Settings", system],
    swiftSettings: strict),
]

// MARK: Numerics wing

let numerics: [Target] = [
  .systemLibrary(name: "CPrefetch", path: "Sources/C/CPrefetch"),
  // Optimized in debug builds too, as the modules that implement it are.
  .target(name: "KernelInterface", swiftSettings: strict + [.unsafeFlags(["-O"])]),
  .target(
    name: "KernelsV2", dependencies: ["CPrefetch", "KernelInterface"],
    swiftSettings: kernels("x86-64-v2", "TILE_4X16")
  ),
  .target(
    name: "KernelsV3", dependencies: ["CPrefetch", "KernelInterface"],
    swiftSettings: kernels("x86-64-v3", "TILE_6X16")
  ),
  .target(
    name: "KernelsV4", dependencies: ["CPrefetch", "KernelInterface"],
    swiftSettings: kernels("x86-64-v4", "TILE_12X32")),
  .target(
    name: "Kernels",
    dependencies: ["KernelInterface", "KernelsV2", "KernelsV3", "KernelsV4", "CPosix"],
    swiftSettings: strict,
    // fma and fmaf, where the instruction set has none.
    linkerSettings: [.linkedLibrary("m")]),
  .target(
    name: "WorkerPool", dependencies: ["CPosix"], swiftSettings: strict + [.unsafeFlags(["-O"])]),
  .target(
    name: "ElementaryFunctions", swiftSettings: strict,
    linkerSettings: [.linkedLibrary("m")]),
  .target(
    name: "RandomStreams", dependencies: ["ElementaryFunctions", "KernelInterface", "Kernels"],
    swiftSettings: strict),
  .target(
    name: "Autograd", dependencies: ["KernelInterface", "Kernels", "RandomStreams", "WorkerPool"],
    swiftSettings: strict),
  .target(
    name: "Training",
    dependencies: [
      "Autograd", "KernelInterface", "Kernels", "RandomStreams", "Settings", "WorkerPool",
    ],
    swiftSettings: strict),
]

// MARK: Data

let data: [Target] = [
  .systemLibrary(name: "CHDF5", path: "Sources/C/CHDF5", providers: [.apt(["libhdf5-dev"])]),
  .systemLibrary(
    name: "CZlib", path: "Sources/C/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  // Loaded at its first use, hence not linked: only the header is needed.
  .target(name: "CCurl", path: "Sources/C/CCurl", linkerSettings: [.linkedLibrary("dl")]),
  .systemLibrary(
    name: "CPNG", path: "Sources/C/CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
  // From the archive: Debian's shared library brings libcurl and all that it needs along, which costs
  // each start of the command 6 ms (Decisions/0025).
  .target(
    name: "HDF5", dependencies: ["CHDF5"], swiftSettings: strict,
    linkerSettings: [
      .unsafeFlags(["-Xlinker", "-l:libhdf5_serial.a"]), .linkedLibrary("sz"),
      .linkedLibrary("z"), .linkedLibrary("m"), .linkedLibrary("dl"),
    ]),
  .target(
    name: "PNG", dependencies: ["CPNG", system], swiftSettings: strict + [.unsafeFlags(["-O"])]),
  // Rooms with loops over bytes are optimized in debug builds too: the same bits, sooner.
  .target(
    name: "Compression", dependencies: ["CZlib", system],
    swiftSettings: strict + [.unsafeFlags(["-O"])]),
  .target(name: "Transfer", dependencies: ["CCurl"], swiftSettings: strict),
  .target(name: "SafeTensors", swiftSettings: strict + [.unsafeFlags(["-O"])]),
  .target(
    name: "Datasets",
    dependencies: [
      "Compression", "HDF5", "KernelInterface", "Kernels", "RandomStreams", "Settings",
    ],
    swiftSettings: strict + [.unsafeFlags(["-O"])]),
]

// MARK: Hall and front door

let front: [Target] = [
  .target(name: "CPosix", path: "Sources/C/CPosix"),
  .target(
    name: "Report",
    dependencies: ["ContentAddressing", "ElementaryFunctions"],
    resources: [.embedInCode("Resources")], swiftSettings: strict),
  .target(
    name: "Steps",
    dependencies: [
      "ArtifactStore", "Autograd", "Compression", "ContentAddressing", "Datasets", "HDF5",
      "Kernels", "PNG", "Pipeline", "PipelineSpec", "Report", "SafeTensors", "Settings", "Training",
      "Transfer", "WorkerPool", subprocess, system,
    ], swiftSettings: strict),
  .executableTarget(
    name: "PipelineCommand",
    dependencies: [
      "ArtifactStore", "ContentAddressing", "Kernels", "Pipeline", "PipelineSpec", "Steps",
      arguments, system,
    ], swiftSettings: strict),
]

// MARK: Tests

let suites: [Target] = [
  .testTarget(name: "ArchitectureTests", swiftSettings: plainTests),
  .testTarget(name: "SettingsTests", dependencies: ["Settings"], swiftSettings: plainTests),
  .testTarget(name: "ProgramsTests", dependencies: ["Programs"], swiftSettings: plainTests),
  .testTarget(
    name: "ContentAddressingTests", dependencies: ["ContentAddressing", "Programs"],
    swiftSettings: plainTests),
  .testTarget(
    name: "ArtifactStoreTests",
    dependencies: [
      "ArtifactStore", "ContentAddressing", "CPosix", "Thoroughness", "Programs", system,
    ],
    swiftSettings: plainTests),
  .testTarget(name: "YAMLTests", dependencies: ["YAML", "Programs"], swiftSettings: plainTests),
  .testTarget(
    name: "PipelineSpecTests",
    dependencies: [
      "PipelineSpec", "ContentAddressing", "Pipeline", "Settings", "Steps", "Thoroughness",
      "Programs",
    ],
    exclude: ["WrongSpecs"], swiftSettings: plainTests),
  .testTarget(
    name: "KernelsTests",
    dependencies: [
      "COracle", "GoldenRuns", "KernelInterface", "Kernels", "Thoroughness", "Programs",
    ],
    swiftSettings: tests),
  .testTarget(
    name: "ElementaryFunctionsTests", dependencies: ["ElementaryFunctions", "COracle"],
    swiftSettings: tests),
  .testTarget(
    name: "RandomStreamsTests",
    dependencies: ["ElementaryFunctions", "KernelInterface", "Kernels", "RandomStreams"],
    swiftSettings: tests),
  .testTarget(name: "WorkerPoolTests", dependencies: ["WorkerPool"], swiftSettings: plainTests),
  .testTarget(
    name: "AutogradTests", dependencies: ["Autograd", "KernelInterface", "Kernels", "WorkerPool"],
    swiftSettings: tests),
  .testTarget(
    name: "TrainingTests",
    dependencies: [
      "Autograd", "GoldenRuns", "KernelInterface", "Kernels", "Settings", "Training", "WorkerPool",
    ],
    swiftSettings: tests),
  .testTarget(
    name: "ReferenceTests",
    dependencies: [
      "Autograd", "KernelInterface", "Kernels", "ReferenceInterpreter", "Settings", "Training",
      "WorkerPool",
    ],
    swiftSettings: tests),
  .testTarget(
    name: "CompressionTests", dependencies: ["Compression", "Programs"], swiftSettings: plainTests),
  .testTarget(
    name: "TransferTests", dependencies: ["Transfer", "Programs"],
    exclude: ["server.py", "certificates.sh"],
    swiftSettings: plainTests),
  .testTarget(
    name: "HDF5Tests", dependencies: ["HDF5", "Programs"], exclude: ["Foreign", "make_foreign.py"],
    swiftSettings: plainTests),
  .testTarget(name: "PNGTests", dependencies: ["PNG", "Programs"], swiftSettings: plainTests),
  .testTarget(
    name: "SafeTensorsTests", dependencies: ["SafeTensors", "Programs"], swiftSettings: plainTests),
  .testTarget(
    name: "DatasetsTests",
    dependencies: [
      "Compression", "Datasets", "HDF5", "RandomStreams", "Settings", "Programs",
    ],
    exclude: ["Fixtures"], swiftSettings: plainTests),
  .testTarget(
    name: "ReportTests",
    dependencies: [
      "ContentAddressing", "ElementaryFunctions", "Report", "ReportSamples",
    ],
    swiftSettings: plainTests),
  .testTarget(
    name: "PipelineTests",
    dependencies: [
      "ArtifactStore", "ContentAddressing", "Pipeline", "PipelineSpec", "Settings", "Steps",
      system,
    ], swiftSettings: plainTests),
  .testTarget(
    name: "StepsTests",
    dependencies: ["ContentAddressing", "Pipeline", "PipelineSpec", "Report", "Settings", "Steps"],
    swiftSettings: plainTests),
  .testTarget(
    name: "PipelineCommandTests",
    dependencies: [
      "ArtifactStore", "ContentAddressing", "PipelineCommand", "Thoroughness", "Programs", system,
    ],
    exclude: ["cutting-server.py", "validate.py"], swiftSettings: plainTests),
  // What tests stand on; none of it is part of a product.
  .target(name: "COracle", path: "Tests/COracle"),
  // Every operation as loops over indices, with no code of the product; optimized in debug builds too.
  .target(
    name: "ReferenceInterpreter", dependencies: ["COracle"], path: "Tests/ReferenceInterpreter",
    swiftSettings: strict + [.unsafeFlags(["-O"])]),
  .target(
    name: "ReportSamples", dependencies: ["Report"], path: "Tests/ReportSamples",
    swiftSettings: strict),
  .executableTarget(
    name: "report-samples", dependencies: ["ReportSamples", "Report"],
    path: "Tests/ReportSamplesCommand", swiftSettings: strict),
  .executableTarget(
    name: "KernelGoldens", dependencies: ["GoldenRuns", "Kernels"], path: "Tests/KernelGoldens",
    swiftSettings: strict),
  .target(name: "Programs", path: "Tests/Programs", swiftSettings: tests),
  .target(name: "Thoroughness", path: "Tests/Thoroughness", swiftSettings: tests),
  .target(
    name: "GoldenRuns",
    dependencies: [
      "Autograd", "ContentAddressing", "Kernels", "Settings", "Training", "WorkerPool",
    ],
    path: "Tests/GoldenRuns", swiftSettings: tests),
  .executableTarget(
    name: "TrainingSpeed",
    dependencies: [
      "Autograd", "KernelInterface", "Kernels", "RandomStreams", "Training", "WorkerPool",
    ],
    path: "Benchmarks/TrainingSpeed", swiftSettings: tests),
  .executableTarget(
    name: "KernelRates", dependencies: ["KernelInterface", "Kernels", "WorkerPool"],
    path: "Benchmarks/KernelRates", swiftSettings: tests),
  // For the widest vectors of the machine at hand, as one would write it without rules for bits.
  .executableTarget(
    name: "DeterminismPrice", dependencies: ["KernelInterface", "Kernels", "WorkerPool"],
    path: "Benchmarks/DeterminismPrice",
    swiftSettings: tests + [.unsafeFlags(["-Ounchecked", "-Xcc", "-march=native"])]),
  // The example, seen from outside of the package as its own manifest sees it.
  .executableTarget(
    name: "OwnModelExample", dependencies: ["Autograd", "Kernels", "Training", "WorkerPool"],
    path: "Examples/OwnModel/Sources/OwnModel", packageAccess: false),
  .executableTarget(
    name: "exhaustive-check", dependencies: ["KernelInterface", "Kernels", "COracle"],
    path: "Tests/ExhaustiveCheck",
    swiftSettings: tests),
]

let package = Package(
  name: "pipeline",
  products: [
    .executable(name: "pipeline", targets: ["PipelineCommand"]),
    // For Swift programs: autograd and training, and what they stand on.
    .library(name: "Training", targets: ["Autograd", "Training"]),
    .library(name: "Kernels", targets: ["Kernels"]),
    .library(name: "WorkerPool", targets: ["WorkerPool"]),
    .library(name: "Datasets", targets: ["Datasets", "SafeTensors"]),
    .library(name: "Pipeline", targets: ["Pipeline", "PipelineSpec", "ArtifactStore"]),
    .library(name: "Report", targets: ["Report"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    // Without its trait for Foundation, which nothing here uses.
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [settings] + provenance + numerics + data + front + suites
)
