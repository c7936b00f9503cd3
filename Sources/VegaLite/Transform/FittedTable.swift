/// The rows that a fit makes for each group, with the values that the group shares.
struct FittedTable {
  let table: DataTable

  init(
    _ source: DataTable, by groups: [String], _ names: [String], _ place: String,
    _ fit: ([Int]) throws(VegaLiteError) -> [(Double, Double)]
  ) throws(VegaLiteError) {
    var shared: [String: [Datum]] = [:]
    var (first, second): ([Datum], [Datum]) = ([], [])
    for rows in try source.groups(groups, place) {
      for (x, y) in try fit(rows) {
        for name in groups { shared[name, default: []].append(source[name]?[rows[0]] ?? .null) }
        first.append(.number(x))
        second.append(.number(y))
      }
    }
    var result = DataTable(source: source.source, rowCount: first.count)
    for name in groups { result[name] = shared[name] ?? [] }
    result[names[0]] = first
    result[names[1]] = second
    table = result
    try table.checkSize(place)
  }
}
