public import Autograd
public import Settings

/// `x > 0 ? x : α · (eˣ − 1)` for every element.
public struct ELU: ActivationKind {
  public static let word = "elu"
  public static let summary = "x above zero, alpha · (exp(x) − 1) below."
  public static let settings = [
    Setting<Self>(
      "alpha", \.alpha, .number(.above(0)), encoding: \Self.roundedAlpha, "The scale below zero.")
  ]
  public static let shorthand: String? = "alpha"

  /// The scale below zero; rounded to Float where it is used.
  public var alpha = 1.0

  private var roundedAlpha: Double { Double(Float(alpha)) }

  public var function: Activation { .elu(alpha: Float(alpha)) }

  /// Creates the layer with a scale of 1.
  public init() {}

  /// Creates the layer.
  public init(alpha: Double) { self.alpha = alpha }
}
