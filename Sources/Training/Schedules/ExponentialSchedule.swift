public import Settings

/// The base rate times `factor` for every epoch that is over.
public struct ExponentialSchedule: WarmingUp {
  public static let word = "exponential"
  public static let summary = "The learning rate shrinks with each epoch."
  public static let settings = [
    Setting<Self>(
      "factor", \.rateFactor, .number(.openClosed(0, 1)),
      "What the rate is multiplied by after each epoch."),
    warmup,
  ]
  public static let shorthand: String? = "factor"

  /// What the rate is multiplied by after each epoch.
  public var rateFactor = 0.95
  public var warmupEpochs = 0.0

  /// Creates a schedule.
  public init() {}

  /// Creates a schedule.
  public init(factor: Double) { rateFactor = factor }

  public func factor(at step: Int, of run: ScheduledRun) -> Double {
    power(rateFactor, step / run.stepsPerEpoch)
  }
}
