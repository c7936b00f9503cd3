public import Autograd
internal import Settings

/// `x · tanh(log(1 + eˣ))` for every element.
public struct Mish: ActivationKind {
  public static let word = "mish"
  public static let summary = "x · tanh(log(1 + exp(x))) (Misra 2019)."

  public var function: Activation { .mish }

  /// Creates the layer.
  public init() {}
}
