public import Settings

/// Half a cosine from the base rate to `final` times the base rate at the last step.
public struct CosineSchedule: WarmingUp {
  public static let word = "cosine"
  public static let summary = "The learning rate follows half a cosine to the end."
  public static let settings = [
    Setting<Self>(
      "final", \.final, .number(.closed(0, 1)), "The last rate as a share of the first."),
    warmup,
  ]

  /// The last rate as a share of the first.
  public var final = 0.0
  public var warmupEpochs = 0.0

  /// Creates a schedule that ends at 0.
  public init() {}

  /// Creates a schedule.
  public init(final: Double) { self.final = final }

  public func factor(at step: Int, of run: ScheduledRun) -> Double {
    let (first, last) = (Double(run.warmupSteps), run.last)
    let share = last > first ? min(1, max(0, (Double(step) - first) / (last - first))) : 1
    return blend(from: 1, to: final, share: share)
  }
}
