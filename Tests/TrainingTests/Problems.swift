import Autograd
import Kernels
import Training
import WorkerPool

/// A small problem that a perceptron can learn: features of a class are higher than the others on average.
func clusters(count: Int, features: Int, classes: Int, salt: UInt64 = 1) -> ArraySource {
  var state = salt
  func draw() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / 16_777_216 - 0.5
  }
  var inputs: [Float] = []
  var labels: [UInt32] = []
  for index in 0..<count {
    let label = index % classes
    for feature in 0..<features { inputs.append(draw() + (feature % classes == label ? 0.7 : 0)) }
    labels.append(UInt32(label))
  }
  return ArraySource(
    inputs: inputs, labels: labels, inputShape: [1, 1, features], classCount: classes)
}

/// Awkward sizes, dropout, several panels.
let perceptron: ModelDescription = [
  Flatten(), LinearLayer(features: 37),
  ReLU(), DropoutLayer(probability: 0.25),
  LinearLayer(features: 17), Tanh(),
  LinearLayer(features: 5),
]

/// A trainer of `configuration` on a small problem.
func makeTrainer(
  _ configuration: TrainingConfiguration, threads: Int = 1, isa: InstructionSet? = nil,
  count: Int = 53
) throws -> Trainer {
  try Trainer(
    configuration: configuration, training: clusters(count: count, features: 20, classes: 5),
    validation: clusters(count: 31, features: 20, classes: 5, salt: 9),
    workers: WorkerPool(threads: threads, oversubscribed: true),
    kernels: isa.map { try KernelSet($0) } ?? KernelSet())
}

extension TrainingState {
  /// Every bit of the state, so that −0 and +0 differ.
  var bits: [String: [UInt32]] {
    Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.values.map(\.bitPattern)) })
  }
}

extension Trainer {
  /// Runs to the end and returns the state.
  func finish() throws -> TrainingState {
    while !isFinished { _ = try runEpoch() }
    return try exportState()
  }
}
