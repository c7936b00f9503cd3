/// An operation over a column, with the name of its result.
struct AggregateField: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case operation(AggregateOperation)
    /// The value of the row in which another column is least, or greatest.
    case argument(of: String, isGreatest: Bool)
  }

  let kind: Kind
  /// None for a count.
  let field: String?
  let name: String

  /// Reads `{"op": …, "field": …, "as": …}`.
  static func all(
    in own: SpecObject, _ word: String
  ) throws(VegaLiteError) -> [AggregateField] {
    var fields: [AggregateField] = []
    for one in try own.objects(word) {
      try one.allow(["op", "field", "as"])
      guard let text = try one.choice("op", AggregateOperation.names),
        let operation = AggregateOperation(rawValue: text)
      else { throw one.failure("op", "is missing") }
      let field = try one.text("field")
      guard field != nil || operation == .count else { throw one.failure("field", "is missing") }
      fields.append(
        .init(
          kind: .operation(operation), field: field,
          name: try one.text("as") ?? [text, field].compactMap { $0 }.joined(separator: "_")))
    }
    return fields
  }

  /// The value over each group of rows.
  func values(
    of groups: [[Int]], in table: DataTable, _ place: String
  ) throws(VegaLiteError) -> [Datum] {
    let column = try field.map { (name) throws(VegaLiteError) in try table.column(name, place) }
    switch kind {
    case .operation(let operation):
      return groups.map { rows in
        guard let column else { return .number(Double(rows.count)) }
        return operation.value(of: rows.map { column[$0] })
      }
    case .argument(let other, let isGreatest):
      let keys = try table.column(other, place)
      return groups.map { rows in
        var best: Int?
        for row in rows where !keys[row].isMissing {
          let order = best.map { Datum.order(keys[row], keys[$0]) } ?? (isGreatest ? 1 : -1)
          if isGreatest ? order > 0 : order < 0 { best = row }
        }
        return best.flatMap { column?[$0] } ?? .null
      }
    }
  }
}
