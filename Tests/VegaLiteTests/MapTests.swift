import Testing

@testable import VegaLite

@Suite("A map")
struct MapTests {
  private static let size: [String: JSONValue] = ["width": .number(1000), "height": .number(1000)]

  private static func scene(_ spec: JSONValue) throws -> Scene {
    let sized = JSONValue.object((spec.members ?? [:]).merging(size) { $1 })
    return try Specification(sized).scene(over: DataTable(source: "none", rowCount: 0))
  }

  /// Left, top, right and bottom of a mark in pixels of 1000.
  private static func extent(_ mark: Mark) -> [Double]? {
    let points: [Mark.Point]
    switch mark.form {
    case .area(let outlines): points = Array(outlines.joined())
    case .line(let lines): points = Array(lines.joined())
    default: return nil
    }
    let (x, y) = (points.map { 1000 * $0.x }, points.map { 1000 - 1000 * $0.y })
    guard let left = x.min(), let right = x.max(), let top = y.min(), let bottom = y.max() else {
      return nil
    }
    return [left, top, right, bottom]
  }

  @Test("has its shapes and positions where Vega has them", arguments: VegaFixture.maps)
  func places(one: VegaFixture.MapCase) throws {
    let panel = try #require(try Self.scene(one.spec).panels.first)
    #expect(panel.mapRatio == 1 && panel.x == nil)
    let shapes = panel.marks.compactMap(Self.extent)
    #expect(shapes.count == one.shapes.count)
    for (ours, theirs) in zip(shapes, one.shapes) {
      // d3 fits shapes before it puts points on long edges, and they bulge over the panel by up to 2.2 pixels.
      #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) < 2.3 }, "\(ours), Vega \(theirs)")
    }
    let points = panel.marks.compactMap { mark -> [Double]? in
      guard case .symbol(let point, _, _) = mark.form else { return nil }
      return [1000 * point.x, 1000 - 1000 * point.y]
    }
    #expect(points.count == one.points.count)
    for (ours, theirs) in zip(points, one.points) {
      #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) < 2 }, "\(ours), Vega \(theirs)")
    }
  }
}

@Suite("A shape on the earth")
struct GeometryTests {
  private static let ring = [
    Position(0, 0), Position(20, 0), Position(20, 15), Position(0, 15), Position(0, 0),
  ]

  private static func area(_ outlines: [[Mark.Point]]) -> Double {
    outlines.map { ring in
      abs(zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }) / 2
    }.reduce(0, +)
  }

  private static func outlines(_ geometry: Geometry, _ definition: ProjectionDefinition)
    -> [[Mark.Point]]
  {
    Projector(definition).outlinesOnPlane(geometry).areas
  }

  @Test(
    "keeps its area wherever it lies, where the projection keeps areas",
    arguments: [
      ProjectionDefinition.Kind.equalEarth, .conicEqualArea, .albers, .azimuthalEqualArea,
    ])
  func area(kind: ProjectionDefinition.Kind) {
    // The area of a part of the sphere between two parallels and two meridians, made of their small pieces.
    for (west, south) in [(0.0, 0.0), (100, -60), (-150, 40), (160, 10), (175, -30)] {
      let step = 0.1
      var ring: [Position] = []
      for at in stride(from: 0, to: 20, by: step) { ring.append(Position(west + at, south)) }
      for at in stride(from: 0, to: 15, by: step) { ring.append(Position(west + 20, south + at)) }
      for at in stride(from: 20, to: 0, by: -step) { ring.append(Position(west + at, south + 15)) }
      for at in stride(from: 15, through: 0, by: -step) { ring.append(Position(west, south + at)) }
      ring = ring.map { Position(TurnedEarth.within($0.longitude), $0.latitude) }
      let exact =
        20 * Double.pi / 180
        * (RawProjection.sine(south + 15) - RawProjection.sine(south))
      let found = Self.area(Self.outlines(Geometry(polygons: [[ring]]), ProjectionDefinition(kind)))
      #expect(abs(found / exact - 1) < 0.004, "\(kind) at \(west), \(south): \(found / exact)")
    }
  }

  @Test("is cut in two by the meridian opposite the middle, wherever that is", arguments: 0..<24)
  func cut(turn: Int) {
    var definition = ProjectionDefinition(.equirectangular)
    definition.rotation[0] = Double(turn) * 15
    let outlines = Self.outlines(Geometry(polygons: [[Self.ring]]), definition)
    let isCut = (1...19).contains { (Double($0) + definition.rotation[0] - 180).magnitude < 1 }
    #expect(outlines.count == (isCut ? 2 : 1))
    for point in outlines.joined() { #expect(abs(point.x) <= .pi + 1e-9) }
    let whole = Self.area(Self.outlines(Geometry(polygons: [[Self.ring]]), .init(.equirectangular)))
    #expect(abs(Self.area(outlines) - whole) < 0.002)
  }

  @Test("around a pole reaches to it", arguments: [1.0, -1])
  func pole(side: Double) {
    for direction in [1.0, -1] {
      let ring = stride(from: -180.0, through: 180, by: 5).map {
        Position(TurnedEarth.within($0 * direction), 70 * side)
      }
      let outlines = Self.outlines(Geometry(polygons: [[ring]]), .init(.equirectangular))
      // A band of 20 degrees around the earth.
      #expect(abs(Self.area(outlines) - 2 * .pi * .pi / 9) < 0.01)
    }
  }

  @Test("is half seen from where it passes the edge of the earth")
  func seen() {
    var definition = ProjectionDefinition(.orthographic)
    let corners = [(-30.0, -30.0), (30, -30), (30, 30), (-30, 30), (-30, -30)]
    let square = Geometry(polygons: [[corners.map { Position($0.0, $0.1) }]])
    let whole = Self.area(Self.outlines(square, definition))
    definition.rotation[0] = 90
    let half = Self.area(Self.outlines(square, definition))
    #expect(half > 0 && half < whole / 2)
    definition.rotation[0] = 180
    #expect(Self.outlines(square, definition).isEmpty)
    let disc = Self.area(Self.outlines(Geometry(isSphere: true), .init(.orthographic)))
    #expect(abs(disc - .pi) < 0.01)
  }

  @Test("turns back when it is turned and turned back")
  func turned() {
    for (east, north) in [(0.0, 0.0), (120, 40), (-77, -12), (179, 89), (-180, -45)] {
      let there = TurnedEarth(rotation: [40, 0, 0]).turned(Position(east, north))
      let back = TurnedEarth(rotation: [-40, 0, 0]).turned(there)
      #expect(abs(TurnedEarth.within(back.longitude - east)) < 1e-9)
      #expect(abs(back.latitude - north) < 1e-9)
      let same = TurnedEarth.position(TurnedEarth.vector(Position(east, north)))
      #expect(abs(TurnedEarth.within(same.longitude - east)) < 1e-6)
      #expect(abs(same.latitude - north) < 1e-9)
    }
  }

  @Test(
    "that is damaged is refused with its place, and never traps",
    arguments: [
      #"{"type": "Topology", "arcs": [[[0, 0], [1]]], "objects": {"o": {"type": "Polygon", "arcs": [[0]]}}}"#,
      #"{"type": "Topology", "arcs": [[[0, 0], [1, 1]]], "objects": {"o": {"type": "Polygon", "arcs": [[5]]}}}"#,
      #"{"type": "Topology", "arcs": [[[0, 0], [1, 1]]], "objects": {"o": {"type": "Polygon", "arcs": [[-9e99]]}}}"#,
      #"{"type": "Topology", "arcs": [], "objects": {"p": {"type": "Polygon", "arcs": [[0]]}}}"#,
      #"{"type": "Topology", "arcs": 1, "objects": {"o": {"type": "Polygon", "arcs": [[0]]}}}"#,
      #"{"type": "Topology", "arcs": [[[0, 0]]], "transform": {"scale": [1]}, "objects": {"o": {}}}"#,
      #"{"type": "Topology", "arcs": [], "objects": {"o": {"type": "Heap"}}}"#,
    ])
  func damaged(topology: String) throws {
    let spec = """
      {"data": {"values": \(topology), "format": {"type": "topojson", "feature": "o"}}, "mark": "geoshape"}
      """
    let table = DataTable(source: "none", rowCount: 0)
    #expect(throws: VegaLiteError.self) {
      try Specification(VegaFixture.json(spec)).scene(over: table)
    }
  }

  @Test(
    "of any coordinates is drawn or left out",
    arguments: ProjectionDefinition.Kind.allCases)
  func anyCoordinates(kind: ProjectionDefinition.Kind) throws {
    var stream = FixedStream(seed: kind.rawValue)
    for _ in 0..<300 {
      let wild = { (range: Double) in
        let value = (stream.next() * 2 - 1) * range
        let choice = stream.next()
        return choice < 0.1 ? 180 : choice < 0.2 ? -90 : choice < 0.25 ? 1e9 * value : value
      }
      var ring = (0..<Int(stream.next() * 8)).map { _ in Position(wild(200), wild(100)) }
      if let first = ring.first { ring.append(first) }
      var definition = ProjectionDefinition(kind)
      definition.rotation = [wild(180), wild(90), wild(90)]
      var projector = Projector(definition)
      let geometry = Geometry(points: ring, lines: [ring], polygons: [[ring]])
      let ratio = projector.fit(geometry, size: nil)
      #expect(ratio > 0 && ratio < 2)
      for point in projector.outlines(geometry).all.joined() {
        #expect(point.x.isFinite && point.y.isFinite)
      }
    }
  }
}
