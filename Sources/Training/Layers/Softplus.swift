public import Autograd
internal import Settings

/// `log(1 + eˣ)` for every element.
public struct Softplus: ActivationKind {
  public static let word = "softplus"
  public static let summary = "log(1 + exp(x))."

  public var function: Activation { .softplus }

  /// Creates the layer.
  public init() {}
}
