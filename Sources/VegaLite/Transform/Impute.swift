/// Rows for combinations that are missing.
struct Impute: Transform {
  let place: String
  private let field: String
  private let key: String
  private let groups: [String]
  private let value: Datum
  private let method: String
  private let keyValues: [Datum]

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["impute", "key", "groupby", "value", "method", "keyvals", "frame"])
    place = own.path
    field = try own.needText("impute")
    key = try own.needText("key")
    groups = try own.texts("groupby") ?? []
    method = try own.choice("method", ["value", "mean", "median", "max", "min"]) ?? "value"
    value = try own.constant("value", parameters) ?? .null
    guard own["frame"].map({ $0 == .array([.null, .null]) }) ?? true else {
      throw own.failure("frame", "is drawn over the whole group only: [null, null]")
    }
    if case .object? = own["keyvals"] {
      let sequence = try own.object("keyvals")
      try sequence.allow(["start", "stop", "step"])
      let start = try sequence.number("start", parameters) ?? 0
      guard let stop = try sequence.number("stop", parameters) else {
        throw sequence.failure("stop", "is missing")
      }
      let step = try sequence.number("step", parameters) ?? 1
      guard step != 0, (stop - start) / step < 100_000 else {
        throw sequence.failure("step", "makes more than 100000 keys")
      }
      keyValues = stride(from: start, to: stop, by: step).map { .number($0) }
    } else {
      keyValues = (own["keyvals"]?.elements ?? []).map(\.datum)
    }
  }

  /// Zeros where a group lacks a place.
  init(_ field: String, key: String, by groups: [String], _ place: String) {
    (self.field, self.key, self.groups, self.place) = (field, key, groups, place)
    (value, method, keyValues) = (.number(0), "value", [])
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    guard table.rowCount > 0 else { return }
    let keys = try table.column(key, place)
    let values = try table.column(field, place)
    var domain: [Datum] = []
    var seen: Set<String> = []
    for value in keyValues + keys where seen.insert(value.key).inserted { domain.append(value) }
    let rows = try table.groups(groups, place)
    guard domain.count * rows.count <= DataTable.mostRows else {
      throw VegaLiteError(
        place, "makes \(domain.count) × \(rows.count) rows, more than can be drawn")
    }
    // A column may be all of it: what parts rows, where they stand, and what is missing.
    let made = table.names.filter { $0 == field || $0 == key || groups.contains($0) }
    var columns: [String: [Datum]] = [:]
    var filled = values
    for group in rows {
      let fill = filling(group.map { values[$0] })
      // A value that is given stands for rows that are missing, not for cells.
      for row in group where method != "value" && values[row].isMissing { filled[row] = fill }
      let own = Set(group.map { keys[$0].key })
      for value in domain where !own.contains(value.key) {
        for name in made {
          columns[name, default: []].append(
            name == field ? fill : name == key ? value : table[name]?[group[0]] ?? .null)
        }
      }
    }
    table[field] = filled
    guard let count = columns[field]?.count else { return }
    var added = DataTable(source: table.source, rowCount: count)
    for name in made { added[name] = columns[name] }
    table = .joined([table, added])
  }

  private func filling(_ values: [Datum]) -> Datum {
    method == "value"
      ? value : (AggregateOperation(rawValue: method) ?? .mean).value(of: values)
  }
}
