public import Autograd
internal import Settings

/// The mean over batch and outputs of the squared distance to the label's one-hot vector.
public struct MeanSquaredError: LossKind {
  public static let word = "mean_squared_error"
  public static let summary =
    "The mean of the squared differences; for classes, to the one-hot target."

  /// Creates the loss.
  public init() {}

  public var takesLogits: Bool { false }

  public func record(_ output: Tensor, _ labels: Labels) -> BatchLoss {
    BatchLoss(MeanSquaredErrorOperation(output, labels: labels), on: output.tape)
  }
}
