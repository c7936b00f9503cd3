extension SceneBuilder {
  /// The rows behind the marks, once for layers that share them.
  mutating func addTables(_ units: [PreparedUnit]) {
    for unit in units where !unit.unit.fields.isEmpty {
      var fields: [FieldDefinition] = []
      for (_, field) in unit.unit.fields
      where !fields.contains(where: { $0.column == field.column }) {
        fields.append(field)
      }
      let columns = fields.map { unit.column($0.column) }
      let count = unit.table.rowCount
      let limit = 200
      let rows =
        count <= limit ? Array(0..<count) : (0..<limit).map { $0 * (count - 1) / (limit - 1) }
      let table = Scene.Table(
        names: fields.map(\.title), isNumber: fields.map { $0.type == .quantitative },
        rows: rows.map { row in
          zip(columns, fields).map { Words.text($0[row], of: $1) }
        }, rowCount: count)
      let isKnown = scene.tables.contains { other in
        other == table || table.rows == other.rows && table.names == other.names
      }
      if !isKnown, count > 0, scene.tables.count < 8 { scene.tables.append(table) }
    }
  }
}
