/// What a reader of a page gives a parameter.
public enum ParameterSetting: Sendable, Hashable {
  case value(Datum)
  case selected(Selected)

  /// Whether it is of a selection.
  public var isSelected: Bool { if case .selected = self { true } else { false } }
}

/// What a selection holds: the rows that it takes, and where on the page it was made.
public struct Selected: Sendable, Hashable {
  /// The selection, in the view where it was made.
  let id: String
  let predicate: Expression
  /// The two ends by axis, or all names of a stretch of names.
  let stretches: [Channel: [Datum]]
}
