public import Settings

/// The base rate times `factor` for every `everyEpochs` epochs that are over.
public struct StepSchedule: WarmingUp {
  public static let word = "step"
  public static let summary = "The learning rate drops every few epochs."
  public static let settings = [
    Setting<Self>(
      "every_epochs", \.everyEpochs, .integer(atLeast: 1), isRequired: true,
      "The epochs between two drops."),
    Setting(
      "factor", \.rateFactor, .number(.openClosed(0, 1)), "What the rate is multiplied by."),
    warmup,
  ]

  /// The epochs between two drops.
  public var everyEpochs = 1
  /// What the rate is multiplied by.
  public var rateFactor = 0.1
  public var warmupEpochs = 0.0

  /// Creates a schedule that drops after each epoch.
  public init() {}

  /// Creates a schedule.
  public init(everyEpochs: Int, factor: Double = 0.1) {
    self.everyEpochs = everyEpochs
    rateFactor = factor
  }

  public func factor(at step: Int, of run: ScheduledRun) -> Double {
    power(rateFactor, step / run.stepsPerEpoch / everyEpochs)
  }
}
