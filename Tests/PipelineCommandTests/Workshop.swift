import ContentAddressing
import Foundation
import Programs

/// A folder of its own for one test: a small data set as IDX files, a spec over it, and stores.
final class Workshop {
  let folder: URL

  /// Three classes of 6×6 images, told apart by where they are bright.
  init(trainingSamples: Int = 240, testSamples: Int = 60) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "pipeline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "mirror"), withIntermediateDirectories: true)
    try write(Self.images(trainingSamples, seed: 1), "mirror/train-images")
    try write(Self.labels(trainingSamples), "mirror/train-labels")
    try write(Self.images(testSamples, seed: 2), "mirror/test-images")
    try write(Self.labels(testSamples), "mirror/test-labels")
    try write(Array(spec().utf8), "spec.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  /// Runs the command in the folder; `--store` names one of its subfolders.
  func run(
    _ arguments: [String], store: String = "store", environment: [String: String] = [:],
    onLine: (RunningProgram, String) -> Void = { _, _ in }
  ) throws -> CommandResult {
    try CommandRun(
      arguments: arguments + ["--store", store], environment: environment, folder: folder
    ).result(onLine: onLine)
  }

  /// `pipeline run spec.yaml --json --offline` with the mirror.
  func runPipeline(
    _ arguments: [String] = [], store: String = "store", mirror: String = "mirror",
    onLine: (RunningProgram, String) -> Void = { _, _ in }
  ) throws -> CommandResult {
    try run(
      ["run", "spec.yaml", "--json", "--offline", "--mirror", mirror] + arguments, store: store,
      onLine: onLine)
  }

  /// The spec, with the digests of the files as they are now.
  func spec(epochs: Int = 6, extra: String = "") throws -> String {
    var files = ""
    for name in ["train-images", "train-labels", "test-images", "test-labels"] {
      let content = Content(of: try bytes("mirror/\(name)"))
      files += """
              \(name).idx:
                urls: [https://data.invalid/\(name)]
                sha256: \(content.digest.hex)
                bytes: \(content.byteCount)

        """
    }
    return """
      version: 1
      name: tiny
      seed: 7
      stages:
        download:
          step: download
          files:
      \(files)
        prepare:
          step: prepare
          format: idx
          train: {images: download/train-images.idx, labels: download/train-labels.idx}
          test: {images: download/test-images.idx, labels: download/test-labels.idx}
          validation: {count: 30, stratified: true}
          class_names: [left, middle, right]
        train:
          step: train
          data: prepare/dataset.h5
          model: [flatten, {linear: 12}, relu, {dropout: 0.1}, {linear: 3}]
          optimizer: {adam: {learning_rate: 0.01}}
          epochs: \(epochs)
          batch_size: 16
          checkpoint: {every_steps: 5, every_epochs: 1}
        evaluate: {step: evaluate, model: train/model.safetensors, data: prepare/dataset.h5}
        report: {step: report, title: Tiny}
      \(extra)
      """
  }

  private static func header(_ dimensions: [Int]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)]
      + dimensions.flatMap { size in
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: size >> $0) }
      }
  }

  private static func labels(_ count: Int) -> [UInt8] {
    header([count]) + (0..<count).map { UInt8($0 % 3) }
  }

  /// A bright pair of columns where the class says, under noise from a small linear generator.
  private static func images(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    func noise() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 57)
    }
    var bytes = header([count, 6, 6])
    for sample in 0..<count {
      for pixel in 0..<36 {
        let isBright = pixel % 6 / 2 == sample % 3
        bytes.append(UInt8(min(255, noise() + (isBright ? 90 : 0))))
      }
    }
    return bytes
  }
}
