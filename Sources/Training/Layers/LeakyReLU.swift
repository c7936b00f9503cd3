public import Autograd
public import Settings

/// `x > 0 ? x : x · slope` for every element.
public struct LeakyReLU: ActivationKind {
  public static let word = "leaky_relu"
  public static let summary = "x above zero, slope · x below."
  public static let settings = [
    Setting<Self>(
      "slope", \.slope, .number(.atLeast(0)), encoding: \Self.roundedSlope, "The slope below zero.")
  ]
  public static let shorthand: String? = "slope"

  /// The slope below zero; rounded to Float where it is used.
  public var slope = 0.01

  private var roundedSlope: Double { Double(Float(slope)) }

  public var function: Activation { .leakyReLU(slope: Float(slope)) }

  /// Creates the layer with PyTorch's slope.
  public init() {}

  /// Creates the layer.
  public init(slope: Double) { self.slope = slope }
}
