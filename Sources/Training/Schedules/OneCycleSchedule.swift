public import Settings

/// Up by half a cosine from base/`divider` to the base rate over the first `warmupShare` of the steps, then down to
/// base/(`divider` · `finalDivider`).
public struct OneCycleSchedule: ScheduleKind {
  public static let word = "one_cycle"
  public static let summary =
    "The learning rate rises, then falls far below its start (Smith 2018)."
  public static let settings = [
    Setting<Self>(
      "warmup_share", \.warmupShare, .number(.open(0, 1)),
      "The share of the steps in which the rate rises."),
    Setting(
      "divider", \.divider, .number(.atLeast(1)),
      "How much smaller than the base rate the first one is."),
    Setting(
      "final_divider", \.finalDivider, .number(.atLeast(1)),
      "How much smaller than the first rate the last one is."),
  ]

  /// The share of the steps in which the rate rises.
  public var warmupShare = 0.3
  /// How much smaller than the base rate the first one is.
  public var divider = 25.0
  /// How much smaller than the first rate the last one is.
  public var finalDivider = 1e4

  /// Creates a schedule with PyTorch's numbers.
  public init() {}

  /// Creates a schedule.
  public init(warmupShare: Double, divider: Double = 25, finalDivider: Double = 1e4) {
    self.warmupShare = warmupShare
    self.divider = divider
    self.finalDivider = finalDivider
  }

  public func factor(at step: Int, of run: ScheduledRun) -> Double {
    let (last, step) = (run.last, Double(step))
    let peak = warmupShare * last
    let low = 1 / divider
    return step < peak
      ? blend(from: low, to: 1, share: step / peak)
      : blend(
        from: 1, to: low / finalDivider,
        share: last > peak ? min(1, (step - peak) / (last - peak)) : 1)
  }
}
