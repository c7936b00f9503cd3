/// Rows with shapes: the features of GeoJSON or of an object in TopoJSON, all of the earth, or its net of lines.
enum GeographicData {
  /// The column of shapes.
  static let column = "geometry"

  /// Reads `data`; `nil` where it holds no shapes.
  static func table(_ data: SpecObject) throws(VegaLiteError) -> DataTable? {
    if data.has("sphere"), data["sphere"] != .boolean(false) {
      try data.allow(["sphere", "name"])
      return table([(Geometry(isSphere: true), [:])], data.path)
    }
    if data.has("graticule"), data["graticule"] != .boolean(false) {
      try data.allow(["graticule", "name"])
      return table([(try graticule(data), [:])], data.path)
    }
    let format = try data.optionalObject("format")
    if let format, try format.text("type") == "topojson" { return try topology(data, format) }
    var value = data["values"]
    let property = try format?.text("property") ?? ""
    for name in property.split(separator: ".") {
      value = value?.members?[String(name)]
    }
    let reader = GeometryReader(place: data.place("values"))
    if value?.members?["type"]?.text == "FeatureCollection" { value = value?.members?["features"] }
    if let members = value?.members, members["type"] != nil { value = .array([.object(members)]) }
    guard let elements = value?.elements, let first = elements.first?.members,
      first["type"]?.text == "Feature" || first["coordinates"] != nil
        || first["type"]?.text == "Sphere" || first["geometries"] != nil
    else { return nil }
    var rows: [(Geometry, [String: JSONValue])] = []
    for element in elements {
      rows.append((try reader.geometry(element), element.members ?? [:]))
    }
    return table(rows, data.place("values"))
  }

  private static func graticule(_ data: SpecObject) throws(VegaLiteError) -> Geometry {
    guard case .object? = data["graticule"] else { return .graticule(step: (10, 10)) }
    let own = try data.object("graticule")
    try own.allow(["step", "stepMinor"])
    let step = try own.numbers(own.has("step") ? "step" : "stepMinor") ?? [10, 10]
    guard step.count == 2, step.allSatisfy({ $0 >= 1 && $0 <= 180 }) else {
      throw own.failure("step", "must be two numbers of degrees from 1 to 180")
    }
    return .graticule(step: (step[0], step[1]))
  }

  private static func topology(
    _ data: SpecObject, _ format: SpecObject
  ) throws(VegaLiteError) -> DataTable {
    try format.allow(["type", "feature", "mesh"])
    let whole = try data.object("values")
    let objects = try whole.object("objects")
    let isMesh = format.has("mesh")
    let word = isMesh ? "mesh" : "feature"
    let name = try format.needText(word)
    guard let object = objects[name] else {
      throw VegaLiteError(
        format.place(word), "the topology has no object “\(name.prefix(40))”", stranger: name,
        known: objects.members.keys.sorted())
    }
    let reader = try GeometryReader(topology: whole)
    if isMesh { return table([(try reader.mesh(object), [:])], data.place("values")) }
    var rows: [(Geometry, [String: JSONValue])] = []
    for one in object.members?["geometries"]?.elements ?? [object] {
      rows.append((try reader.geometry(one), one.members ?? [:]))
    }
    return table(rows, data.place("values"))
  }

  /// A row for each shape, with its properties as columns: `properties.name`.
  private static func table(
    _ rows: [(geometry: Geometry, members: [String: JSONValue])], _ source: String
  ) -> DataTable {
    var table = DataTable(source: source, rowCount: rows.count)
    table[column] = rows.map { .geometry($0.geometry) }
    var names: Set<String> = []
    let flat = rows.map { row -> [String: Datum] in
      var cells: [String: Datum] = [:]
      for (name, value) in row.members where !["coordinates", "arcs", "geometry"].contains(name) {
        guard let inner = value.members else {
          cells[name] = value.datum
          continue
        }
        for (part, value) in inner { cells["\(name).\(part)"] = value.datum }
      }
      names.formUnion(cells.keys)
      return cells
    }
    for name in names.sorted() where name != column {
      table[name] = flat.map { $0[name] ?? .null }
    }
    return table
  }
}
