import Foundation
import ReportSamples
import Testing

@testable import Report

@Suite("An object on a page")
struct Object3DTests {
  /// A cube from −1 to 1, each side of two triangles.
  private static func cube() throws -> Object3D {
    let corners = (0..<8).map { number in
      SIMD3<Double>(
        number & 1 == 0 ? -1 : 1, number & 2 == 0 ? -1 : 1, number & 4 == 0 ? -1 : 1)
    }
    let sides: [[UInt32]] = [
      [0, 1, 3, 2], [4, 5, 7, 6], [0, 1, 5, 4], [2, 3, 7, 6], [0, 2, 6, 4], [1, 3, 7, 5],
    ]
    return try #require(
      Object3D(
        vertices: corners,
        triangles: sides.flatMap { [SIMD3($0[0], $0[1], $0[2]), SIMD3($0[0], $0[2], $0[3])] }))
  }

  private static func drawing(
    _ object: Object3D, azimuth: Double = ObjectChart.azimuth,
    elevation: Double = ObjectChart.elevation
  ) -> MeshDrawing {
    let chart = ObjectChart(id: "a", title: "A", object: object)
    return MeshDrawing(
      chart.whole, isClosed: chart.isClosed, in: chart.frame,
      seenBy: OrthographicView(azimuth: azimuth, elevation: elevation, up: object.up))
  }

  @Test("is seen along three directions at right angles, and after a whole turn as before")
  func turns() {
    let point = SIMD3(0.3, -0.5, 0.7)
    for up in [Object3D.Axis.y, .z] {
      var around: [SIMD3<Double>] = []
      for step in 0...24 {
        for elevation in [-90.0, -20, 0, 35, 90] {
          let view = OrthographicView(azimuth: 15 * Double(step), elevation: elevation, up: up)
          let axes = [view.across, view.upwards, view.towardsViewer]
          for (i, a) in axes.enumerated() {
            for (j, b) in axes.enumerated() {
              #expect(abs(OrthographicView.dot(a, b) - (i == j ? 1 : 0)) < 1e-12)
            }
          }
          // A right hand: across, up, and out of the picture.
          let third = OrthographicView.cross(view.across, view.upwards) - view.towardsViewer
          #expect(OrthographicView.dot(third, third) < 1e-20)
          if elevation == 35 { around.append(view.place(point)) }
        }
      }
      #expect(around[0] == around[24] && around[0] != around[12])
    }
    let front = OrthographicView(azimuth: 0, elevation: 0, up: .z)
    #expect(front.place(SIMD3(1, 2, 3)) == SIMD3(1, 3, -2))
    #expect(
      OrthographicView(azimuth: 0, elevation: 0, up: .y).place(SIMD3(1, 2, 3)) == SIMD3(1, 2, 3))
  }

  /// How near a face is where it covers a place of the picture; nothing where it does not.
  private static func depth(_ face: MeshDrawing.Face, at x: Double, _ y: Double) -> Double? {
    let (a, b, c) = (face.corners[0], face.corners[1], face.corners[2])
    let whole = OrthographicView.cross(b - a, c - a).z
    let place = SIMD3(x, y, 0)
    let second = OrthographicView.cross(place - a, c - a).z / whole
    let third = OrthographicView.cross(b - a, place - a).z / whole
    guard second > 1e-9, third > 1e-9, second + third < 1 - 1e-9 else { return nil }
    return a.z + second * (b.z - a.z) + third * (c.z - a.z)
  }

  @Test("has what is nearest drawn last, whichever way it is turned")
  func painted() throws {
    let cube = try Self.cube()
    for step in 0..<24 {
      let drawing = Self.drawing(cube, azimuth: 15 * Double(step) + 3)
      #expect(drawing.faces.map(\.depth) == drawing.faces.map(\.depth).sorted())
      let nearest = drawing.faces.flatMap(\.corners).map(\.z).max()
      #expect(drawing.faces.last?.corners.contains { $0.z == nearest } == true)
      var covered = 0
      for i in -20...20 {
        for j in -20...20 {
          let depths = drawing.faces.compactMap {
            Self.depth($0, at: Double(i) / 20 + 0.003, Double(j) / 20 + 0.007)
          }
          guard let last = depths.last else { continue }
          covered += 1
          #expect(depths.allSatisfy { $0 <= last + 1e-9 })
        }
      }
      #expect(covered > 500)
    }
  }

  @Test("has boxes on a floor before the floor, but for what lies at their edges")
  func scene() throws {
    let cube = try Self.cube().geometry
    var vertices = [SIMD3(-9.0, -9, 0), SIMD3(9, -9, 0), SIMD3(9, 9, 0), SIMD3(-9, 9, 0)]
    var triangles: [SIMD3<UInt32>] = [SIMD3(0, 1, 2), SIMD3(0, 2, 3)]
    for place in [SIMD3(-5.0, -6, 1.2), SIMD3(6, -2, 1.2), SIMD3(2, 6, 1.2)] {
      let first = UInt32(vertices.count)
      vertices += cube.vertices.map { $0 + place }
      triangles += cube.triangles.map { $0 &+ SIMD3(repeating: first) }
    }
    let object = try #require(Object3D(vertices: vertices, triangles: triangles))
    var (right, all) = (0, 0)
    for step in 0..<8 {
      let drawing = Self.drawing(object, azimuth: 45 * Double(step) + 10)
      for i in -20...20 {
        for j in -20...20 {
          let depths = drawing.faces.compactMap {
            Self.depth($0, at: Double(i) / 20 + 0.003, Double(j) / 20 + 0.007)
          }
          guard depths.count > 1, let last = depths.last else { continue }
          all += 1
          if depths.allSatisfy({ $0 <= last + 1e-9 }) { right += 1 }
        }
      }
    }
    #expect(all > 300 && Double(right) / Double(all) > 0.95, "\(right) of \(all)")
  }

  @Test("goes around outwards where it is closed, however its file goes around")
  func oriented() throws {
    let cube = try Self.cube().geometry
    let outwards = try #require(cube.orientedOutwards)
    for triangle in outwards.triangles {
      let corners = (0..<3).map { outwards.vertices[Int(triangle[$0])] }
      let normal = OrthographicView.cross(corners[1] - corners[0], corners[2] - corners[0])
      #expect(OrthographicView.dot(normal, corners[0]) > 0)
    }
    var open = cube
    open.triangles.removeLast()
    #expect(open.orientedOutwards == nil)
    let strip = (0..<5).map { SIMD3<UInt32>($0, ($0 + 1) % 5, ($0 + 2) % 5) }
    open.triangles = strip
    #expect(open.orientedOutwards == nil, "a band of one side")
    // Cutting keeps the surface, and its way around.
    let cut = outwards.cut(beyond: 0.3, upTo: 3000)
    #expect(cut.orientedOutwards == cut && cut.triangles.count > 500)
    #expect(cut.cut(beyond: 0.3, upTo: 3000) == cut)
    #expect(outwards.cut(beyond: 0.01, upTo: 300).triangles.count == 300)
  }

  @Test("keeps its areas while it turns about the direction of view")
  func areas() throws {
    let object = try #require(SampleReports.ring(0.3, isColoured: false))
    let area = { (drawing: MeshDrawing) in
      drawing.faces.reduce(0) { sum, face in
        let (a, b, c) = (face.corners[0], face.corners[1], face.corners[2])
        let twice = OrthographicView.cross(b - a, c - a).z
        #expect(twice > 0, "all corners go around the same way")
        return sum + twice / 2
      }
    }
    // Of a closed surface the half that is seen.
    let first = area(Self.drawing(object, azimuth: 0, elevation: 90))
    for step in 1..<24 {
      let turned = area(Self.drawing(object, azimuth: 15 * Double(step), elevation: 90))
      #expect(abs(turned - first) < 1e-9)
    }
    // From the side it is smaller.
    #expect(area(Self.drawing(object, azimuth: 0, elevation: 0)) < 0.7 * first)
  }

  @Test("is brightest where it faces the light, on whichever side of it that is")
  func light() throws {
    let light = MeshDrawing.light
    #expect(abs(OrthographicView.dot(light, light) - 1) < 1e-12)
    let view = OrthographicView(azimuth: 0, elevation: 0, up: .y)
    // Two directions at right angles to the light, in which up is y and the viewer is at z.
    let u = SIMD3(0.8, 0, 0.36)
    let v = OrthographicView.cross(light, u)
    for corners in [[SIMD3.zero, u, v], [SIMD3.zero, v, u]] {
      let object = try #require(
        Object3D(vertices: corners, triangles: [SIMD3(0, 1, 2)], up: .y))
      let faces = MeshDrawing(
        object.geometry, isClosed: false, in: ObjectFrame(object), seenBy: view
      ).faces
      #expect(faces.map(\.shade) == [MeshDrawing.brightest])
    }
    #expect(MeshDrawing.colour(SIMD3(255, 255, 0), shade: MeshDrawing.brightest) == "#ff0")
    #expect(MeshDrawing.colour(SIMD3(255, 255, 0), shade: 0) == "#770")
  }

  @Test("has nearer points larger and darker, and six to nine edges of its box behind them")
  func clouds() throws {
    let points = (0..<40).map { (number: Int) -> SIMD3<Double> in
      SIMD3<Double>(Double(number), Double(number * number % 17), Double(number % 7))
    }
    let object = try #require(Object3D(vertices: points))
    let view = OrthographicView(azimuth: 30, elevation: 20, up: .z)
    let frame = ObjectFrame(object)
    let drawing = CloudDrawing(object.geometry, in: frame, seenBy: view)
    #expect(drawing.groups.map(\.group.level) == drawing.groups.map(\.group.level).sorted())
    #expect(drawing.groups.flatMap(\.members).sorted() == Array(0..<40))
    for (group, members) in drawing.groups {
      #expect(members.allSatisfy { CloudDrawing.level(drawing.places[$0].z) == group.level })
    }
    for level in 1..<CloudDrawing.levels {
      #expect(CloudDrawing.width(level, count: 9) > CloudDrawing.width(level - 1, count: 9))
      #expect(CloudDrawing.opacity(level) > CloudDrawing.opacity(level - 1))
    }
    #expect(CloudDrawing.level(-1.1) == 0 && CloudDrawing.level(1.1) == CloudDrawing.levels - 1)
    let edges = CloudDrawing.sidesBehind(frame.half, seenBy: view)
    #expect(edges.count == 9)
    let nearest = edges.joined().map(\.z).max() ?? 0
    #expect(
      nearest
        < OrthographicView.dot(view.towardsViewer, SIMD3(frame.half.x, -frame.half.y, frame.half.z))
    )
  }

  @Test("is thinned to what a page draws, and says so")
  func thinned() throws {
    let points = (0..<120_000).map { (number: Int) -> SIMD3<Double> in
      SIMD3<Double>(Double(number), Double(number % 100), 0)
    }
    let cloud = try #require(Object3D(vertices: points))
    #expect(cloud.vertexCount == 120_000 && cloud.geometry.vertices.count == Object3D.mostPoints)
    #expect(cloud.geometry.vertices[1] == points[2] && cloud.geometry.vertices[5] == points[12])
    let chart = ObjectChart(id: "a", title: "A", object: cloud)
    #expect(chart.remark == "50,000 of 120,000 points are drawn, at equal distances in the file.")
    #expect(chart.stillRemark?.contains("3,000 of the points") == true)
    #expect(chart.size == "120,000 points, in a box of 120000 × 99 × 0.")
    let small = ObjectChart(id: "a", title: "A", object: try Self.cube())
    #expect(small.remark == nil && small.stillRemark == nil)
    #expect(small.size == "8 vertices, 12 triangles, in a box of 2 × 2 × 2.")
  }

  @Test("keeps its shape where near vertices are taken together, and is always the same")
  func clustered() throws {
    let side = 160
    var vertices: [SIMD3<Double>] = []
    var triangles: [SIMD3<UInt32>] = []
    for i in 0...side {
      for j in 0...side {
        let (x, y) = (Double(i) / Double(side), Double(j) / Double(side))
        vertices.append(SIMD3(x, y, x * y))
        guard i < side, j < side else { continue }
        let a = UInt32(i * (side + 1) + j)
        let b = a + UInt32(side) + 1
        triangles += [SIMD3(a, b, a + 1), SIMD3(a + 1, b, b + 1)]
      }
    }
    let object = try #require(Object3D(vertices: vertices, triangles: triangles))
    #expect(object.triangleCount == 51_200)
    #expect((5000...Object3D.mostTriangles).contains(object.geometry.triangles.count))
    for vertex in object.geometry.vertices {
      #expect(abs(vertex.z - vertex.x * vertex.y) < 1e-3)
    }
    let again = try #require(Object3D(vertices: vertices, triangles: triangles))
    #expect(again == object)
    // No hole: the area of the whole but for its margin is there.
    let drawing = Self.drawing(object, azimuth: 0, elevation: 90)
    let radius = ObjectFrame(object).radius
    let area = drawing.faces.reduce(0) { sum, face in
      sum
        + OrthographicView.cross(
          face.corners[1] - face.corners[0], face.corners[2] - face.corners[0]
        ).z / 2
    }
    #expect(abs(area * radius * radius - 1) < 0.06)
    #expect(
      ObjectChart(id: "a", title: "A", object: object).remark?.contains("taken as one") == true)
  }

  /// Triangles that have nothing to do with one another, in colours of their own.
  private static func confetti(_ count: Int, size: Double) throws -> Object3D {
    var state: UInt64 = 3
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / 16_777_216
    }
    var vertices: [SIMD3<Double>] = []
    var colours: [Object3D.Colour] = []
    for _ in 0..<count {
      let place = SIMD3(random(), random(), random())
      for _ in 0..<3 {
        vertices.append(place + size * SIMD3(random(), random(), random()))
        colours.append(
          .init(
            red: UInt8(255 * random()), green: UInt8(255 * random()), blue: UInt8(255 * random())))
      }
    }
    let triangles = (0..<UInt32(count)).map { (number: UInt32) -> SIMD3<UInt32> in
      SIMD3<UInt32>(3 * number, 3 * number + 1, 3 * number + 2)
    }
    return try #require(
      Object3D(vertices: vertices, triangles: triangles, tint: .colours(colours)))
  }

  @Test("takes up no more of a page than it may, whatever it is")
  func bounded() throws {
    for size in [1e-4, 0.3] {
      let object = try Self.confetti(30_000, size: size)
      #expect(object.geometry.triangles.count <= Object3D.mostTriangles)
      #expect(object.geometry.triangles.count > 2000, "some of it is left")
      #expect(object.geometry.vertices.count <= 25_000)
      #expect(ObjectView(object, id: "a", title: "A", note: "").byteCount < 650_000)
    }
    let points = try Self.confetti(1, size: 1)
    #expect(points.geometry.triangles.count == 1)
    var colours: [Object3D.Colour] = []
    var places: [SIMD3<Double>] = []
    for number in 0..<60_000 {
      colours.append(
        .init(
          red: UInt8(number % 251), green: UInt8(number % 241), blue: UInt8(number % 239)))
      places.append(
        SIMD3<Double>(Double(number % 997), Double(number % 991), Double(number % 983)))
    }
    let cloud = try #require(Object3D(vertices: places, tint: .colours(colours)))
    #expect(ObjectView(cloud, id: "a", title: "A", note: "").byteCount < 680_000)
  }

  @Test("is drawn however small or large it is")
  func extremes() throws {
    for size in [0, Double.leastNonzeroMagnitude, 1e-300, 1e-5, 1, 1e30] {
      let corners = [
        SIMD3(-size, 0, 0), SIMD3(size, 0, 0), SIMD3(0, size, 0), SIMD3(0, 0, size),
      ]
      for triangles in [[], [SIMD3<UInt32>(0, 1, 2), SIMD3(1, 2, 3)]] {
        let object = try #require(Object3D(vertices: corners, triangles: triangles))
        let view = ObjectView(object, id: "a", title: "A", note: "")
        #expect(view.objectPicture.contains("<svg") && !view.objectData.contains("nan"))
        #expect(object.geometry.clustered(perSide: 7).vertices.count <= 4)
      }
    }
  }

  @Test("is nothing where a number or a place is none")
  func refused() {
    let points = [SIMD3(0.0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)]
    #expect(Object3D(vertices: []) == nil)
    for wrong in [Double.nan, .infinity, 2e30] {
      #expect(Object3D(vertices: points + [SIMD3(0, wrong, 0)]) == nil)
    }
    #expect(Object3D(vertices: points, triangles: [SIMD3(0, 1, 3)]) == nil)
    #expect(Object3D(vertices: points, tint: .colours([])) == nil)
    #expect(Object3D(vertices: points, tint: .classes(names: ["a"], of: [0, 0, 1])) == nil)
  }

  @Test(
    "is in the page as numbers that a script reads, with its style, and no page is larger for another"
  )
  func page() throws {
    let page = RunReport.html(SampleReports.regression())
    #expect(page.contains("data-object") && page.contains("Objects in space"))
    let other = RunReport.html(SampleReports.classifier())
    #expect(!other.contains("Objects in space") && !other.contains("object-body"))
    let cube = try Self.cube()
    let text = ObjectData(chart: ObjectChart(id: "a", title: "A", object: cube)).json
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let words = { (name: String) -> [Int] in
      let bytes = (data[name] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
      return stride(from: 0, to: bytes.count, by: 2).map {
        Int(bytes[$0]) + 256 * Int(bytes[$0 + 1])
      }
    }
    // The corners, and where sides are cut.
    let places = (0..<8).flatMap { n in [1, 2, 4].map { n & $0 == 0 ? 0 : 65_535 } }
    #expect(words("points").prefix(24) == places[...] && words("points").count > 24)
    let triangles = words("triangles")
    #expect(triangles.count > 600 && triangles.count % 3 == 0 && triangles.count < 9000)
    #expect((triangles.max() ?? 0) * 3 + 3 == words("points").count)
    #expect(data["closed"] as? Bool == true)
    #expect((data["half"] as? [Double])?.allSatisfy { abs($0 - 0.57735) < 1e-4 } == true)
    #expect(data["colours"] is NSNull && data["classes"] is NSNull)
  }

  @Test("stands beside those of other runs, once where it is the same")
  func compared() throws {
    let page = CompareReport.html(SampleComparisons.runs(2))
    #expect(page.contains("A ring of run B"))
    #expect(page.contains("The same as that of A."))
    #expect(page.contains("Objects in space"))
    #expect(!CompareReport.html(SampleComparisons.runs(3)).contains("Objects in space"))
  }
}
