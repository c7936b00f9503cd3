/// A place on the earth, in degrees east and north.
struct Position: Sendable, Hashable {
  var longitude: Double
  var latitude: Double

  init(_ longitude: Double, _ latitude: Double) {
    (self.longitude, self.latitude) = (longitude, latitude)
  }
}

/// Shapes on the earth, or on a plane where the projection is `identity`.
public struct Geometry: Sendable, Hashable {
  var points: [Position] = []
  var lines: [[Position]] = []
  /// Each with its outline and its holes, closed, in any direction.
  var polygons: [[[Position]]] = []
  /// Whether it is all of the earth.
  var isSphere = false

  static func + (left: Geometry, right: Geometry) -> Geometry {
    Geometry(
      points: left.points + right.points, lines: left.lines + right.lines,
      polygons: left.polygons + right.polygons, isSphere: left.isSphere || right.isSphere)
  }

  /// A number that tells shapes apart: FNV-1a (Fowler, Noll, Vo) over their positions.
  var fingerprint: UInt64 {
    let parts = [points] + lines + polygons.joined()
    return parts.joined().reduce(0xcbf2_9ce4_8422_2325 ^ UInt64(parts.count)) { hash, position in
      [position.longitude, position.latitude].reduce(hash) {
        ($0 ^ $1.bitPattern) &* 0x100_0000_01b3
      }
    }
  }

  /// Meridians and parallels at equal distances, the quarters up to the poles.
  static func graticule(step: (longitude: Double, latitude: Double)) -> Geometry {
    var lines: [[Position]] = []
    let fine = 2.5
    for longitude in stride(from: -180, to: 180, by: step.longitude) {
      let end = longitude.truncatingRemainder(dividingBy: 90) == 0 ? 90.0 : 80
      lines.append(stride(from: -end, through: end, by: fine).map { Position(longitude, $0) })
    }
    for latitude in stride(from: 0, through: 80, by: step.latitude) {
      for side in latitude == 0 ? [0] : [latitude, -latitude] {
        lines.append(stride(from: -180, through: 180, by: fine).map { Position($0, side) })
      }
    }
    return Geometry(lines: lines)
  }
}
