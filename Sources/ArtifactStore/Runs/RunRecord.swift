public import ContentAddressing

/// What a closed run left behind.
public struct RunRecord: Hashable, Sendable {
  public let id: RunID

  /// What the runner wrote about the run.
  public let body: CanonicalValue

  /// The results that the run computed or reused.
  public let results: [ResultReference]

  /// The objects that are no outputs: the text of the spec, files that the user named.
  public let objects: [Content]

  /// The events as they were when the run was closed, if there were any.
  public let events: Content?

  /// The page of the run, if one was written.
  public let report: Content?
}

extension RunRecord {
  /// What stands in `run.json`, to be sealed; the runner's own words are under `run`.
  var record: CanonicalValue {
    var members: [String: CanonicalValue] = [
      "events": events.map { .content($0) } ?? .null, "id": .string(id.description),
      "report": report.map { .content($0) } ?? .null,
      "results": .array(
        results.map { ["key": .digest($0.key), "result": .digest($0.result)] }),
      "run": body,
    ]
    if !objects.isEmpty { members["objects"] = .array(objects.map { .content($0) }) }
    return .object(members)
  }

  /// Reads what stands in `run.json`; `nil` where a member is missing or of another type.
  init?(record: CanonicalValue) {
    guard let id = record["id"]?.string.flatMap({ RunID($0) }), let body = record["run"],
      let listed = record["results"]?.array, let events = record["events"],
      let report = record["report"]
    else { return nil }
    let results = listed.compactMap { entry -> ResultReference? in
      guard let key = entry["key"]?.digest, let result = entry["result"]?.digest else { return nil }
      return ResultReference(key: key, result: result)
    }
    let named = record["objects"]?.array ?? []
    let objects = named.compactMap(\.content)
    guard results.count == listed.count, objects.count == named.count,
      events == .null || events.content != nil, report == .null || report.content != nil
    else { return nil }
    self.init(
      id: id, body: body, results: results, objects: objects, events: events.content,
      report: report.content)
  }
}
