internal import ContentAddressing

/// When each epoch of a training ended: used to draw learning curves over time and steps.
///
/// Facts about one run, so they appear in the report of a run and in comparisons, never in an artifact.
public struct RunTimes: Sendable, Hashable {
  public var stepsPerEpoch: Int
  /// Where the run began or resumed, in epochs.
  public var start: Double
  /// Seconds from there to the end of each epoch that ended in the run, ascending.
  public var ends: [Double]

  public init(stepsPerEpoch: Int, start: Double = 0, ends: [Double]) {
    self.stepsPerEpoch = stepsPerEpoch
    self.start = start
    self.ends = ends
  }

  /// The times of runs for the page's script; none if no time is known.
  static func data(of runs: [RunTimes?]) -> CanonicalValue? {
    guard runs.contains(where: { $0?.ends.isEmpty == false }) else { return nil }
    return .array(
      runs.map { times in
        guard let times else { return .null }
        return .object([
          "steps": .integer(times.stepsPerEpoch), "start": .double(times.start),
          "ends": .array(times.ends.map { .double(($0 * 1000).rounded() / 1000) }),
        ])
      })
  }
}
