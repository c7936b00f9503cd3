/// Reads GeoJSON (RFC 7946), and TopoJSON, whose shapes share the arcs of their borders.
struct GeometryReader {
  /// Where it stands in the specification, for messages.
  let place: String
  /// The arcs of a topology.
  private var arcs: [[Position]] = []
  private var isTopology = false

  private static let deepest = 8

  /// For GeoJSON.
  init(place: String) { self.place = place }

  /// For the shapes of a topology.
  ///
  /// - Throws: ``VegaLiteError`` for arcs that are none.
  init(topology: SpecObject) throws(VegaLiteError) {
    place = topology.path
    isTopology = true
    var (scale, shift) = ([1.0, 1.0], [0.0, 0.0])
    let transform = try topology.optionalObject("transform")
    if let transform {
      scale = try transform.numbers("scale") ?? []
      shift = try transform.numbers("translate") ?? []
      guard scale.count == 2, shift.count == 2 else {
        throw topology.failure("transform", "needs scale and translate, two numbers each")
      }
    }
    guard let lists = topology["arcs"]?.elements else {
      throw topology.failure("arcs", "must be a list, as a topology has it")
    }
    for list in lists {
      var arc = try positions(list)
      guard transform != nil else {
        arcs.append(arc)
        continue
      }
      // Whole numbers, each the distance from the one before.
      var (x, y) = (0.0, 0.0)
      for index in arc.indices {
        x += arc[index].longitude
        y += arc[index].latitude
        arc[index] = Position(x * scale[0] + shift[0], y * scale[1] + shift[1])
      }
      arcs.append(arc)
    }
  }

  private func failure(_ words: String) -> VegaLiteError { VegaLiteError(place, words) }

  // MARK: Shapes

  func geometry(_ value: JSONValue, depth: Int = 0) throws(VegaLiteError) -> Geometry {
    guard depth < Self.deepest else { throw failure("nests shapes more than \(Self.deepest) deep") }
    let members = value.members ?? [:]
    let coordinates = members[isTopology ? "arcs" : "coordinates"] ?? .null
    switch members["type"]?.text {
    case "Feature":
      guard let inner = members["geometry"], inner != .null else { return Geometry() }
      return try geometry(inner, depth: depth + 1)
    case "FeatureCollection", "GeometryCollection":
      var all = Geometry()
      for one in (members["features"] ?? members["geometries"])?.elements ?? [] {
        all = all + (try geometry(one, depth: depth + 1))
      }
      return all
    case "Sphere": return Geometry(isSphere: true)
    case "Point":
      return Geometry(points: [try position(members["coordinates"] ?? .null)])
    case "MultiPoint": return Geometry(points: try positions(members["coordinates"] ?? .null))
    case "LineString": return Geometry(lines: [try line(coordinates)])
    case "MultiLineString": return Geometry(lines: try lines(coordinates))
    case "Polygon": return Geometry(polygons: [try lines(coordinates)])
    case "MultiPolygon":
      var polygons: [[[Position]]] = []
      for one in coordinates.elements ?? [] { polygons.append(try lines(one)) }
      return Geometry(polygons: polygons)
    case nil where value == .null: return Geometry()
    default: throw failure("holds no shape: a type of GeoJSON or TopoJSON is missing")
    }
  }

  /// All arcs of a shape, each once.
  func mesh(_ value: JSONValue) throws(VegaLiteError) -> Geometry {
    var seen: Set<Int> = []
    var found: [[Position]] = []
    func collect(_ value: JSONValue, _ depth: Int) throws(VegaLiteError) {
      guard depth < Self.deepest + 4 else { throw failure("nests arcs too deep") }
      if case .number(let number) = value {
        let index = try arc(number)
        if seen.insert(index).inserted { found.append(arcs[index]) }
      }
      for one in value.elements ?? [] { try collect(one, depth + 1) }
      for name in ["arcs", "geometries"] {
        if let inner = value.members?[name] { try collect(inner, depth + 1) }
      }
    }
    try collect(value, 0)
    return Geometry(lines: found)
  }

  // MARK: Coordinates

  private func position(_ value: JSONValue) throws(VegaLiteError) -> Position {
    guard let elements = value.elements, elements.count >= 2, case .number(let x) = elements[0],
      case .number(let y) = elements[1], x.isFinite, y.isFinite
    else { throw failure("holds a position that is not two numbers") }
    return Position(x, y)
  }

  private func positions(_ value: JSONValue) throws(VegaLiteError) -> [Position] {
    guard let elements = value.elements else { throw failure("holds a shape without positions") }
    var positions: [Position] = []
    positions.reserveCapacity(elements.count)
    for one in elements { positions.append(try position(one)) }
    return positions
  }

  private func lines(_ value: JSONValue) throws(VegaLiteError) -> [[Position]] {
    guard let elements = value.elements else { throw failure("holds a shape without outlines") }
    var lines: [[Position]] = []
    for one in elements { lines.append(try line(one)) }
    return lines
  }

  private func line(_ value: JSONValue) throws(VegaLiteError) -> [Position] {
    guard isTopology else { return try positions(value) }
    var line: [Position] = []
    for one in value.elements ?? [] {
      guard case .number(let number) = one else { throw failure("holds an arc that is no number") }
      let arc = arcs[try arc(number)]
      // The end of one arc is the beginning of the next.
      line += (number < 0 ? arc.reversed() : arc).dropFirst(line.isEmpty ? 0 : 1)
    }
    return line
  }

  /// The place of an arc: those from −1 down are taken backwards.
  private func arc(_ number: Double) throws(VegaLiteError) -> Int {
    guard let index = Int(exactly: number < 0 ? -1 - number : number), arcs.indices.contains(index)
    else { throw failure("names an arc that is not there") }
    return index
  }
}
