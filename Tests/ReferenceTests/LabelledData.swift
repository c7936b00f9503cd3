import Autograd
import Kernels
import ReferenceInterpreter
import Settings
import Training

/// Drawn samples with classes, to train on.
struct LabelledData {
  let shape: [Int]
  let classes: Int
  let inputs: [Float]
  let labels: [UInt32]

  init(_ shape: [Int], classes: Int, count: Int, _ random: inout SplitMix) {
    self.shape = shape
    self.classes = classes
    inputs = random.floats(count * shape.reduce(1, *))
    labels = (0..<count).map { _ in UInt32(random.integer(0...classes - 1)) }
  }

  /// Trains one epoch by the product, in every setting, and by the reference.
  ///
  /// - Returns: Whether all bits are the same: losses, norms, weights, buffers, the optimizer's state and averages.
  /// - Throws: ``MissingReference`` for a kind that the reference has not.
  func check(
    _ configuration: TrainingConfiguration, seed: UInt64, _ product: Product
  ) throws -> Bool {
    let source = ArraySource(
      inputs: inputs, labels: labels, inputShape: Shape(shape), classCount: classes)
    func makeTrainer(_ setting: Product.Setting) throws -> Trainer {
      try Trainer(
        configuration: configuration, training: source, workers: product.workers(setting),
        kernels: KernelSet(setting.isa))
    }
    let initial = try makeTrainer(product.settings[0])
    var reference = try ReferenceTraining(configuration, self, initial.modelTensors.map(\.values))
    for step in 0..<initial.stepsPerEpoch {
      let start = step * configuration.samplesPerStep
      reference.step(step, start..<min(start + configuration.samplesPerStep, labels.count))
    }
    let expected = reference.results
    return try ReferenceTests.check(expected, of: "\(configuration)", seed: seed, product) {
      setting in
      let trainer = try makeTrainer(setting)
      var reports: [StepReport] = []
      for _ in 0..<trainer.stepsPerEpoch { reports.append(try trainer.runStep()) }
      let state = try trainer.exportState()
      let tensors = state.model + state.optimizer + state.average
      let found = [reports.map(\.loss), reports.map(\.gradientNorm)] + tensors.map(\.values)
      return zip(expected, found).map { ($0.name, $1) }
    }
  }
}
