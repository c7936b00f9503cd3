extension ViewReader {
  /// Rows come from the table that is given or stand in the specification; none are fetched.
  func readData(_ own: SpecObject, _ context: inout Context) throws(VegaLiteError) {
    guard own.has("data") else { return }
    let data = try own.object("data")
    guard !data.has("url") else {
      throw data.failure("url", "is not fetched: rows are those of the table, or stand in `values`")
    }
    if data.has("values") || data.has("sphere") || data.has("graticule") {
      context.table = try Self.table(data)
      context.transforms = []
      return
    }
    try data.allow(["name", "format", "values"])
  }

  /// The rows that stand in a specification.
  static func table(_ data: SpecObject) throws(VegaLiteError) -> DataTable {
    if let table = try GeographicData.table(data) { return table }
    try data.allow(["name", "format", "values"])
    guard let elements = data["values"]?.elements else {
      throw data.failure("values", "must be a list of rows")
    }
    var rows: [[String: JSONValue]] = []
    for element in elements {
      // A bare value is a row with the column `data`.
      rows.append(element.members ?? ["data": element])
    }
    var table = DataTable(source: data.place("values"), rowCount: rows.count)
    for name in Set(rows.flatMap(\.keys)).sorted() {
      table[name] = rows.map { $0[name]?.datum ?? .null }
    }
    return table
  }
}
