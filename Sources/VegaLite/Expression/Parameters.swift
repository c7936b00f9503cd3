/// The parameters of a specification: constants here, since a page that prints has nothing to turn.
///
/// A parameter with a `value` or `expr` keeps it. A selection holds what it is given, and else nothing: what depends on
/// it is drawn as it is before anybody points at anything.
struct Parameters: Sendable, Hashable {
  private var values: [String: Datum] = [:]
  /// Whether an empty selection counts as everything, by the name of the selection.
  private var selections: [String: Bool] = [:]
  private var selected: [String: Selected] = [:]

  subscript(name: String) -> Datum? { values[name] }

  /// In the order of letters.
  var names: [String] { values.keys.sorted() }

  mutating func set(_ name: String, _ value: Datum) { values[name] = value }

  mutating func select(_ name: String, isEmptyEverything: Bool, _ held: Selected?) {
    selections[name] = isEmptyEverything
    if let held { selected[name] = held }
  }

  /// What a selection holds.
  func selected(_ name: String) -> Selected? { selected[name] }

  /// Whether a condition on a parameter holds for a row: the truth of its value, or whether it is selected, where
  /// nothing at all is selected what that counts as.
  func predicate(of name: String, empty: Bool?) -> Expression? {
    if let held = selected[name] { return held.predicate }
    let truth = selections[name].map { empty ?? $0 } ?? values[name].map(\.truth)
    return truth.map { .constant(.boolean($0)) }
  }
}
