/// Columns of another table, by a key that both have.
struct Lookup: Transform {
  let place: String
  private let field: String
  private let other: DataTable
  private let key: String
  private let fields: [String]
  private let names: [String]
  private let missing: Datum

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["lookup", "from", "as", "default"])
    place = own.path
    field = try own.needText("lookup")
    let from = try own.object("from")
    try from.allow(["data", "key", "fields"])
    key = try from.needText("key")
    other = try ViewReader.table(try from.object("data"))
    let names = try own.texts("as")
    // Of a row without names, its shape.
    fields = try from.texts("fields") ?? [GeographicData.column]
    self.names = names ?? fields
    guard self.names.count == fields.count else {
      throw own.failure("as", "must name \(fields.count) columns, as fields does")
    }
    missing = own["default"]?.datum ?? .null
  }

  /// The first row of a key counts. O(rows of both).
  func apply(to table: inout DataTable) throws(VegaLiteError) {
    var rows: [String: Int] = [:]
    for (row, value) in try other.column(key, place + ".from.key").enumerated() {
      if rows[value.text] == nil { rows[value.text] = row }
    }
    let places = try table.column(field, place + ".lookup").map { rows[$0.text] }
    for (field, name) in zip(fields, names) {
      let column = try other.column(field, place + ".from.fields")
      table[name] = places.map { $0.map { column[$0] } ?? missing }
    }
  }
}
