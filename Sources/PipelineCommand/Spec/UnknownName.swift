internal import PipelineSpec

/// A name that is none, with what was probably meant.
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

  /// The known name that was probably meant.
  var nearest: String? { Suggestion.nearest(to: name, among: known) }
}
