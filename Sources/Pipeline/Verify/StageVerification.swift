public import ContentAddressing

/// The outcome of recomputing one stage.
public struct StageVerification: Sendable {
  /// How the stage was judged.
  public enum State: String, Sendable {
    /// Everything is equal to the record, to the bit.
    case proved
    /// Something differs from the record.
    case differs
    /// This program computes another key from the recorded settings, so it cannot judge the result.
    case otherKey = "other-key"
    /// The step could not be run, or not to its end.
    case failed
  }

  /// The name the stage has in the spec.
  public let name: String

  /// The kind of its step.
  public let kind: String

  public internal(set) var state: State

  /// The recorded key.
  public let key: Digest?

  /// How long the step took, by a monotonic clock.
  public internal(set) var seconds: Double = 0

  /// The computed outputs, by name.
  public internal(set) var outputs: [String: Content] = [:]

  /// What differs, in the order of the names; empty unless the state is `differs`.
  public internal(set) var differences: [ResultDifference] = []

  /// The members of the key's document that differ; empty unless the state is `otherKey`.
  public internal(set) var keyChanges: [ValueChange] = []

  /// Remarks that change no judgement, for example that a recorded output is no longer in the store.
  public internal(set) var notes: [String] = []

  /// Why the step failed.
  public internal(set) var failure: (any Error)?

  init(outcome: StageOutcome) {
    name = outcome.name
    kind = outcome.kind
    key = outcome.key
    state = .failed
  }
}

/// One output or metric that differs from a record.
public struct ResultDifference: Sendable {
  /// The record that differs.
  public enum Record: String, Sendable {
    /// The record of the run.
    case run
    /// The record that makes the key a hit.
    case result
  }

  /// The name of the output or of the metric.
  public let name: String

  public let record: Record

  /// What is recorded, as text: a digest, or a metric's value.
  public let recorded: String

  /// The computed value.
  public let computed: String

  /// Where the two differ, in sentences: the first step, epoch, tensor or line.
  public internal(set) var places: [String] = []
}

extension StageVerification {
  /// The form in `verify --json`.
  public var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "name": .string(name), "step": .string(kind), "state": .string(state.rawValue),
      "seconds": .double(seconds), "outputs": .object(outputs.mapValues { .content($0) }),
      "differences": .array(differences.map(\.value)),
    ]
    if let key { members["key"] = .digest(key) }
    if !keyChanges.isEmpty { members["key_changes"] = .array(keyChanges.map(\.value)) }
    if !notes.isEmpty { members["notes"] = .array(notes.map { .string($0) }) }
    if let failure { members["failure"] = .string("\(failure)") }
    return .object(members)
  }
}

extension ResultDifference {
  var value: CanonicalValue {
    [
      "name": .string(name), "record": .string(record.rawValue), "recorded": .string(recorded),
      "computed": .string(computed), "places": .array(places.map { .string($0) }),
    ]
  }
}
