// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "OwnModel",
  dependencies: [
    // Beside a clone of pipeline; in a package of your own, the path to it.
    .package(name: "pipeline", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "OwnModel",
      dependencies: [
        .product(name: "Training", package: "pipeline"),
        .product(name: "Kernels", package: "pipeline"),
        .product(name: "WorkerPool", package: "pipeline"),
      ])
  ]
)
