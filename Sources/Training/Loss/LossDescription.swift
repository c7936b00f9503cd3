/// A loss as a plain value.
public enum LossDescription: Hashable, Sendable {
  /// Softmax and cross-entropy of class labels, averaged over the batch; 0 ≤ `labelSmoothing` < 1.
  case crossEntropy(labelSmoothing: Double = 0)
  /// The mean over batch and outputs of the squared distance to the label's one-hot vector.
  case meanSquaredError

  /// Whether the loss takes logits, whose softmax is a probability of each class.
  public var isOfLogits: Bool {
    switch self {
    case .crossEntropy: true
    case .meanSquaredError: false
    }
  }

  /// The loss's word in specs.
  public var name: String {
    switch self {
    case .crossEntropy: "cross_entropy"
    case .meanSquaredError: "mean_squared_error"
    }
  }
}
