import Autograd
import Kernels
import Settings
import Testing
import Training
import WorkerPool

@Suite("A model's description")
struct ModelDescriptionTests {
  @Test("infers the shapes and parameters of LeNet-5")
  func lenet() throws {
    let model: ModelDescription = [
      Conv2dLayer(channels: 6, kernel: 5, padding: 2),
      Tanh(), AveragePool2d(kernel: 2),
      Conv2dLayer(channels: 16, kernel: 5),
      Tanh(), AveragePool2d(kernel: 2),
      Flatten(), LinearLayer(features: 120),
      Tanh(), LinearLayer(features: 84),
      Tanh(), LinearLayer(features: 10),
    ]
    let summary = try model.inferShapes(input: [1, 28, 28])
    #expect(
      summary.layers.map(\.output.description) == [
        "6×28×28", "6×28×28", "6×14×14", "16×10×10", "16×10×10", "16×5×5", "400", "120", "120",
        "84", "84", "10",
      ])
    #expect(summary.parameterCount == 61_706)
    #expect(
      summary.parameters.map(\.name).prefix(3) == [
        "conv2d1.weight", "conv2d1.bias", "conv2d2.weight",
      ])
    #expect(summary.parameters[0].shape == [6, 1, 5, 5])
  }

  @Test("names layers by kind and ordinal, whether others have names of their own")
  func names() throws {
    let residual = ResidualLayer(
      body: [LinearLayer(features: 3)], projection: [LinearLayer(features: 3, bias: false)])
    let model = ModelDescription([
      Layer(LinearLayer(features: 3)), Layer(LinearLayer(features: 3), name: "middle"),
      Layer(LinearLayer(features: 3, bias: false)), Layer(residual),
    ])
    #expect(
      try model.inferShapes(input: [3]).layers.map(\.name) == [
        "linear1", "middle", "linear3", "residual1.linear1", "residual1.projection.linear1",
        "residual1",
      ])
  }

  static let failures: [(ModelDescription, Shape, ModelError.Code, [Int])] = [
    ([], [3], .empty, []),
    ([LinearLayer(features: 2)], [1, 2, 2], .rank(expected: 1), [0]),
    (
      [Flatten(), Conv2dLayer(channels: 2, kernel: 3)],
      [1, 4, 4], .rank(expected: 3), [1]
    ),
    ([Conv2dLayer(channels: 2, kernel: 5)], [1, 4, 4], .windowTooLarge, [0]),
    (
      [Conv2dLayer(channels: 4, kernel: 1, groups: 2)], [3, 4, 4],
      .groups(2), [0]
    ),
    (
      [DropoutLayer(probability: 1)], [3],
      .settings(
        SettingsError([
          Complaint(
            "probability", "must be a number of at least 0 and less than 1, found `1`")
        ])), [0]
    ),
    (
      [
        ResidualLayer(body: [LinearLayer(features: 2)])
      ], [3], .residualShapes(body: [2], shortcut: [3]), [0]
    ),
    (
      ModelDescription([
        Layer(ReLU(), name: "a"),
        Layer(ReLU(), name: "a"),
      ]), [3], .duplicateName("a"), [1]
    ),
  ]

  @Test("is refused where layers do not fit, with the place", arguments: failures)
  func failure(
    _ model: ModelDescription, _ input: Shape, _ code: ModelError.Code, _ path: [Int]
  ) {
    let error = #expect(throws: ModelError.self) { _ = try model.inferShapes(input: input) }
    #expect(error?.code == code && error?.path == path)
  }

  @Test("is refused when it does not end in one number per class")
  func classes() {
    let error = #expect(throws: ModelError.self) {
      _ = try Model(
        [LinearLayer(features: 3)], input: [2], classes: 10, seed: 1)
    }
    #expect(error?.code == .outputs(expected: 10) && error?.input == [3])
  }
}

@Suite("Initial parameters")
struct InitializationTests {
  @Test("are uniform in ±1/√in")
  func distribution() throws {
    let layer = Linear(400, 300, name: "linear1", seed: 3)
    let values = layer.weight.values.map(Double.init)
    let bound = 1 / 20.0
    #expect(values.allSatisfy { $0 >= -bound && $0 < bound })
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    // Five standard deviations of the mean of 120,000 uniform numbers, and of their variance.
    let deviation = bound / 3.0.squareRoot()
    #expect(abs(mean) < 5 * deviation / 120_000.0.squareRoot())
    #expect(abs(variance / (deviation * deviation) - 1) < 5 * 0.9 / 120_000.0.squareRoot())
  }

  @Test("are drawn by seed and name: another layer shifts nothing")
  func streams() {
    let one = Linear(7, 5, name: "a", seed: 3).weight.values
    #expect(Linear(7, 5, name: "a", seed: 3).weight.values == one)
    #expect(Linear(7, 5, name: "b", seed: 3).weight.values != one)
    #expect(Linear(7, 5, name: "a", seed: 4).weight.values != one)
    #expect(Linear(7, 9, name: "a", seed: 3).weight.values.prefix(35) == one[...])
  }
}

@Suite("Inference")
struct InferenceTests {
  let source = clusters(count: 67, features: 20, classes: 5)

  @Test("gives the same bits for a sample in any batch, and alone")
  func batches() throws {
    let workers = try WorkerPool(threads: 3, oversubscribed: true)
    let kernels = try KernelSet()
    let model = try Model(perceptron, input: [1, 1, 20], classes: 5, seed: 11)
    let whole = try model.evaluate(source, workers: workers, kernels: kernels)
    for size in [1, 2, 13, 64] {
      let part = try model.evaluate(source, batchSize: size, workers: workers, kernels: kernels)
      #expect(part == whole)
      #expect(part.probabilities.map(\.bitPattern) == whole.probabilities.map(\.bitPattern))
    }
    let predictor = Predictor(model, workers: workers, kernels: kernels)
    for sample in [0, 1, 66] {
      let input = Array(source.inputs[sample * 20..<(sample + 1) * 20])
      #expect(
        predictor.probabilities(input).map(\.bitPattern)
          == whole.probabilities[sample * 5..<(sample + 1) * 5].map(\.bitPattern))
    }
  }

  @Test("gives back what was exported under PyTorch's names and order")
  func load() throws {
    let model = try Model(perceptron, input: [1, 1, 20], seed: 11)
    let tensors = model.parameters.map {
      NamedTensor(name: $0.name, shape: $0.shape, values: $0.values)
    }
    #expect(
      tensors.map(\.name) == [
        "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "linear3.weight",
        "linear3.bias",
      ])
    #expect(tensors.map(\.shape) == [[37, 20], [37], [17, 37], [17], [5, 17], [5]])
    let other = try Model(perceptron, input: [1, 1, 20], seed: 12)
    try other.load(tensors)
    #expect(other.parameters.map(\.values) == tensors.map(\.values))
  }
}
