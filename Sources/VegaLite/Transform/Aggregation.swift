/// What is made of each group of rows.
struct Aggregation: Transform {
  let place: String
  private let fields: [AggregateField]
  private let groups: [String]
  /// Whether it stands beside each of the rows, which stay; otherwise there is one row for each group.
  private let isJoined: Bool

  /// Reads `aggregate`, or `joinaggregate`.
  init(_ own: SpecObject, isJoined: Bool) throws(VegaLiteError) {
    let word = isJoined ? "joinaggregate" : "aggregate"
    try own.allow([word, "groupby"])
    place = own.path
    fields = try AggregateField.all(in: own, word)
    groups = try own.texts("groupby") ?? []
    self.isJoined = isJoined
  }

  init(_ fields: [AggregateField], by groups: [String], _ place: String) {
    (self.fields, self.groups, self.place, isJoined) = (fields, groups, place, false)
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let rows = try table.groups(groups, place)
    var result = isJoined ? table : try table.shared(groups, by: rows, place)
    for field in fields {
      let values = try field.values(of: rows, in: table, place)
      result[field.name] = isJoined ? Self.spread(values, over: rows, table.rowCount) : values
    }
    table = result
  }

  private static func spread(_ values: [Datum], over rows: [[Int]], _ count: Int) -> [Datum] {
    var column = [Datum](repeating: .null, count: count)
    for (group, value) in zip(rows, values) {
      for row in group { column[row] = value }
    }
    return column
  }
}
