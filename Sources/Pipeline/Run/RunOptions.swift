/// How to run a pipeline; does not affect results.
public struct RunOptions: Sendable {
  /// The last stage to run, with everything it needs; `nil` for all.
  public var target: String?

  /// Stages that run even if the store has their result, which must then be the same.
  public var forced: Set<String> = []

  /// Whether checkpoints of interrupted runs are ignored.
  public var isFresh = false

  /// Whether a stage without a result is a failure instead of work.
  public var requiresCached = false

  /// How long to wait for another process that works on the same key, in seconds; `nil` for no limit.
  public var lockTimeout: Double?

  /// How many stages may run at the same time, at least 1.
  public var jobs = 1

  public var resources = StepResources()

  public init() {}
}
