/// Columns below one another: a row for each of them, with its name.
struct Fold: Transform {
  let place: String
  private let fields: [String]
  private let names: [String]

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["fold", "as"])
    place = own.place("fold")
    fields = try own.texts("fold") ?? []
    guard !fields.isEmpty else { throw own.failure("fold", "names no column") }
    names = try own.texts("as") ?? ["key", "value"]
    guard names.count == 2 else { throw own.failure("as", "must be two names") }
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    var columns: [[Datum]] = []
    for field in fields { columns.append(try table.column(field, place)) }
    let count = table.rowCount
    guard count <= DataTable.mostRows / fields.count else {
      throw VegaLiteError(
        place,
        "makes \(count) × \(fields.count) rows; a chart is made of at most "
          + "\(DataTable.mostRows)")
    }
    table = table.selecting((0..<count * fields.count).map { $0 / fields.count })
    table[names[0]] = (0..<count * fields.count).map { .text(fields[$0 % fields.count]) }
    table[names[1]] = (0..<count * fields.count).map {
      columns[$0 % fields.count].isEmpty ? .null : columns[$0 % fields.count][$0 / fields.count]
    }
  }
}

/// A row for each element of a list.
struct Flatten: Transform {
  let place: String
  private let fields: [String]
  private let names: [String]

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["flatten", "as"])
    place = own.place("flatten")
    fields = try own.texts("flatten") ?? []
    names = try own.texts("as") ?? fields
    guard !fields.isEmpty, names.count == fields.count else {
      throw own.failure("as", "must be a name for each column")
    }
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    var lists: [[[Datum]]] = []
    for field in fields {
      lists.append(
        try table.column(field, place).map { value in
          if case .list(let elements) = value { elements } else { [value] }
        })
    }
    var rows: [Int] = []
    var cells = [[Datum]](repeating: [], count: fields.count)
    for row in 0..<table.rowCount {
      for element in 0..<(lists.map { $0[row].count }.max() ?? 0) {
        rows.append(row)
        for (index, list) in lists.enumerated() {
          cells[index].append(element < list[row].count ? list[row][element] : .null)
        }
      }
      guard rows.count <= DataTable.mostRows else { break }
    }
    table = table.selecting(rows)
    for (name, column) in zip(names, cells) { table[name] = column }
    try table.checkSize(place)
  }
}

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
    var result = DataTable(source: table.source, rowCount: rows.count)
    for name in groups {
      let column = try table.column(name, place)
      result[name] = rows.map { column[$0[0]] }
    }
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
