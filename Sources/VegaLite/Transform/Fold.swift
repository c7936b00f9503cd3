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
