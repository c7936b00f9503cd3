public import Autograd
internal import Settings

/// The hyperbolic tangent of every element.
public struct Tanh: ActivationKind {
  public static let word = "tanh"
  public static let summary = "The hyperbolic tangent."

  public var function: Activation { .tanh }

  /// Creates the layer.
  public init() {}
}
