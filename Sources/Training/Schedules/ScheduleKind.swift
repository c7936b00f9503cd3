public import Settings

/// A kind of schedule: how the learning rate goes over the steps of a run.
///
/// Computed in Double by functions of our own and rounded once to Float (Numerics rule 12). A schedule is a pure function
/// of the step, so a resumed run needs no state of it.
public protocol ScheduleKind: Described, Hashable {
  /// The epochs over which the rate first rises linearly.
  var warmupEpochs: Double { get }

  /// What the base rate is multiplied by, warm-up apart.
  func factor(at step: Int, of run: ScheduledRun) -> Double
}

/// The steps of a run that a schedule is for.
public struct ScheduledRun: Hashable, Sendable {
  /// The steps of one epoch; at least 1.
  public let stepsPerEpoch: Int
  /// The epochs of the whole run.
  public let epochs: Int
  /// The steps of the warm-up.
  public let warmupSteps: Int

  /// The number of the last step.
  var last: Double { Double(max(1, stepsPerEpoch * epochs - 1)) }
}

extension ScheduleKind {
  public var warmupEpochs: Double { 0 }

  /// The learning rate at a step, before it is rounded to Float.
  ///
  /// - Parameters:
  ///   - step: The steps already taken since the start of the run.
  ///   - stepsPerEpoch: The steps of one epoch; at least 1.
  ///   - epochs: The epochs of the whole run.
  ///   - base: The optimizer's learning rate.
  /// - Returns: The rate; at step s < w of a warm-up of w steps, (s + 1) / w of what the schedule says.
  public func learningRate(step: Int, stepsPerEpoch: Int, epochs: Int, base: Double) -> Double {
    let warmupSteps = Int((warmupEpochs * Double(stepsPerEpoch)).rounded())
    let run = ScheduledRun(
      stepsPerEpoch: stepsPerEpoch, epochs: epochs, warmupSteps: warmupSteps)
    let warmup = step < warmupSteps ? Double(step + 1) / Double(warmupSteps) : 1
    return base * warmup * factor(at: step, of: run)
  }

  /// A point of half a cosine between two values: `to + (from − to) · (1 + cos(π · share)) / 2`.
  func blend(from: Double, to: Double, share: Double) -> Double {
    to + (from - to) * (0.5 * (1 + cosineOfHalfTurns(share)))
  }
}

/// A schedule that may begin with a warm-up.
public protocol WarmingUp: ScheduleKind {
  var warmupEpochs: Double { get set }
}

extension WarmingUp {
  /// This schedule behind a warm-up.
  public func after(warmupEpochs: Double) -> Self {
    var schedule = self
    schedule.warmupEpochs = warmupEpochs
    return schedule
  }

  static var warmup: Setting<Self> {
    Setting(
      "warmup_epochs", \.warmupEpochs, .number(.atLeast(0)),
      "The epochs in which the rate rises linearly from zero.")
  }
}

/// The kinds of schedules.
public enum Schedule {
  /// All kinds of schedules.
  public static let kinds = Vocabulary(
    "schedule",
    [
      ConstantSchedule.self,
      StepSchedule.self,
      ExponentialSchedule.self,
      CosineSchedule.self,
      OneCycleSchedule.self,
    ] as [any ScheduleKind.Type], describe: { (kind: any ScheduleKind) in kind })
}
