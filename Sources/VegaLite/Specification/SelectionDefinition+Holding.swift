extension SelectionDefinition {
  /// The selection with combinations of values of columns.
  func holding(_ columns: [String], _ combinations: [[Datum]]) -> Selected {
    var whole: Expression?
    for values in combinations {
      var one: Expression?
      for (column, value) in zip(columns, values) {
        let test = Expression.binary(.equal, .field(column), .constant(value))
        one = one.map { .and($0, test) } ?? test
      }
      guard let one else { continue }
      whole = whole.map { .or($0, one) } ?? one
    }
    return Selected(
      id: id, predicate: whole ?? .constant(.boolean(false)), stretches: [:])
  }

  /// The selection with a stretch of each axis.
  func holding(_ axes: [(channel: Channel, field: FieldDefinition, values: [Datum])]) -> Selected {
    var stretches: [Channel: [Datum]] = [:]
    var whole: Expression?
    for (channel, field, values) in axes {
      stretches[channel] = values
      let test = Expression.isInside(values, of: field)
      whole = whole.map { .and($0, test) } ?? test
    }
    return Selected(
      id: id, predicate: whole ?? .constant(.boolean(false)), stretches: stretches)
  }

  /// What `value` says of columns: an object, or a list of such.
  func initialValues(of columns: [String]) -> Selected? {
    guard let initial else { return nil }
    let combinations = (initial.elements ?? [initial]).compactMap { one -> [Datum]? in
      // A bare value is that of the only column.
      guard let members = one.members else { return columns.count == 1 ? [one.datum] : nil }
      let values = columns.compactMap { members[$0]?.datum }
      return values.count == columns.count ? values : nil
    }
    return combinations.isEmpty ? nil : holding(columns, combinations)
  }

  /// A moment as a number, a text, or a date in parts.
  private static func moment(_ value: JSONValue) -> Double {
    guard case .object = value else { return value.datum.moment }
    let own = try? SpecObject(.object(["date": value]), path: "")
    return (try? own?.constant("date", Parameters())?.number) ?? .nan
  }

  /// What `value` says of axes: `{"x": [2, 5]}`.
  func initialStretches(of axes: [(channel: Channel, field: FieldDefinition)]) -> Selected? {
    let given = axes.compactMap { channel, field -> (Channel, FieldDefinition, [Datum])? in
      guard let elements = initial?.members?[channel.rawValue]?.elements, !elements.isEmpty else {
        return nil
      }
      let values = elements.map { element -> Datum in
        field.isMoment ? .number(Self.moment(element)) : element.datum
      }
      if field.type.isDiscrete, field.bins == nil { return (channel, field, values) }
      return (channel, field, values.sorted(by: Datum.isAscending))
    }
    return given.isEmpty ? nil : holding(given)
  }
}

extension Expression {
  /// Whether a row lies in a stretch, both ends included as in Vega, or has one of the names.
  static func isInside(_ values: [Datum], of field: FieldDefinition) -> Expression {
    let value = Expression.field(field.name ?? "")
    if field.type.isDiscrete, field.bins == nil {
      return .binary(
        .atLeast, .call(.indexof, [.constant(.list(values)), value]), .constant(.number(0)))
    }
    let number = field.isMoment ? .call(.time, [value]) : Expression.number(value)
    let ends = [values.first ?? .null, values.last ?? .null]
    return .and(
      .call(.isValid, [value]),
      .and(
        .binary(.atLeast, number, .constant(ends[0])),
        .binary(.atMost, number, .constant(ends[1]))))
  }
}
