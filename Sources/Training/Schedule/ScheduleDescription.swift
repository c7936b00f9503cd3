/// How the learning rate goes over the steps of a run, as a plain value.
///
/// Computed in Double by functions of our own and rounded once to Float (Numerics rule 12). A schedule is a pure
/// function of the step, so a resumed run needs no state of it.
public struct ScheduleDescription: Hashable, Sendable {
  /// The course after warm-up.
  public enum Course: Hashable, Sendable {
    /// The base rate throughout.
    case constant
    /// The base rate times `factor` for every `everyEpochs` epochs that are over.
    case step(everyEpochs: Int, factor: Double)
    /// The base rate times `factor` for every epoch that is over.
    case exponential(factor: Double)
    /// Half a cosine from the base rate to `minimum` times the base rate at the last step.
    case cosine(minimum: Double = 0)
    /// Up by half a cosine from base/`divider` to the base rate over the first `warmUpShare` of the steps, then down to
    /// base/(`divider` · `finalDivider`).
    case oneCycle(warmUpShare: Double = 0.3, divider: Double = 25, finalDivider: Double = 1e4)
  }

  /// The course after warm-up.
  public var course: Course
  /// Steps over which the rate first rises linearly: at step s < w it is multiplied by (s + 1) / w.
  public var warmUpSteps: Int

  /// Creates a schedule.
  public init(_ course: Course = .constant, warmUpSteps: Int = 0) {
    self.course = course
    self.warmUpSteps = warmUpSteps
  }

  /// The learning rate at a step, before it is rounded to Float.
  ///
  /// - Parameters:
  ///   - step: The steps already taken since the start of the run.
  ///   - stepsPerEpoch: The steps of one epoch; at least 1.
  ///   - epochs: The epochs of the whole run.
  ///   - base: The optimizer's learning rate.
  /// - Returns: The rate.
  public func learningRate(step: Int, stepsPerEpoch: Int, epochs: Int, base: Double) -> Double {
    let warmUp = step < warmUpSteps ? Double(step + 1) / Double(warmUpSteps) : 1
    return base * warmUp * factor(step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
  }

  /// The factor of the course.
  private func factor(step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
    let epoch = step / stepsPerEpoch
    let last = Double(max(1, stepsPerEpoch * epochs - 1))
    switch course {
    case .constant: return 1
    case .step(let everyEpochs, let factor): return power(factor, epoch / max(1, everyEpochs))
    case .exponential(let factor): return power(factor, epoch)
    case .cosine(let minimum):
      let first = Double(warmUpSteps)
      let share = last > first ? min(1, max(0, (Double(step) - first) / (last - first))) : 1
      return blend(from: 1, to: minimum, share: share)
    case .oneCycle(let warmUpShare, let divider, let finalDivider):
      let peak = warmUpShare * last
      let low = 1 / divider
      return Double(step) < peak
        ? blend(from: low, to: 1, share: Double(step) / peak)
        : blend(
          from: 1, to: low / finalDivider,
          share: last > peak ? min(1, (Double(step) - peak) / (last - peak)) : 1)
    }
  }

  /// A point of half a cosine between two values: `to + (from − to) · (1 + cos(π · share)) / 2`.
  private func blend(from: Double, to: Double, share: Double) -> Double {
    to + (from - to) * (0.5 * (1 + cosineOfHalfTurns(share)))
  }
}
