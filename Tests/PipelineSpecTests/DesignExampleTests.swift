import ContentAddressing
import Testing

@testable import PipelineSpec

@Suite("The example of the design")
struct DesignExampleTests {
  @Test("is read with its stages, edges and defaults")
  func reads() throws {
    let spec = try parse(Self.text)
    #expect(spec.name == "mnist")
    #expect(spec.seed == 42)
    #expect(spec.stages.map(\.name) == ["download", "prepare", "train", "evaluate", "report"])
    #expect(spec.topologicalOrder.map(\.name) == spec.stages.map(\.name))
    let train = try #require(spec[stage: "train"])
    #expect(try train.parameters.integer("batch_size") == 64)
    let optimizer = try train.parameters.choice("optimizer")
    #expect(optimizer.name == "adam")
    #expect(try optimizer.settings.number("learning_rate") == 0.001)
    #expect(try optimizer.settings.number("beta2") == 0.999)
    #expect(optimizer.settings["beta2"]?.isDefault == true)
    #expect(
      optimizer.settings["learning_rate"]?.location
        == SourceLocation(file: "mnist.yaml", line: 26, column: 39))
    #expect(train.inputs.map(\.path) == ["data"])
    let prepare = try #require(spec[stage: "prepare"])
    #expect(
      prepare.inputs.map(\.path)
        == ["train.images", "train.labels", "test.images", "test.labels"])
    let report = try #require(spec[stage: "report"])
    #expect(report.dependencies == ["download", "prepare", "train", "evaluate"])
    #expect(report.inputs.allSatisfy { $0.isImplicit })
  }

  @Test("has the canonical form of its choices with their defaults")
  func canonical() throws {
    let train = try #require(try parse(Self.text)[stage: "train"])
    let form = train.parameters.canonical()
    #expect(form["model"]?.array?[0] == ["flatten": [:]])
    #expect(form["model"]?.array?[1] == ["linear": ["features": 128, "bias": true]])
    #expect(form["data"] == ["input": "data"])
    #expect(form["checkpoint"] == nil)
    #expect(form["optimizer"]?["adam"]?["learning_rate"] == .double(0.001))
    _ = try form.canonicalBytes()
  }

  static let text = """
    version: 1
    name: mnist
    seed: 42
    stages:
      download:
        step: download
        files:
          train-images.idx: &file
            urls:                      # tried in order
              - https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz
            compression: gzip
            sha256: 1234567890123456789012345678901234567890123456789012345678901234
            bytes: 47040016
          train-labels.idx: *file
          test-images.idx: *file
          test-labels.idx: *file
      prepare:
        step: prepare
        format: idx
        train: {images: download/train-images.idx, labels: download/train-labels.idx}
        test: {images: download/test-images.idx, labels: download/test-labels.idx}
        validation: {count: 5000, stratified: true}      # taken from train
        normalize: standardize                           # statistics of the training split only
      train:
        step: train
        optimizer: {adam: {learning_rate: 0.001}}
        data: prepare/dataset.h5
        model: [flatten, {linear: 128}, relu, {linear: 64}, relu, {linear: 10}]
        loss: cross_entropy
        epochs: 10
        batch_size: 64
        checkpoint: {every_epochs: 1}
      evaluate: {step: evaluate, model: train/model.safetensors, data: prepare/dataset.h5, split: test}
      report: {step: report, title: MNIST perceptron}
    """
}

/// Reads a spec by the example catalog.
func parse(
  _ text: String, file: String = "mnist.yaml", overrides: [String] = []
) throws(SpecError) -> PipelineSpec {
  try SpecParser(catalog: SpecCatalogExample.catalog).parse(
    Array(text.utf8), file: file, overrides: overrides)
}
