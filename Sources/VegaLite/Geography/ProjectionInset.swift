/// A projection of its own within a window, as Alaska and Hawaii stand beside the other states.
struct ProjectionInset: Sendable {
  let projector: Projector
  /// Its scale in that of the whole.
  private let factor: Double
  private let place: Mark.Point
  private let low: Mark.Point
  private let high: Mark.Point

  init(
    _ definition: ProjectionDefinition, _ factor: Double, at place: (Double, Double),
    x: ClosedRange<Double>, y: ClosedRange<Double>
  ) {
    projector = Projector(definition)
    self.factor = factor
    self.place = .init(place.0, place.1)
    (low, high) = (.init(x.lowerBound, y.lowerBound), .init(x.upperBound, y.upperBound))
  }

  /// The three parts of d3's `albersUsa`: its angles, and its windows in units of its scale, up.
  static let unitedStates: [ProjectionInset] = {
    func cone(
      _ turn: Double, _ center: Position, _ parallels: (Double, Double)
    ) -> ProjectionDefinition {
      var definition = ProjectionDefinition(.conicEqualArea)
      definition.rotation[0] = turn
      (definition.center, definition.parallels) = (center, parallels)
      return definition
    }
    return [
      ProjectionInset(
        ProjectionDefinition(.albers), 1, at: (0, 0), x: -0.455...0.455, y: -0.238...0.238),
      ProjectionInset(
        cone(154, Position(-2, 58.5), (55, 65)), 0.35, at: (-0.307, -0.201),
        x: -0.425...(-0.214), y: -0.234...(-0.120)),
      ProjectionInset(
        cone(157, Position(-3, 19.9), (8, 18)), 1, at: (-0.205, -0.212), x: -0.214...(-0.115),
        y: -0.234...(-0.166)),
    ]
  }()

  /// A point of its own plane on that of the whole.
  func placed(_ point: Mark.Point) -> Mark.Point {
    .init(point.x * factor + place.x, point.y * factor + place.y)
  }

  /// Whether a point of the whole lies within the window.
  func contains(_ point: Mark.Point) -> Bool {
    point.x >= low.x && point.x <= high.x && point.y >= low.y && point.y <= high.y
  }

  /// The part of an outline within the window, side by side.
  func clipped(_ ring: [Mark.Point]) -> [Mark.Point] {
    let sides: [(Mark.Point) -> Double] = [
      { $0.x - low.x }, { high.x - $0.x }, { $0.y - low.y }, { high.y - $0.y },
    ]
    return sides.reduce(ring) { ring, inside in
      HalfPlaneClip.clipped(ring, inside: inside) { from, to, part in
        .init(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)
      }.map(\.corner)
    }
  }

  /// The pieces of a line within the window, from point to point.
  func pieces(_ line: [Mark.Point]) -> [[Mark.Point]] {
    var pieces: [[Mark.Point]] = [[]]
    for point in line {
      if contains(point) {
        pieces[pieces.count - 1].append(point)
      } else if !pieces[pieces.count - 1].isEmpty {
        pieces.append([])
      }
    }
    return pieces.filter { $0.count > 1 }
  }
}
