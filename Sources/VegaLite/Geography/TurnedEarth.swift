internal import ElementaryFunctions

/// The earth turned so that the middle of a picture is at 0°, 0°; and edges as great circles, in short pieces.
struct TurnedEarth: Sendable {
  /// A place in space: on the sphere of radius 1.
  typealias Vector = SIMD3<Double>

  /// The longest piece of an edge, in degrees.
  static let longestPiece = 2.0

  private let rotation: [Double]

  init(rotation: [Double]) { self.rotation = rotation }

  static func vector(_ position: Position) -> Vector {
    let level = RawProjection.cosine(position.latitude)
    return Vector(
      level * RawProjection.cosine(position.longitude),
      level * RawProjection.sine(position.longitude), RawProjection.sine(position.latitude))
  }

  static func position(_ vector: Vector) -> Position {
    let level = (vector.x * vector.x + vector.y * vector.y).squareRoot()
    let degrees = 180 / Double.pi
    return Position(
      Elementary.angle(y: vector.y, x: vector.x) * degrees,
      Elementary.angle(y: vector.z, x: level) * degrees)
  }

  /// The length, summed in one order: a report is the same in any build.
  static func length(_ v: Vector) -> Double { (v.x * v.x + v.y * v.y + v.z * v.z).squareRoot() }

  /// A position as it lies once the earth is turned: first about its axis, then up and about the line of sight.
  func turned(_ position: Position) -> Position {
    let east = Self.within(Self.within(position.longitude) + rotation[0])
    guard rotation[1] != 0 || rotation[2] != 0 else { return Position(east, position.latitude) }
    let v = Self.vector(Position(east, position.latitude))
    let (c1, s1) = (RawProjection.cosine(rotation[1]), RawProjection.sine(rotation[1]))
    let (c2, s2) = (RawProjection.cosine(rotation[2]), RawProjection.sine(rotation[2]))
    let k = v.z * c1 + v.x * s1
    return Self.position(Vector(v.x * c1 - v.z * s1, v.y * c2 - k * s2, k * c2 + v.y * s2))
  }

  /// An angle from −180 up to 180 degrees.
  static func within(_ degrees: Double) -> Double {
    guard degrees < -180 || degrees > 180 else { return degrees }
    return degrees - 360 * ((degrees + 180) / 360).rounded(.down)
  }

  /// A line as it lies once the earth is turned, fine enough to be projected point by point.
  func fine(_ line: [Position]) -> [Position] { Self.fine(line).map(turned) }

  /// A line with more points where its edges are long: on the great circle between two, as d3 understands them.
  ///
  /// What lies beyond a pole is taken to it, and longitudes to one turn.
  private static func fine(_ line: [Position]) -> [Position] {
    let line = line.map { Position(within($0.longitude), min(max($0.latitude, -90), 90)) }
    guard var last = line.first else { return [] }
    var result = [last]
    for next in line.dropFirst() {
      defer { last = next }
      let isShort =
        abs(next.longitude - last.longitude) <= longestPiece
        && abs(next.latitude - last.latitude) <= longestPiece
      let isAlongPole = abs(last.latitude) == 90 && abs(next.latitude) == 90
      guard !isShort, !isAlongPole else {
        result.append(next)
        continue
      }
      let (from, to) = (vector(last), vector(next))
      let chord = from - to
      let length = length(chord)
      // Opposite places have no one circle between them.
      if length < 1.9999 {
        let pieces = max(Int((length * 180 / .pi / longestPiece).rounded(.up)), 1)
        for piece in stride(from: 1, to: pieces, by: 1) {
          let part = Double(piece) / Double(pieces)
          let between = from * (1 - part) + to * part
          result.append(position(between))
        }
      }
      result.append(next)
    }
    return result
  }
}
