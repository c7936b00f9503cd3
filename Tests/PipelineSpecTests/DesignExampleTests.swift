import ContentAddressing
import Pipeline
import Steps
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
    #expect(train.parameters["batch_size"]?.integer == 64)
    let optimizer = try #require(train.parameters["optimizer"]?.choice)
    #expect(optimizer.name == "adam")
    #expect(optimizer.settings["learning_rate"]?.number == 0.001)
    #expect(optimizer.settings["beta2"]?.number == 0.999)
    #expect(optimizer.settings["beta2"]?.location == nil)
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

  @Test("has the canonical form of its choices without their defaults")
  func canonical() throws {
    let train = try #require(try parse(Self.text)[stage: "train"])
    let form = train.parameters.canonical()
    #expect(form["model"]?.array?[0] == ["flatten": [:]])
    #expect(form["model"]?.array?[1] == ["linear": ["features": 128]])
    #expect(form["data"] == ["input": "data"])
    #expect(form["checkpoint"] == nil)
    #expect(form["optimizer"] == nil && form["batch_size"] == nil)
    let complete = train.parameters.canonical(.complete)
    #expect(complete["optimizer"]?["adam"]?["learning_rate"] == .double(0.001))
    #expect(complete["model"]?.array?[1] == ["linear": ["features": 128, "bias": true]])
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

/// Reads a spec by the catalog of the product.
func parse(
  _ text: String, file: String = "mnist.yaml", overrides: [String] = []
) throws(SpecError) -> PipelineSpec {
  try SpecParser(catalog: StepLibrary.catalog.schemas).parse(
    Array(text.utf8), file: file, overrides: overrides)
}
