import Kernels
import Training
import WorkerPool

/// Trains a module on the points with the library's loop.
///
/// - Returns: The accuracy on the validation points.
func train(_ network: RadialNetwork, on training: Rings, validation: Rings) throws -> Double {
  let trainer = try Trainer(
    module: network,
    configuration: TrainingConfiguration(
      optimizer: Adam(learningRate: 0.02), schedule: CosineSchedule(),
      epochs: 40, batchSize: 32, seed: 42),
    training: training.source, validation: validation.source,
    workers: try WorkerPool(threads: 2), kernels: try KernelSet())
  var accuracy = 0.0
  while !trainer.isFinished {
    let report = try trainer.runEpoch()
    accuracy = report.validation?.accuracy ?? 0
    // Between any two steps: `trainer.exportState()`, and in another process `trainer.restore(_:)`.
  }
  return accuracy
}

extension Rings {
  /// The points as the trainer draws from them.
  var source: ArraySource {
    ArraySource(inputs: points, labels: labels, inputShape: [2], classCount: Self.classes)
  }
}
