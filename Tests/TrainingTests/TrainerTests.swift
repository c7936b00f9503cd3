import Autograd
import Kernels
import Testing
import Training
import WorkerPool

/// A small problem that a perceptron can learn: the class is the index of the largest of some sums of the inputs.
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

let perceptron: ModelDescription = [
  LayerDescription(.flatten), LayerDescription(.linear(features: 33, bias: true)),
  LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 17, bias: true)),
  LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 5, bias: true)),
]

@Suite("A trainer")
struct TrainerTests {
  @Test("learns clusters")
  func learns() throws {
    let source = clusters(count: 500, features: 20, classes: 5)
    let configuration = TrainingConfiguration(
      model: perceptron, optimizer: .adam(.init(learningRate: 0.01)), epochs: 5, batchSize: 32,
      seed: 42)
    let trainer = try Trainer(
      configuration: configuration, training: source, validation: source,
      workers: WorkerPool(threads: 2), kernels: KernelSet())
    while !trainer.isFinished { _ = try trainer.runEpoch() }
    #expect(trainer.progress.history.last!.validation!.accuracy > 0.95)
  }
}
