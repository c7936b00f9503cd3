internal import PipelineSpec

/// An unknown name, with a suggestion.
struct UnknownName {
  let kind: String
  let name: String
  let known: [String]

  /// For example `no stage is named “trian”; did you mean “train”?`.
  var description: String {
    let head = "no \(kind) is named “\(name.shown)”"
    if let meant = nearest { return "\(head); did you mean “\(meant.shown)”?" }
    return "\(head); available: \(known.map(\.shown).joined(separator: ", "))"
  }

  /// The most similar known name.
  var nearest: String? { Suggestion.nearest(to: name, among: known) }
}
