public import Settings

/// The base rate throughout.
public struct ConstantSchedule: WarmingUp {
  public static let word = "constant"
  public static let summary = "The learning rate stays constant."
  public static let settings = [warmup]

  public var warmupEpochs = 0.0

  /// Creates the schedule.
  public init() {}

  public func factor(at step: Int, of run: ScheduledRun) -> Double { 1 }
}
