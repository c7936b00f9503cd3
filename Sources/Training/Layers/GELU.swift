public import Autograd
public import Settings

/// The Gaussian error linear unit of every element.
public struct GELU: ActivationKind {
  /// How the normal distribution function is computed.
  public enum Approximation: String, CaseIterable, Sendable {
    /// By the error function.
    case none
    /// By a hyperbolic tangent, as older models do.
    case tanh
  }

  public static let word = "gelu"
  public static let summary = "x · Φ(x), with the exact error function or its approximation."
  public static let settings = [
    Setting<Self>(
      "approximate", \.approximate, .word, isLater: true,
      "Whether Φ is approximated by a hyperbolic tangent.")
  ]
  public static let shorthand: String? = "approximate"
  public static let examples = [Self(), Self(approximate: .tanh)]

  /// How Φ is computed.
  public var approximate = Approximation.none

  public var function: Activation { approximate == .none ? .gelu : .geluByTanh }

  /// Creates the layer with the exact function.
  public init() {}

  /// Creates the layer.
  public init(approximate: Approximation) { self.approximate = approximate }
}
