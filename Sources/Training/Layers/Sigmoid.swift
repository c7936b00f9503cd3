public import Autograd
internal import Settings

/// The logistic function of every element.
public struct Sigmoid: ActivationKind {
  public static let word = "sigmoid"
  public static let summary = "1 / (1 + exp(−x))."

  public var function: Activation { .sigmoid }

  /// Creates the layer.
  public init() {}
}
