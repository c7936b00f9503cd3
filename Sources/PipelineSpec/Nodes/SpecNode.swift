/// A node of the file: what was written, and where.
///
/// Aliases are already followed. Their values share storage, so a node may represent many more than
/// are in memory: before walking one, make sure that its ``count`` is within the limit.
struct SpecNode: Sendable {
  /// One entry of a mapping.
  struct Pair: Sendable {
    let key: String
    let keyPlace: Place?
    let value: SpecNode
  }

  indirect enum Kind: Sendable {
    /// A text; plain if it was written without quotes or block indicators.
    case scalar(String, isPlain: Bool)
    case sequence([SpecNode])
    case mapping([Pair])
    /// A node that could not be read; its error has been reported.
    case broken
  }

  let kind: Kind

  /// Where it was written, or `nil` for a default.
  let place: Place?

  /// The number of nodes in this one, keys and itself included, after aliases.
  let count: Int

  /// The levels of lists and maps in this node: 0 for a scalar.
  let height: Int

  init(scalar text: String, isPlain: Bool, at place: Place?) {
    kind = .scalar(text, isPlain: isPlain)
    self.place = place
    count = 1
    height = 0
  }

  init(sequence elements: [SpecNode], at place: Place?) {
    kind = .sequence(elements)
    self.place = place
    count = elements.reduce(1) { Self.sum($0, $1.count) }
    height = 1 + (elements.map(\.height).max() ?? 0)
  }

  init(mapping pairs: [Pair], at place: Place?) {
    kind = .mapping(pairs)
    self.place = place
    count = pairs.reduce(1) { Self.sum($0, Self.sum($1.value.count, 1)) }
    height = 1 + (pairs.map(\.value.height).max() ?? 0)
  }

  init(brokenAt place: Place?) {
    kind = .broken
    self.place = place
    count = 1
    height = 0
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflows) = a.addingReportingOverflow(b)
    return overflows ? .max : sum
  }

  /// Whether nothing was written here: an empty value, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = kind else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What was written, for the end of “found …”.
  var found: String {
    switch kind {
    case .scalar(let text, let isPlain):
      if isNull { return "nothing" }
      let short = text.count > 40 ? String(text.prefix(39)) + "…" : text
      return isPlain ? "`\(short)`" : "the text \"\(short)\""
    case .sequence: return "a list"
    case .mapping: return "a map"
    case .broken: return "something unreadable"
    }
  }
}
