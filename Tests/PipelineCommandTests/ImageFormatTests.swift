import Foundation
import Programs
import Testing

@Suite("CIFAR-10 in a spec")
struct CIFARSpecTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    for (index, name) in ["one.bin", "two.bin", "test.bin"].enumerated() {
      try workshop.write(Self.records(40, seed: UInt64(index)), name)
    }
  }

  /// Records of CIFAR-10 in two classes: a frog is green and a ship is blue, under noise.
  private static func records(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    var bytes: [UInt8] = []
    for sample in 0..<count {
      let label = sample % 2 == 0 ? 6 : 8
      bytes.append(UInt8(label))
      for place in 0..<3072 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let isBright = place / 1024 == (label == 6 ? 1 : 2)
        bytes.append(UInt8(state >> 58) + (isBright ? 120 : 20))
      }
    }
    return bytes
  }

  static let spec = """
    version: 1
    name: colours
    seed: 3
    stages:
      prepare:
        step: prepare
        format: cifar10
        train: {batches: [./one.bin, ./two.bin]}
        test: {batches: [./test.bin]}
        validation: {count: 20}
      train:
        step: train
        data: prepare/dataset.h5
        augment: {crop_padding: 4, horizontal_flip: true}
        model:
          - conv2d: {channels: 4, kernel: 3, stride: 4, bias: false}
          - batch_norm
          - relu
          - residual: [{conv2d: {channels: 4, kernel: 3, padding: 1}}]
          - global_average_pool
          - linear: 10
        optimizer: {adam: 0.02}
        epochs: 4
        batch_size: 10
      evaluate: {step: evaluate, model: train/model.safetensors, data: prepare/dataset.h5}
      report: {step: report}
    """

  private func write(_ spec: String) throws { try workshop.write(Array(spec.utf8), "spec.yaml") }

  @Test("is prepared, learnt with augmentation and measured, its classes by their names")
  func learning() throws {
    try write(Self.spec)
    let result = try workshop.runPipeline()
    #expect(result.status == 0, "\(result.errors)")
    let prepared = try #require(result.stages["prepare"]?["metrics"] as? [String: Any])
    #expect(prepared["sample_shape"] as? [Int] == [3, 32, 32] && prepared["classes"] as? Int == 10)
    #expect(prepared["train_samples"] as? Int == 60 && prepared["test_samples"] as? Int == 40)
    let metrics = try #require(result.stages["evaluate"]?["metrics"] as? [String: Any])
    #expect(try #require(metrics["accuracy"] as? Double) == 1)
    let path = "evaluation.json"
    _ = try workshop.run(["export", "latest", "evaluate/evaluation.json", "-o", path])
    #expect(String(decoding: try workshop.bytes(path), as: UTF8.self).contains("\"frog\""))
  }

  @Test("gives the same digests on one thread and three, without checkpoints and after kills")
  func reproduction() throws {
    try write(Self.spec)
    let first = try workshop.runPipeline(["--threads", "1"], store: "first")
    #expect(first.status == 0, "\(first.errors)")
    try write(
      Self.spec.replacingOccurrences(
        of: "batch_size: 10", with: "batch_size: 10\n    checkpoint: {every_steps: 1}"))
    for number in [3, 9] {
      var seen = 0
      let killed = try workshop.runPipeline(["--threads", "3"]) { process, line in
        guard line.contains(#""event":"checkpoint""#) else { return }
        seen += 1
        if seen == number { process.send(SIGKILL) }
      }
      #expect(killed.status == 128 + SIGKILL)
    }
    let resumed = try workshop.runPipeline(["--threads", "3"])
    #expect(resumed.states["train"] == "resumed")
    #expect(resumed.digests == first.digests)
  }

  @Test("learns other weights from other augmentations, and the same from one that does nothing")
  func augmentations() throws {
    func model(_ augment: String) throws -> String? {
      try write(
        Self.spec.replacingOccurrences(
          of: "{crop_padding: 4, horizontal_flip: true}", with: augment))
      let result = try workshop.runPipeline(["--to", "train"])
      #expect(result.status == 0, "\(augment): \(result.errors)")
      return result.digests["train/model.safetensors"]
    }
    let plain = try model("{}")
    #expect(try model("{horizontal_flip: false, border: zero}") == plain)
    let others = try [
      "{crop_padding: 4}", "{crop_padding: 4, border: zero}", "{horizontal_flip: true}",
      "{crop_padding: 31}", "{crop_padding: 200, border: zero}",
    ].map { try model($0) }
    #expect(Set(others + [plain]).count == 6)
  }

  @Test("refuses a reflection that is wider than the image, with its place")
  func wideReflection() throws {
    try write(Self.spec.replacingOccurrences(of: "crop_padding: 4", with: "crop_padding: 32"))
    let result = try workshop.runPipeline()
    #expect(result.status == 78)
    #expect(result.errors.contains("spec.yaml:14:") && result.errors.contains("32×32"))
  }

  @Test("refuses the sources of another format, each with its place")
  func wrongSources() throws {
    let wrong = Self.spec
      .replacingOccurrences(
        of: "train: {batches: [./one.bin, ./two.bin]}", with: "train: {images: ./one.bin}")
    try write(wrong)
    let first = try workshop.run(["check", "spec.yaml"])
    #expect(first.status == 78)
    #expect(
      first.errors.contains("needs the setting `batches`; `format: cifar10` is read from `batches`")
    )
    #expect(first.errors.contains("unknown setting `images`; valid here: batches"))
    #expect(first.errors.contains("spec.yaml:8:"))
    try write(Self.spec.replacingOccurrences(of: "cifar10", with: "idx"))
    let second = try workshop.run(["check", "spec.yaml"])
    #expect(second.status == 78)
    for name in ["images", "labels"] {
      #expect(
        second.errors.contains("needs the setting `\(name)`; `format: idx` is read from"))
    }
  }

  @Test("does without a test split, and says so where one is asked for")
  func withoutTest() throws {
    try write(Self.spec.replacingOccurrences(of: "    test: {batches: [./test.bin]}\n", with: ""))
    let result = try workshop.runPipeline(["--to", "train"])
    #expect(result.status == 0, "\(result.errors)")
    let whole = try workshop.runPipeline()
    #expect(whole.status == 78)
    #expect(whole.errors.contains("the split “test” is empty"))
  }

  @Test("refuses a file that is none")
  func damaged() throws {
    try write(Self.spec)
    try workshop.write(Array(repeating: 1, count: 3074), "two.bin")
    let result = try workshop.runPipeline()
    #expect(result.status == 65)
    #expect(result.errors.contains("3073"))
  }
}
