public import ContentAddressing

/// Events of a run, as they happen.
public enum RunEvent: Sendable {
  case runStarted(PipelineRun, stages: [String])
  case stageStarted(name: String, kind: String, reason: String)
  case stageWaiting(name: String, holder: String)
  case stageProgress(name: String, fraction: Double, text: String)
  case stageNote(name: String, text: String)
  case stageEvent(name: String, kind: String, members: [String: CanonicalValue])
  case stageEnded(StageOutcome)
  case runEnded(PipelineRun)

  /// The schema of a line of `run --json` and of `events.ndjson`.
  public static let schema = "pipeline.run/1"

  /// The event as an object, or `nil` for mere progress.
  public var value: CanonicalValue? {
    var members: [String: CanonicalValue]
    switch self {
    case .stageProgress: return nil
    case .runStarted(let record, let stages):
      members = [
        "event": "run.start", "run": .string(record.id), "name": .string(record.name),
        "file": .string(record.file), "stages": .array(stages.map { .string($0) }),
      ]
    case .stageStarted(let name, let kind, let reason):
      members = [
        "event": "stage.start", "stage": .string(name), "step": .string(kind),
        "reason": .string(reason),
      ]
    case .stageWaiting(let name, let holder):
      members = ["event": "stage.wait", "stage": .string(name), "holder": .string(holder)]
    case .stageNote(let name, let text):
      members = ["event": "note", "stage": .string(name), "text": .string(text)]
    case .stageEvent(let name, let kind, let details):
      members = details
      members["event"] = .string(kind)
      members["stage"] = .string(name)
    case .stageEnded(let outcome):
      members = outcome.value.object ?? [:]
      members["event"] = "stage.end"
      members["stage"] = .string(outcome.name)
    case .runEnded(let record):
      members = [
        "event": "run.end", "run": .string(record.id), "status": .string(record.status.rawValue),
        "seconds": .double(record.seconds), "stages": .array(record.stages.map(\.value)),
      ]
    }
    members["schema"] = .string(Self.schema)
    return .object(members)
  }
}
