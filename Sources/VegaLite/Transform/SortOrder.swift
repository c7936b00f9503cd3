/// By which columns rows are put in order.
struct SortOrder: Sendable {
  private let fields: [(name: String, isDescending: Bool)]

  init(_ fields: [(name: String, isDescending: Bool)]) { self.fields = fields }

  /// Reads `[{"field": …, "order": …}]`.
  init(_ own: SpecObject) throws(VegaLiteError) {
    var fields: [(String, Bool)] = []
    for one in try own.objects("sort") {
      try one.allow(["field", "order"])
      fields.append(
        (
          try one.needText("field"),
          try one.choice("order", ["ascending", "descending"]) == "descending"
        ))
    }
    self.fields = fields
  }

  var isEmpty: Bool { fields.isEmpty }

  /// Rows in order, equal ones as they came; with the rank that equal rows share.
  func sorted(
    _ rows: [Int], of table: DataTable, _ place: String
  ) throws(VegaLiteError) -> [(row: Int, isNew: Bool)] {
    guard !isEmpty else { return rows.map { ($0, true) } }
    var columns: [(values: [Datum], isDescending: Bool)] = []
    for field in fields {
      columns.append((try table.column(field.name, place), field.isDescending))
    }
    func order(_ a: Int, _ b: Int) -> Int {
      for (values, isDescending) in columns {
        let order = Datum.order(values[a], values[b])
        if order != 0 { return isDescending ? -order : order }
      }
      return 0
    }
    let sorted = rows.enumerated().sorted {
      let order = order($0.element, $1.element)
      return order == 0 ? $0.offset < $1.offset : order < 0
    }.map(\.element)
    return sorted.indices.map { index in
      (sorted[index], index == 0 || order(sorted[index - 1], sorted[index]) != 0)
    }
  }
}
