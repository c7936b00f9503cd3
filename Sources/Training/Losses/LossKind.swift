public import Autograd
public import Settings

/// A kind of loss: its settings, and what it records behind a model.
public protocol LossKind: Described, Hashable {
  /// Whether the loss takes logits, whose softmax is a probability of each class.
  var takesLogits: Bool { get }

  /// Records the mean loss of a batch.
  ///
  /// - Parameters:
  ///   - output: What the model makes of a batch, `[batch, outputs]`.
  ///   - labels: One class per sample.
  /// - Returns: The loss, on the tape of the output.
  func record(_ output: Tensor, _ labels: Labels) -> BatchLoss
}

/// The loss of a batch on a tape, with that of each sample.
public struct BatchLoss {
  let operation: any LossOperation
  /// The mean, a scalar.
  public let mean: Tensor

  package init(_ operation: some LossOperation, on tape: Tape) {
    self.operation = operation
    mean = tape.record(operation)
  }
}

/// The kinds of losses.
public enum Loss {
  /// All kinds of losses.
  public static let kinds = Vocabulary(
    "loss",
    [
      CrossEntropy.self,
      MeanSquaredError.self,
      L1.self,
    ] as [any LossKind.Type], describe: { (kind: any LossKind) in kind })
}
