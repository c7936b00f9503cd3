/// A parameter whose value a reader of the page may choose, out of a few; or a selection, in one view.
///
/// Each choice is drawn beforehand: pages hold pictures, and nothing that computes them.
public struct Control: Sendable, Hashable {
  public struct Choice: Sendable, Hashable {
    public var label: String
    public var value: ParameterSetting?
    /// What tells a mark that it is meant, where values of columns are selected.
    var key: String?
  }

  /// The parameter.
  public let name: String
  /// The selection in its view, as ``Scene`` calls it; none for a parameter with a control of its own.
  public let selection: String?
  /// Where axes are cut, if stretches of them are selected.
  public let cuts: Cuts?
  /// The words before it.
  public let label: String
  public let choices: [Choice]
  /// The choice that the specification makes.
  public let usual: Int

  /// The cuts of the axes that take part, each in parts of its axis.
  ///
  /// Choices are nothing and then the stretches between any two cuts, by the first and then by the second; each one
  /// across with each one up, without the one that holds everything.
  public struct Cuts: Sendable, Hashable {
    public var x: [Double]?
    public var y: [Double]?
  }

  /// More choices than anybody compares.
  static let mostChoices = 12

  init(
    _ selection: SelectionDefinition, label: String, choices: [Choice], cuts: Cuts? = nil,
    initial: Selected?
  ) {
    (name, self.selection, self.label) = (selection.name, selection.id, label)
    var choices = [Choice(label: "all")] + choices
    var usual = 0
    if let initial {
      usual = choices.firstIndex { $0.value == .selected(initial) } ?? choices.count
      if usual == choices.count {
        choices.append(Choice(label: "as it begins", value: .selected(initial)))
      }
    }
    (self.choices, self.cuts, self.usual) = (choices, cuts, usual)
  }

  /// The choice that pointing at a mark makes.
  public func place(of pick: Mark.Pick) -> Int? {
    guard pick.selection == selection else { return nil }
    return choices.firstIndex { $0.key == pick.key }
  }

  /// Reads `bind`; `nil` for a parameter without one, or with one that asks for free text.
  init?(_ own: SpecObject, _ name: String, _ value: Datum) throws(VegaLiteError) {
    guard case .object? = own["bind"] else { return nil }
    let bind = try own.object("bind")
    let none = Parameters()
    var values: [Datum] = []
    var labels: [String]?
    switch try bind.text("input") {
    case "checkbox":
      values = [.boolean(false), .boolean(true)]
      labels = ["no", "yes"]
    case "range":
      let low = try bind.number("min", none) ?? 0
      let high = try bind.number("max", none) ?? 100
      guard low < high else { throw bind.failure("max", "must be above min") }
      let step = try bind.number("step", none) ?? 0
      let places = (0...4).map { place -> Double in
        let value = low + (high - low) * Double(place) / 4
        return step > 0 ? min(low + ((value - low) / step).rounded() * step, high) : value
      }
      let all = places + [value.measure].filter { $0 >= low && $0 <= high }
      values = Set(all).sorted().map { .number($0) }
    case "select", "radio":
      values = (bind["options"]?.elements ?? []).prefix(Self.mostChoices).map(\.datum)
      labels = try bind.texts("labels")
    default: return nil
    }
    // What was not chosen is a choice too: nothing, or what no box and no list has.
    let isOff = value == .null && values.first == .boolean(false)
    if !isOff, !values.contains(where: { Expression.isEqual($0, value) || $0 == value }) {
      values.insert(value, at: 0)
      labels?.insert(value == .null ? "none" : value.text, at: 0)
    }
    guard values.count > 1 else { return nil }
    self.name = name
    (selection, cuts) = (nil, nil)
    label = try bind.text("name").map { String($0.trimmed) } ?? name
    choices = values.enumerated().map { index, value in
      var words = value == .null ? "none" : value.text
      if case .number(let number) = value { words = Words.number(number) }
      if let labels, labels.indices.contains(index) { words = labels[index] }
      return Choice(label: words, value: .value(value))
    }
    usual = isOff ? 0 : values.firstIndex { Expression.isEqual($0, value) || $0 == value } ?? 0
  }
}
