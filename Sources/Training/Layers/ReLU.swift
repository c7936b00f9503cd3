public import Autograd
internal import Settings

/// `x < 0 ? 0 : x` for every element; fused with a linear layer or convolution before it.
public struct ReLU: ActivationKind {
  public static let word = "relu"
  public static let summary = "max(x, 0)."

  public var function: Activation { .relu }

  /// Creates the layer.
  public init() {}
}
