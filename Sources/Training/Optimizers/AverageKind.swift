public import Settings

/// A kind of average of the weights over the steps of a training.
public protocol AverageKind: Described, Hashable {
  /// The share of the average that a step keeps.
  var decay: Double { get }
}

/// The exponential moving average: average = fma(1 − d, value − average, average) after each step, from the first weights.
public struct ExponentialMovingAverage: AverageKind {
  public static let word = "ema"
  public static let summary =
    "An exponential moving average of the weights, updated after each step."
  public static let settings = [
    Setting<Self>(
      "decay", \.decay, .number(.halfOpen(0, 1)), isRequired: true,
      "The share of the average that a step keeps.")
  ]
  public static let shorthand: String? = "decay"

  public var decay = 0.999

  /// Creates an average over about a thousand steps.
  public init() {}

  /// Creates an average.
  public init(decay: Double) { self.decay = decay }
}

/// The kinds of averages of the weights.
public enum Average {
  /// All kinds of averages.
  public static let kinds = Vocabulary(
    "average",
    [
      ExponentialMovingAverage.self
    ] as [any AverageKind.Type], describe: { (kind: any AverageKind) in kind })
}
