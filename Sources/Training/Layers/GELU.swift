public import Autograd
internal import Settings

/// The Gaussian error linear unit of every element.
public struct GELU: ActivationKind {
  public static let word = "gelu"
  public static let summary = "x · Φ(x), with the exact error function."

  public var function: Activation { .gelu }

  /// Creates the layer.
  public init() {}
}
