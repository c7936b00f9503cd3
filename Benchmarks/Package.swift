// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nobody who builds the product fetches the benchmark library.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "pipeline", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "KernelBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Kernels", package: "pipeline"),
        .product(name: "WorkerPool", package: "pipeline"),
      ],
      path: "Benchmarks/KernelBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "DeterminismPrice",
      dependencies: [
        .product(name: "Kernels", package: "pipeline"),
        .product(name: "WorkerPool", package: "pipeline"),
      ],
      path: "DeterminismPrice",
      swiftSettings: [.unsafeFlags(["-Ounchecked", "-Xcc", "-march=native"])]),
  ]
)
