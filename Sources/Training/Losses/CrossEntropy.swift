public import Autograd
public import Settings

/// Softmax and cross-entropy of class labels, averaged over the batch.
public struct CrossEntropy: LossKind {
  public static let word = "cross_entropy"
  public static let summary =
    "For classes: the negative logarithm of the softmax of the true class."
  public static let settings = [
    Setting<Self>(
      "label_smoothing", \.labelSmoothing, .number(.halfOpen(0, 1)),
      "The share of the target that is spread over all classes.")
  ]
  public static let examples = [Self(), Self(labelSmoothing: 0.1)]

  /// The share of the target that is spread over all classes, 0 ≤ ε < 1.
  public var labelSmoothing = 0.0

  /// Creates the loss without smoothing.
  public init() {}

  /// Creates the loss.
  public init(labelSmoothing: Double) { self.labelSmoothing = labelSmoothing }

  public var takesLogits: Bool { true }

  public func record(_ output: Tensor, _ labels: Labels) -> BatchLoss {
    BatchLoss(
      CrossEntropyOperation(logits: output, labels: labels, labelSmoothing: labelSmoothing),
      on: output.tape)
  }
}
