public import Autograd
internal import Settings

/// The self-normalizing `λ · (x > 0 ? x : α · (eˣ − 1))` for every element.
public struct SELU: ActivationKind {
  public static let word = "selu"
  public static let summary =
    "1.0507 · (x above zero, 1.6733 · (exp(x) − 1) below) (Klambauer and others 2017)."

  public var function: Activation { .selu }

  /// Creates the layer.
  public init() {}
}
