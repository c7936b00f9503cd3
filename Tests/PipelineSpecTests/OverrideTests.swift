import ContentAddressing
import Testing

@testable import PipelineSpec

@Suite("An override")
struct OverrideTests {
  private static let text = """
    version: 1
    name: base
    seed: 1
    stages:
      data.v1:
        step: download
        files:
          train.images.idx: {urls: [https://a.b/c], sha256: \(String(repeating: "ab", count: 32)), bytes: 3}
      train:
        step: train
        data: data.v1/train.images.idx
        model: [flatten, {linear: 10}, relu, {residual: [{linear: {features: 3, bias: false}}]}]
        optimizer: {adam: {learning_rate: 0.1, beta1: 0.5}}
        epochs: 3
    """

  private func canonical(_ overrides: [String]) throws -> CanonicalValue {
    try parse(Self.text, overrides: overrides).stages[1].parameters.canonical(.complete)
  }

  @Test(
    "means what the same change of the file means",
    arguments: [
      (["train.epochs=5"], "epochs: 3", "epochs: 5"),
      (["train.epochs=4", "train.epochs=5"], "epochs: 3", "epochs: 5"),
      (["train.batch_size=128"], "epochs: 3", "epochs: 3\n    batch_size: 128"),
      (
        ["train.optimizer.adam.learning_rate=1e-2"], "learning_rate: 0.1, beta1: 0.5",
        "learning_rate: 0.01, beta1: 0.5"
      ),
      (
        ["train.optimizer.adam.beta2=0.9"], "beta1: 0.5}", "beta1: 0.5, beta2: 0.9}"
      ),
      (
        ["train.optimizer.sgd.learning_rate=0.1"],
        "{adam: {learning_rate: 0.1, beta1: 0.5}}", "{sgd: {learning_rate: 0.1}}"
      ),
      (["train.optimizer=sgd"], "{adam: {learning_rate: 0.1, beta1: 0.5}}", "sgd"),
      (
        ["train.optimizer={adamw: 0.2}"], "{adam: {learning_rate: 0.1, beta1: 0.5}}",
        "{adamw: {learning_rate: 0.2}}"
      ),
      (["train.optimizer.adamw=0.2"], "{adam: {learning_rate: 0.1, beta1: 0.5}}", "{adamw: 0.2}"),
      (
        ["train.model=[flatten,{linear: 10}]"],
        ", relu, {residual: [{linear: {features: 3, bias: false}}]}]", "]"
      ),
      (["train.model.1.linear.features=7"], "{linear: 10}", "{linear: 7}"),
      (["train.model.1.linear=7"], "{linear: 10}", "{linear: 7}"),
      (["train.model.1.linear.name=out"], "{linear: 10}", "{linear: {features: 10, name: out}}"),
      (["train.model.2=tanh"], "relu", "tanh"),
      (["train.model.3.residual.body.0.linear.bias=true"], "bias: false", "bias: true"),
      (
        ["train.loss.cross_entropy.label_smoothing=0.1"], "epochs: 3",
        "epochs: 3\n    loss: {cross_entropy: {label_smoothing: 0.1}}"
      ),
      (
        ["train.checkpoint.every_steps=5"], "epochs: 3",
        "epochs: 3\n    checkpoint: {every_epochs: 1, every_steps: 5}"
      ),
      (
        ["train.augment.crop_padding=5"], "epochs: 3",
        "epochs: 3\n    augment: {crop_padding: 5}"
      ),
      (["train.clip_gradients={norm: 1}"], "epochs: 3", "epochs: 3\n    clip_gradients: {norm: 1}"),
    ])
  func equivalence(overrides: [String], old: String, new: String) throws {
    #expect(Self.text.contains(old))
    let edited = try parse(Self.text.replacing(old, with: new)).stages[1].parameters.canonical(
      .complete)
    #expect(try canonical(overrides) == edited)
    #expect(try canonical([]) != edited)
  }

  @Test("reaches the settings of the spec, seeds, and names with dots")
  func reach() throws {
    let spec = try parse(
      Self.text,
      overrides: [
        "seed=7", "name=other", "train.seed=8", "data.v1.files.train.images.idx.bytes=9",
      ])
    #expect(spec.seed == 7)
    #expect(spec.name == "other")
    #expect(spec.stages[1].seed == 8)
    #expect(spec.stages[0].parameters.value(atPath: "files.train.images.idx.bytes")?.integer == 9)
  }

  @Test("takes texts as they are", arguments: ["a: b", "no", "null", "[x", "*", "# x", "'q'", "ü"])
  func texts(text: String) throws {
    let spec = try parse(
      "version: 1\nname: a\nstages: {r: {step: report}}", overrides: ["r.title=\(text)"])
    #expect(spec.stages[0].parameters["title"]?.string == text)
  }

  @Test("is the place of its value")
  func place() throws {
    let spec = try parse(Self.text, overrides: ["train.epochs=5"])
    let epochs = try #require(spec.stages[1].parameters["epochs"])
    #expect(!epochs.isDefault)
    #expect(epochs.location?.isOverride == true)
    #expect(epochs.location?.description == "--set train.epochs=5")
    #expect(spec.stages[1].parameters["data"]?.location?.description == "mnist.yaml:11:11")
  }

  @Test("makes an otherwise wrong spec right")
  func mends() throws {
    let wrong = Self.text.replacing("epochs: 3", with: "epochs: 0")
    #expect(throws: SpecError.self) { try parse(wrong) }
    #expect(
      try parse(wrong, overrides: ["train.epochs=1"]).stages[1].parameters["epochs"]?.integer == 1)
  }
}
