/// The parameters of a specification: constants here, since a page that prints has nothing to turn.
///
/// A parameter with a `value` or `expr` keeps it. A selection holds nothing, and what depends on one is drawn as it is
/// before anybody points at anything.
struct Parameters: Sendable, Hashable {
  private var values: [String: Datum] = [:]
  /// Whether an empty selection counts as everything, by the name of the selection.
  private var selections: [String: Bool] = [:]

  subscript(name: String) -> Datum? { values[name] }

  /// In the order of letters.
  var names: [String] { values.keys.sorted() }

  mutating func set(_ name: String, _ value: Datum) { values[name] = value }

  mutating func select(_ name: String, isEmptyEverything: Bool) {
    selections[name] = isEmptyEverything
  }

  /// What a condition on a parameter comes to: the truth of its value, or that of an empty selection.
  func truth(of name: String, empty: Bool?) -> Bool? {
    if let isEverything = selections[name] { return empty ?? isEverything }
    return values[name].map(\.truth)
  }
}
