/// Everything that a run needs to go on with the same bits, as plain values.
public struct TrainingState: Hashable, Sendable {
  /// Parameters and buffers, under PyTorch's names, in the model's order.
  public var model: [NamedTensor]
  /// Optimizer state, `<slot>.<parameter>`: slot after slot, each in the model's order.
  public var optimizer: [NamedTensor]
  /// The moving average of the parameters, if one is kept: `ema.<parameter>`.
  public var average: [NamedTensor]
  /// Where the run stands.
  public var progress: TrainingProgress

  /// Creates a state from its parts.
  public init(
    model: [NamedTensor], optimizer: [NamedTensor], average: [NamedTensor] = [],
    progress: TrainingProgress
  ) {
    self.model = model
    self.optimizer = optimizer
    self.average = average
    self.progress = progress
  }

  /// All arrays: the model's, the optimizer's, the average's.
  public var tensors: [NamedTensor] { model + optimizer + average }
}
