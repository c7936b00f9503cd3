/// Delaunay's triangles over points of a figure: none has a point inside of its circle.
///
/// The page's script draws the same ones. Where four points stand on one circle either diagonal would do;
/// which one is taken depends on where the points are, never on their order.
struct Triangulation {
  /// A place in the figure, whose sides are about as long as 1.
  struct Point: Hashable {
    var x: Double
    var y: Double
  }

  /// Three of the points by their number, to the left of one another.
  struct Triangle: Hashable {
    var a: Int
    var b: Int
    var c: Int
  }

  /// What lies nearer to a line or to a circle than this lies on it.
  static let near = 1e-12
  /// More than it ever takes: every turn is a step to the end, were there no rounding.
  private static let rounds = 200

  let points: [Point]
  /// None where fewer than three points are apart, or all of them are on one line.
  private(set) var triangles: [Triangle] = []

  /// Points that have no place or that of an earlier point are no corners.
  ///
  /// - Complexity: O(*n*²) for each round in which an edge is turned, of which there are few.
  init(_ points: [Point]) {
    self.points = points
    let sorted = points.indices.filter { points[$0].x.isFinite && points[$0].y.isFinite }
      .sorted {
        (points[$0].x, points[$0].y, $0) < (points[$1].x, points[$1].y, $1)
      }
    sweep(
      sorted.enumerated().filter { place, corner in
        place == 0 || points[sorted[place - 1]] != points[corner]
      }.map(\.element))
    turnEdges()
  }

  /// Twice the area of a triangle: above zero where its third corner is left of the way to the second.
  func turn(_ a: Int, _ b: Int, _ c: Int) -> Double {
    let (a, b, c) = (points[a], points[b], points[c])
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }

  /// Above zero where `d` is inside of the circle through the corners of a triangle.
  func inCircle(_ triangle: Triangle, _ d: Int) -> Double {
    let d = points[d]
    let (a, b, c) = (points[triangle.a], points[triangle.b], points[triangle.c])
    let (ax, ay, bx, by) = (a.x - d.x, a.y - d.y, b.x - d.x, b.y - d.y)
    let (cx, cy) = (c.x - d.x, c.y - d.y)
    return (ax * ax + ay * ay) * (bx * cy - cx * by)
      - (bx * bx + by * by) * (ax * cy - cx * ay)
      + (cx * cx + cy * cy) * (ax * by - bx * ay)
  }
}

extension Triangulation.Triangle {
  /// The same triangle from its first, second or third corner.
  func from(_ place: Int) -> Self {
    place == 0 ? self : place == 1 ? Self(a: b, b: c, c: a) : Self(a: c, b: a, c: b)
  }

  /// The corner across from the edge that leads from `p` to `q`, if there is that edge.
  func corner(across p: Int, _ q: Int) -> Int? {
    a == p && b == q ? c : b == p && c == q ? a : c == p && a == q ? b : nil
  }
}

extension Triangulation {
  /// Any triangles without a hole: each point, from left to right, is joined to what it sees.
  private mutating func sweep(_ corners: [Int]) {
    guard
      let first = corners.indices.dropFirst(2).first(where: { place in
        abs(turn(corners[0], corners[place - 1], corners[place])) >= Self.near
      })
    else { return }
    let tip = corners[first]
    var line = Array(corners[..<first])
    if turn(line[0], line[1], tip) < 0 { line.reverse() }
    triangles = zip(line, line.dropFirst()).map { Triangle(a: $0, b: $1, c: tip) }
    var hull = line + [tip]
    for corner in corners[(first + 1)...] {
      let after = { hull[($0 + 1) % hull.count] }
      // Right of all before it, a corner sees one stretch of the hull.
      let sees = hull.indices.map { turn(hull[$0], after($0), corner) < -Self.near }
      guard
        let start = hull.indices.first(where: {
          sees[$0] && !sees[($0 + hull.count - 1) % hull.count]
        })
      else { continue }
      let around = (0..<hull.count).map { (start + $0) % hull.count }
      let seen = around.prefix { sees[$0] }
      triangles += seen.map { Triangle(a: after($0), b: hull[$0], c: corner) }
      hull = [hull[start], corner] + around.dropFirst(seen.count).map { hull[$0] }
    }
  }

  /// Turns an edge where the point across lies in the circle; equal circles stay as they are.
  private mutating func turnEdges() {
    for _ in 0..<Self.rounds {
      var turned = false
      for m in triangles.indices {
        for n in triangles.indices[(m + 1)...] {
          for place in 0..<3 {
            let one = triangles[m].from(place)
            guard let d = triangles[n].corner(across: one.b, one.a),
              inCircle(one, d) > Self.near,
              turn(one.a, d, one.c) > Self.near, turn(d, one.b, one.c) > Self.near
            else { continue }
            triangles[m] = Triangle(a: one.a, b: d, c: one.c)
            triangles[n] = Triangle(a: d, b: one.b, c: one.c)
            turned = true
          }
        }
      }
      if !turned { return }
    }
  }
}
