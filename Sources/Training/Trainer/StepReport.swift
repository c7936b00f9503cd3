/// What a step measured.
public struct StepReport: Hashable, Sendable {
  /// The epoch, from 0.
  public let epoch: Int
  /// The step in the epoch, from 0.
  public let step: Int
  /// The step in the run, from 0.
  public let globalStep: Int
  /// The mean loss of the batch before the step.
  public let loss: Float
  /// The Euclidean norm of all gradients before clipping.
  public let gradientNorm: Float
  /// The learning rate of the step.
  public let learningRate: Double
  /// The samples in the batch.
  public let samples: Int
  /// The norm of each parameter's gradient before clipping, in the model's order: after the first step
  /// of an epoch and every ``Trainer/gradientNormInterval``-th after it, empty after the others.
  public let gradientNorms: [Float]
  /// The gradients of the batch before clipping: after an epoch's last step, empty after the others.
  public let gradients: [ParameterStatistics]
}
