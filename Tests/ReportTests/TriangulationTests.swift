import ElementaryFunctions
import Testing

@testable import Report

@Suite("The triangles between points")
struct TriangulationTests {
  typealias Point = Triangulation.Point

  /// Places in the figure by kind, each with what the convex hull of it measures by an oracle of its own.
  static let places: [(name: String, points: [Point])] = [
    ("three points", points((0, 0), (1, 0), (0.3, 1))),
    ("a square", points((0, 0), (1, 0), (1, 1), (0, 1))),
    ("a point inside", points((0.5, 0.4), (0, 0), (1, 0), (0.3, 1))),
    ("a line and a tip", points((0.1, 0.1), (0.2, 0.2), (0.3, 0.3), (0.4, 0.4), (0.9, 0.1))),
    ("an upright line and a tip", points((0.1, 0.1), (0.1, 0.9), (0.1, 0.5), (0.9, 0.1))),
    ("a tip and an upright line", points((0.9, 0.1), (0.9, 0.9), (0.9, 0.5), (0.1, 0.1))),
    ("twice the same", points((0, 0), (1, 0), (0, 0), (0.3, 1), (1, 0), (0.6, 0.5))),
    ("one without a place", points((0, 0), (1, 0), (.nan, 0.5), (0.3, 1), (0.5, .infinity))),
    ("a grid", grid(5, 4)), ("a row of squares", grid(7, 2)),
    (
      "a circle", points((0.5, 0), (0.8, 0.1), (1, 0.5), (0.9, 0.8), (0.5, 1), (0.1, 0.8), (0, 0.5))
    ),
    ("thirty anywhere", scattered(30, 1)), ("fifty anywhere", scattered(50, 2)),
    ("fifty on a coarse grid", scattered(50, 3, steps: 8)),
    ("fifty close together", scattered(50, 4).map { Point(x: 0.5 + $0.x / 50, y: $0.y / 50) }),
  ]

  @Test("have no point inside of their circle", arguments: places.indices)
  func circles(index: Int) {
    let (name, points) = Self.places[index]
    let triangulation = Triangulation(points)
    for triangle in triangulation.triangles {
      for point in points.indices where points[point].x.isFinite && points[point].y.isFinite {
        #expect(triangulation.inCircle(triangle, point) <= 2 * Triangulation.near, "\(name)")
      }
    }
  }

  @Test("turn to the left and cover the convex hull once", arguments: places.indices)
  func areas(index: Int) {
    let (name, points) = Self.places[index]
    let triangulation = Triangulation(points)
    let areas = triangulation.triangles.map { triangulation.turn($0.a, $0.b, $0.c) / 2 }
    #expect(areas.allSatisfy { $0 > 0 }, "\(name)")
    let hull = Self.areaOfHull(points.filter { $0.x.isFinite && $0.y.isFinite })
    #expect(hull > 0 && abs(areas.reduce(0, +) - hull) < 1e-9 * max(hull, 1e-3), "\(name)")
  }

  @Test("use every place", arguments: places.indices)
  func corners(index: Int) {
    let (name, points) = Self.places[index]
    let used = Set(
      Triangulation(points).triangles.flatMap { [$0.a, $0.b, $0.c] }.map { points[$0] })
    #expect(used == Set(points.filter { $0.x.isFinite && $0.y.isFinite }), "\(name)")
  }

  @Test("are the same whatever the order of the points", arguments: places.indices)
  func order(index: Int) {
    let (name, points) = Self.places[index]
    let expected = Self.shapes(Triangulation(points))
    #expect(expected == Self.shapes(Triangulation(points)))
    for seed in 0..<5 {
      var stream = CounterStream(7, UInt64(seed))
      var shuffled = points
      for place in shuffled.indices.dropFirst() {
        shuffled.swapAt(place, stream.index(below: place + 1))
      }
      #expect(Self.shapes(Triangulation(shuffled)) == expected, "\(name)")
    }
  }

  @Test("are none where the points are fewer than three or on one line")
  func none() {
    let steps = (0..<9).map { Double($0) / 8 }
    let lines: [[Point]] = [
      [], Self.points((0, 0)), Self.points((0, 0), (1, 1)),
      Self.points((0.2, 0.2), (0.2, 0.2), (0.2, 0.2), (0.2, 0.2)),
      Self.points((0.2, 0.2), (0.7, 0.2), (0.2, 0.2), (0.7, 0.2)),
      steps.map { Point(x: $0, y: 0.5) }, steps.map { Point(x: 0.5, y: $0) },
      steps.map { Point(x: $0, y: 0.05 + 0.9 * $0) },
      // Logarithms of powers of ten have no exact places.
      (1...9).map {
        Point(x: Elementary.log(Double($0)) / 3, y: Elementary.log(Double($0)) / 7)
      },
    ]
    for line in lines { #expect(Triangulation(line).triangles.isEmpty, "\(line)") }
  }

  @Test("are two for each square of a grid")
  func squares() {
    #expect(Triangulation(Self.grid(5, 4)).triangles.count == 24)
    #expect(Triangulation(Self.grid(2, 2)).triangles.count == 2)
  }

  private static func points(_ places: (Double, Double)...) -> [Point] {
    places.map { Point(x: $0.0, y: $0.1) }
  }

  private static func grid(_ columns: Int, _ rows: Int) -> [Point] {
    (0..<columns * rows).map { index in
      Point(
        x: 0.05 + 0.9 * Double(index % columns) / Double(columns - 1),
        y: 0.05 + 0.9 * Double(index / columns) / Double(rows - 1))
    }
  }

  private static func scattered(_ count: Int, _ seed: UInt64, steps: Int = 1 << 30) -> [Point] {
    var stream = CounterStream(9, seed)
    return (0..<count).map { _ in
      let places = [stream.index(below: steps), stream.index(below: steps)]
      return Point(x: Double(places[0]) / Double(steps), y: Double(places[1]) / Double(steps))
    }
  }

  /// The triangles by where they are.
  private static func shapes(_ triangulation: Triangulation) -> Set<Set<Point>> {
    Set(
      triangulation.triangles.map {
        Set([$0.a, $0.b, $0.c].map { triangulation.points[$0] })
      })
  }

  /// The area within a string around the points (Andrew 1979).
  private static func areaOfHull(_ points: [Point]) -> Double {
    let sorted = Set(points).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let half = { (points: [Point]) -> [Point] in
      var found: [Point] = []
      for p in points {
        while found.count > 1 {
          let (a, b) = (found[found.count - 2], found[found.count - 1])
          if (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0 { break }
          found.removeLast()
        }
        found.append(p)
      }
      return found.dropLast()
    }
    let hull = half(sorted) + half(sorted.reversed())
    return zip(hull, hull.dropFirst() + hull.prefix(1)).reduce(0) {
      $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
    }
  }
}
