public import Autograd
internal import Settings

/// `x · sigmoid(x)` for every element.
public struct SiLU: ActivationKind {
  public static let word = "silu"
  public static let summary = "x · sigmoid(x)."

  public var function: Activation { .silu }

  /// Creates the layer.
  public init() {}
}
