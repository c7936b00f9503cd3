public import ContentAddressing

/// The outcome of a stage in one run.
public struct StageOutcome: Hashable, Sendable {
  /// How the stage ended.
  public enum State: String, Hashable, Sendable {
    /// The store had the result.
    case hit
    /// The step ran from its beginning.
    case ran
    /// The step resumed from a checkpoint of an earlier run.
    case resumed
    /// The step ended with an error, or was interrupted.
    case failed
    /// The step was not started, because one before it failed or because it was not requested.
    case skipped

    /// Whether the stage has a result now.
    public var hasResult: Bool { self == .hit || self == .ran || self == .resumed }
  }

  /// The name of the stage in the spec.
  public var name: String

  /// The kind of its step.
  public var kind: String

  public var state: State

  /// The key, where the inputs were known.
  public var key: Digest?

  /// How long the step took, zero for a hit.
  public var seconds: Double = 0

  /// How long the step took when its result was computed; for a hit the time that was saved.
  public var originalSeconds: Double = 0

  /// The outputs by name.
  public var outputs: [String: Content] = [:]

  /// The metrics of the result.
  public var metrics: StageMetrics = [:]

  /// The run that computed the result, for a hit.
  public var madeBy: String?

  /// Why it ran instead of being a hit, or why it failed.
  public var reason: String?

  /// The position of the checkpoint from which it resumed.
  public var resumedFrom: CanonicalValue?

  /// The position of the newest checkpoint of a failed or interrupted stage.
  public var keptCheckpoint: CanonicalValue?

  /// Whether the user stopped it; then the state is `failed`.
  public var isInterrupted = false

  public init(name: String, kind: String, state: State) {
    self.name = name
    self.kind = kind
    self.state = state
  }
}

extension StageOutcome {
  /// The state for people: a stage that the user stopped did not fail.
  public var word: String { isInterrupted ? "stopped" : state.rawValue }

  /// The words of ``word``, in the order in which they are counted.
  public static let words =
    [State.hit, .ran, .resumed].map(\.rawValue) + ["stopped"]
    + [State.failed, .skipped].map(\.rawValue)

  /// How many stages ended in each way, for example `["3 hit", "2 ran"]`.
  public static func counts(of outcomes: [StageOutcome]) -> [String] {
    words.compactMap { word in
      let count = outcomes.count { $0.word == word }
      return count == 0 ? nil : "\(count) \(word)"
    }
  }

  /// The form in records and in `--json`: a contract of the command line.
  public var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "name": .string(name), "step": .string(kind), "state": .string(state.rawValue),
      "seconds": .double(seconds), "original_seconds": .double(originalSeconds),
      "outputs": .object(outputs.mapValues { .content($0) }), "metrics": .object(metrics),
    ]
    if let key { members["key"] = .digest(key) }
    if let madeBy { members["made_by"] = .string(madeBy) }
    if let reason { members["reason"] = .string(reason) }
    if let resumedFrom { members["resumed_from"] = resumedFrom }
    if isInterrupted { members["interrupted"] = true }
    if let keptCheckpoint { members["kept_checkpoint"] = keptCheckpoint }
    return .object(members)
  }

  /// Reads a stage of a record, or returns `nil` for anything else.
  public init?(_ value: CanonicalValue) {
    guard let name = value["name"]?.string, let kind = value["step"]?.string,
      let state = value["state"]?.string.flatMap(State.init(rawValue:))
    else { return nil }
    self.init(name: name, kind: kind, state: state)
    key = value["key"]?.digest
    seconds = value["seconds"]?.double ?? 0
    originalSeconds = value["original_seconds"]?.double ?? 0
    outputs = (value["outputs"]?.object ?? [:]).compactMapValues(\.content)
    metrics = value["metrics"]?.object ?? [:]
    madeBy = value["made_by"]?.string
    reason = value["reason"]?.string
    resumedFrom = value["resumed_from"]
    isInterrupted = value["interrupted"]?.boolean ?? false
    keptCheckpoint = value["kept_checkpoint"]
  }
}
