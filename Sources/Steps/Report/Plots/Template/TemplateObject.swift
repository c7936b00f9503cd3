internal import Pipeline
internal import PipelineSpec

/// An object of a template, with its place in the file for messages.
struct TemplateObject {
  let members: [String: PlotJSON]
  /// Where it stands: `encoding.x`.
  let path: String
  let source: String
  /// What stands for the anchors of DVC: `X` to `learning_rate`.
  let anchors: [String: String]

  init(
    _ value: PlotJSON, path: String, source: String, anchors: [String: String]
  ) throws(StepFailure) {
    self.path = path
    self.source = source
    self.anchors = anchors
    guard case .object(let members) = value else {
      throw StepFailure(
        .invalidSpec, "\(source), \(path.isEmpty ? "the whole" : path): must be an object")
    }
    self.members = members
  }

  func failure(_ name: String, _ words: String) -> StepFailure {
    StepFailure(.invalidSpec, "\(source), \(path.isEmpty ? name : "\(path).\(name)"): \(words)")
  }

  /// Refuses members that nothing here reads.
  func allow(_ names: [String]) throws(StepFailure) {
    guard let stranger = members.keys.sorted().first(where: { !names.contains($0) }) else { return }
    let hint = Suggestion.nearest(to: stranger, among: names).map { "; did you mean “\($0)”?" }
    throw failure(
      String(stranger.prefix(40)),
      "is not drawn here" + (hint ?? "; there are \(names.joined(separator: ", "))"))
  }

  func object(_ name: String) throws(StepFailure) -> TemplateObject {
    guard let value = members[name] else { throw failure(name, "is missing") }
    return try TemplateObject(
      value, path: path.isEmpty ? name : "\(path).\(name)", source: source, anchors: anchors)
  }

  /// A text with its anchors replaced; none where it is an anchor for which the spec says nothing.
  func text(_ name: String) throws(StepFailure) -> String? {
    switch members[name] {
    case nil, .null: return nil
    case .string(let text): return try replaced(text, name)
    default: throw failure(name, "must be a text")
    }
  }

  func choice(_ name: String, _ known: [String]) throws(StepFailure) -> String? {
    guard let text = try text(name) else { return nil }
    guard known.contains(text) else {
      throw failure(
        name, "“\(text.prefix(40))” is not drawn here; there are \(known.joined(separator: ", "))")
    }
    return text
  }

  private func replaced(_ text: String, _ name: String) throws(StepFailure) -> String? {
    var rest = Substring(text)
    var result = ""
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      rest = rest[open...]
      guard rest.hasPrefix(Self.start) else {
        result += "<"
        rest = rest.dropFirst()
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { throw failure(name, "has an open anchor") }
      let key = String(rest[..<end].dropFirst(Self.start.count))
      rest = rest[rest.index(after: end)...]
      guard Self.known.contains(key) else {
        throw failure(
          name,
          "<DVC_METRIC_\(key.prefix(40))> is no anchor here; there are "
            + Self.known.joined(separator: ", ") + " and DATA")
      }
      guard let value = anchors[key] else { return nil }
      result += value
    }
    return result + rest
  }

  private static let start = "<DVC_METRIC_"

  /// The anchors that stand for texts.
  private static let known = ["X", "Y", "TITLE", "X_LABEL", "Y_LABEL"]
}
