/// Facts about one run: time, machine, hits and resumes.
///
/// Never part of an artifact.
public struct RunFacts: Sendable, Hashable {
  /// The outcome of a stage in this run.
  public enum StageState: String, Sendable, Hashable, CaseIterable {
    case hit
    case ran
    case resumed
    /// Stopped by the user before its end.
    case stopped
    case failed
    case skipped
  }

  /// The outcome of one stage.
  public struct Stage: Sendable, Hashable {
    public var name: String
    public var state: StageState
    public var seconds: Double

    public init(name: String, state: StageState, seconds: Double) {
      self.name = name
      self.state = state
      self.seconds = seconds
    }
  }

  /// The run's identifier.
  public var runID: String
  /// The start as text, already formatted: `2026-11-22 15:28:00 UTC`.
  public var startedAt: String
  public var seconds: Double
  /// In the order in which the stages are listed in the spec.
  public var stages: [Stage]
  /// Training samples a second, epoch by epoch.
  public var samplesPerSecond: [Double]
  /// The epoch of the first of them.
  public var firstEpoch: Int
  public var peakMemoryBytes: Int?
  /// The places on the horizontal axis of the curves at which training was resumed.
  public var resumedAt: [Double]
  /// Host, CPU, instruction set, threads, versions: shown in this order.
  public var environment: [Fact]
  /// The command as it was given.
  public var command: String?
  /// Command lines that reproduce this run's results; they replace those of the artifact.
  public var reproduceWith: [String]
  /// The events of the run, a line each.
  public var log: [String]
  /// The text of the spec.
  public var specification: String?
  /// When epochs ended.
  public var times: RunTimes?
  /// The tags of the run.
  public var tags: [String]
  /// The note of the run.
  public var note: String?

  public init(
    runID: String, startedAt: String, seconds: Double, stages: [Stage] = [],
    samplesPerSecond: [Double] = [], firstEpoch: Int = 1, peakMemoryBytes: Int? = nil,
    resumedAt: [Double] = [],
    environment: [Fact] = [], command: String? = nil,
    reproduceWith: [String] = [], log: [String] = [],
    specification: String? = nil, times: RunTimes? = nil, tags: [String] = [], note: String? = nil
  ) {
    self.runID = runID
    self.startedAt = startedAt
    self.seconds = seconds
    self.stages = stages
    self.samplesPerSecond = samplesPerSecond
    self.firstEpoch = firstEpoch
    self.peakMemoryBytes = peakMemoryBytes
    self.resumedAt = resumedAt
    self.environment = environment
    self.command = command
    self.reproduceWith = reproduceWith
    self.log = log
    self.specification = specification
    self.times = times
    self.tags = tags
    self.note = note
  }
}
