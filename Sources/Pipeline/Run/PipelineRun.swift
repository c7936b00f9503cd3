public import ContentAddressing

/// A record of one run: the content of `runs/<id>/run.json`.
///
/// Unlike an artifact it holds times and the environment, so no two are the same.
public struct PipelineRun: Hashable, Sendable {
  /// How a run ended.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case ok
    case failed
    case interrupted
  }

  /// One resolved setting of the spec, for comparing runs.
  public struct Setting: Hashable, Sendable {
    /// `stage.field.…`, as `--set` takes it.
    public var path: String
    /// The value as the spec would write it.
    public var text: String
    /// Whether the user omitted it.
    public var isDefault: Bool
    /// Whether it can change a result.
    public var isResult: Bool
    /// The line in the spec, or `nil` for a default or an override.
    public var line: Int?

    public init(path: String, text: String, isDefault: Bool, isResult: Bool, line: Int?) {
      self.path = path
      self.text = text
      self.isDefault = isDefault
      self.isResult = isResult
      self.line = line
    }
  }

  /// The schema of the record.
  public static let schema = "pipeline.run-record/1"

  /// The ULID of the run: sorts by time.
  public var id: String

  /// The name in the spec.
  public var name: String

  /// The path of the spec as it was given.
  public var file: String

  /// The text of the spec, kept as an object of the store.
  public var specification: Content?

  /// The local files that stages read, kept as objects of the store, by their paths.
  public var files: [String: Content] = [:]

  /// The words of the command line.
  public var arguments: [String]

  /// The overrides, `path=value`.
  public var overrides: [String]

  public var settings: [Setting] = []

  /// Seconds since 1970 when the run began.
  public var started: Double

  /// Seconds that the run took, by a monotonic clock.
  public var seconds: Double = 0

  public var status: Status = .ok

  public var stages: [StageOutcome] = []

  /// Machine, system, version of the tool and of its libraries.
  public var environment: [String: CanonicalValue]

  public init(
    id: String, name: String, file: String, arguments: [String], overrides: [String],
    started: Double, environment: [String: CanonicalValue]
  ) {
    self.id = id
    self.name = name
    self.file = file
    self.arguments = arguments
    self.overrides = overrides
    self.started = started
    self.environment = environment
  }

  /// The stage of the given name.
  public func stage(_ name: String) -> StageOutcome? { stages.first { $0.name == name } }
}

extension PipelineRun {
  /// The form in `run.json`.
  public var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "schema": .string(Self.schema), "run": .string(id), "name": .string(name),
      "file": .string(file), "arguments": .array(arguments.map { .string($0) }),
      "overrides": .array(overrides.map { .string($0) }),
      "settings": .array(settings.map(\.value)), "started": .double(started),
      "seconds": .double(seconds), "status": .string(status.rawValue),
      "stages": .array(stages.map(\.value)), "environment": .object(environment),
    ]
    if let specification { members["specification"] = .content(specification) }
    if !files.isEmpty { members["files"] = .object(files.mapValues { .content($0) }) }
    return .object(members)
  }

  /// Reads a record, or returns `nil` for anything else.
  public init?(_ value: CanonicalValue) {
    guard value["schema"]?.string == Self.schema, let id = value["run"]?.string,
      let name = value["name"]?.string, let file = value["file"]?.string,
      let started = value["started"]?.double,
      let status = value["status"]?.string.flatMap(Status.init(rawValue:)),
      let stages = value["stages"]?.array
    else { return nil }
    self.init(
      id: id, name: name, file: file,
      arguments: (value["arguments"]?.array ?? []).compactMap(\.string),
      overrides: (value["overrides"]?.array ?? []).compactMap(\.string), started: started,
      environment: value["environment"]?.object ?? [:])
    specification = value["specification"]?.content
    files = (value["files"]?.object ?? [:]).compactMapValues(\.content)
    settings = (value["settings"]?.array ?? []).compactMap(Setting.init)
    seconds = value["seconds"]?.double ?? 0
    self.status = status
    self.stages = stages.compactMap(StageOutcome.init)
  }
}

extension PipelineRun.Setting {
  var value: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "path": .string(path), "text": .string(text), "default": .boolean(isDefault),
      "result": .boolean(isResult),
    ]
    if let line { members["line"] = .integer(line) }
    return .object(members)
  }

  init?(_ value: CanonicalValue) {
    guard let path = value["path"]?.string, let text = value["text"]?.string else { return nil }
    self.init(
      path: path, text: text, isDefault: value["default"]?.boolean ?? false,
      isResult: value["result"]?.boolean ?? true, line: value["line"]?.integer)
  }
}
