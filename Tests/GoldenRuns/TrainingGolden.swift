public import Autograd
import ContentAddressing
public import Kernels
public import Training
public import WorkerPool

/// A whole training that ends in the same weights on every machine, on any number of threads.
public struct TrainingGolden: Sendable {
  /// What it trains.
  public let name: String
  let configuration: TrainingConfiguration
  let input: Shape
  let samples: Int

  /// The SHA-256, in hexadecimal digits, of all parameters and buffers at the end.
  ///
  /// What is hashed are their bits in PyTorch's order, low byte first.
  ///
  /// - Throws: What the trainer throws.
  public func digest(threads: Int, kernels: KernelSet) throws -> String {
    let trainer = try Trainer(
      configuration: configuration, training: source,
      workers: WorkerPool(threads: threads, oversubscribed: true), kernels: kernels)
    while !trainer.isFinished { _ = try trainer.runEpoch() }
    var digester = Digester()
    for tensor in try trainer.exportState().model {
      for value in tensor.values {
        digester.update((0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) })
      }
    }
    return digester.digest().hex
  }

  /// Features of a sample's class are higher than the others on average.
  private var source: ArraySource {
    var state: UInt64 = 1
    func draw() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / 16_777_216 - 0.5
    }
    var inputs: [Float] = []
    let labels = (0..<samples).map { UInt32($0 % 10) }
    for label in labels {
      for feature in 0..<input.count { inputs.append(draw() + (feature % 10 == label ? 0.7 : 0)) }
    }
    return ArraySource(inputs: inputs, labels: labels, inputShape: input, classCount: 10)
  }

  /// Whole trainings, each below 0.2 GFLOP.
  public static let all = [perceptron, lenet, residualNet]

  static let perceptron = TrainingGolden(
    name: "perceptron",
    configuration: TrainingConfiguration(
      model: [
        Flatten(), LinearLayer(features: 128),
        ReLU(), LinearLayer(features: 64),
        ReLU(), LinearLayer(features: 10),
      ], epochs: 2, batchSize: 64, seed: 42),
    input: [1, 14, 14], samples: 200)

  static let lenet = TrainingGolden(
    name: "LeNet-5",
    configuration: TrainingConfiguration(
      model: [
        Conv2dLayer(channels: 6, kernel: 5, padding: 2),
        Tanh(), AveragePool2d(kernel: 2),
        Conv2dLayer(channels: 16, kernel: 5),
        ReLU(), MaxPool2d(kernel: 2),
        Flatten(), LinearLayer(features: 120),
        ReLU(), DropoutLayer(probability: 0.25),
        LinearLayer(features: 10),
      ], epochs: 1, batchSize: 32, seed: 42),
    input: [1, 14, 14], samples: 200)

  static let residualNet = TrainingGolden(
    name: "residual net with batch normalization, 2 shards",
    configuration: TrainingConfiguration(
      model: [
        Conv2dLayer(channels: 16, kernel: 3, padding: 1, bias: false),
        BatchNormLayer(),
        ReLU(),
        ResidualLayer(
          body: [
            Conv2dLayer(channels: 32, kernel: 3, stride: 2, padding: 1, bias: false),
            BatchNormLayer(),
            ReLU(),
            Conv2dLayer(channels: 32, kernel: 3, padding: 1, bias: false),
            BatchNormLayer(),
          ],
          projection: [
            Conv2dLayer(channels: 32, kernel: 1, stride: 2, bias: false),
            BatchNormLayer(),
          ]),
        ReLU(), GlobalAveragePool(),
        LinearLayer(features: 10),
      ],
      optimizer: SGD(learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-4),
      schedule: CosineSchedule(), epochs: 1, batchSize: 16, shards: 2, seed: 42),
    input: [3, 8, 8], samples: 200)
}
