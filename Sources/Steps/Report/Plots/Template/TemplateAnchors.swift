internal import Pipeline
internal import PipelineSpec
internal import VegaLite

/// Puts what the spec says in the place of the anchors that templates of DVC have: `<DVC_METRIC_X>`.
struct TemplateAnchors {
  /// The file, for messages.
  let source: String
  let x: String?
  let y: String?
  let title: String

  private static let start = "<DVC_METRIC_"

  /// What stands for a text, by the name of its anchor.
  private var texts: [(name: String, value: String?)] {
    [
      ("X", x), ("Y", y), ("TITLE", title), ("X_LABEL", x), ("Y_LABEL", y),
      ("PIVOT_FIELD", "datum.rev"),
    ]
  }

  /// What stands for a whole value: a run is a revision here, and `compare` draws several.
  private var values: [(name: String, value: JSONValue)] {
    let revision = JSONValue.string(Specification.revision)
    func groups(_ column: String?) -> JSONValue {
      .array([revision] + [column].compactMap { $0.map(JSONValue.string) })
    }
    return [
      ("DATA", .null), ("PLOT_WIDTH", .null), ("PLOT_HEIGHT", .null),
      ("COLOR", .object(["field": revision, "type": .string("nominal")])),
      ("STROKE_DASH", .object([:])), ("SHAPE", .object([:])), ("TOOLTIP", .object([:])),
      ("ROW", .object([:])), ("COLUMN", .object([:])), ("FACET", .object([:])),
      ("GROUP_BY", groups(nil)), ("GROUP_BY_X", groups(x)), ("GROUP_BY_Y", groups(y)),
      (
        "ZOOM_AND_PAN",
        .object([
          "name": .string("grid"), "select": .string("interval"), "bind": .string("scales"),
        ])
      ),
    ]
  }

  /// - Throws: ``StepFailure`` for an anchor that is unknown, or for which the spec says nothing.
  func replacing(_ value: JSONValue, path: String = "") throws(StepFailure) -> JSONValue {
    switch value {
    case .string(let text): return try replacing(text, path)
    case .array(let elements):
      var result: [JSONValue] = []
      for (index, element) in elements.enumerated() {
        result.append(try replacing(element, path: path.isEmpty ? "\(index)" : "\(path).\(index)"))
      }
      return .array(result)
    case .object(let members):
      var result: [String: JSONValue] = [:]
      for name in members.keys.sorted() {
        result[name] = try replacing(
          members[name] ?? .null, path: path.isEmpty ? name : "\(path).\(name)")
      }
      return .object(result)
    default: return value
    }
  }

  private func replacing(_ text: String, _ path: String) throws(StepFailure) -> JSONValue {
    for (name, value) in values where text == "\(Self.start)\(name)>" { return value }
    var rest = Substring(text)
    var result = ""
    while let open = rest.firstRange(of: Self.start) {
      result += rest[..<open.lowerBound]
      guard let end = rest[open.upperBound...].firstIndex(of: ">") else {
        throw failure(path, "has an open anchor")
      }
      let key = String(rest[open.upperBound..<end])
      rest = rest[rest.index(after: end)...]
      guard let anchor = texts.first(where: { $0.name == key }) else {
        let known = (texts.map(\.name) + values.map(\.name)).joined(separator: ", ")
        throw failure(path, "<DVC_METRIC_\(key.prefix(40))> is no anchor here; there are \(known)")
      }
      guard let value = anchor.value else {
        let word = key.hasPrefix("X") ? "x" : "y"
        throw failure(path, "is “<DVC_METRIC_\(key)>”: say `\(word)` beside `template`")
      }
      result += value
    }
    return .string(result + rest)
  }

  private func failure(_ path: String, _ words: String) -> StepFailure {
    StepFailure(.invalidSpec, "\(source), \(path): \(words)")
  }
}
