/// A column for each text of a column, a row for each group.
struct Pivot: Transform {
  /// More columns than anybody draws.
  private static let mostColumns = 500

  let place: String
  private let field: String
  private let value: String
  private let groups: [String]
  private let operation: AggregateOperation
  private let limit: Int

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["pivot", "value", "groupby", "op", "limit"])
    place = own.path
    field = try own.needText("pivot")
    value = try own.needText("value")
    groups = try own.texts("groupby") ?? []
    operation =
      try own.choice("op", AggregateOperation.names).flatMap(AggregateOperation.init) ?? .sum
    limit = try own.whole("limit", 0...Self.mostColumns, Parameters()) ?? 0
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let keys = try table.column(field, place).map(\.text)
    let values = try table.column(value, place)
    let rows = try table.groups(groups, place)
    var names = Set(keys).sorted()
    if limit > 0 { names = Array(names.prefix(limit)) }
    guard names.count <= Self.mostColumns else {
      throw VegaLiteError(
        place, "makes \(names.count) columns; at most \(Self.mostColumns) are made")
    }
    var result = try table.shared(groups, by: rows, place)
    for name in names {
      result[name] = rows.map { group in
        let own = group.filter { keys[$0] == name }
        return own.isEmpty && operation != .count
          ? .null : operation.value(of: own.map { values[$0] })
      }
    }
    table = result
  }
}
