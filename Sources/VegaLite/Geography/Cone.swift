internal import ElementaryFunctions

/// A cone around the earth, unrolled: parallels are arcs around one point.
///
/// Of equal areas (Albers 1805), of equal angles (Lambert 1772), or of equal distances (de l'Isle 1745).
struct Cone: Sendable {
  private let kind: ProjectionDefinition.Kind
  /// The part of a turn that the cone takes when it is unrolled.
  private let n: Double
  /// What the radius of a parallel is made of.
  private let constant: Double

  /// `nil` for parallels on both sides of the equator, whose cone is a cylinder.
  init?(_ kind: ProjectionDefinition.Kind, _ parallels: (Double, Double)) {
    self.kind = kind
    let (south, north) = parallels
    let sine = RawProjection.sine(south)
    let (first, second) = (RawProjection.cosine(south), RawProjection.cosine(north))
    switch kind {
    case .conicConformal:
      n =
        south == north
        ? sine
        : Elementary.log(first / second)
          / (RawProjection.mercator(north) - RawProjection.mercator(south))
      constant = first * Elementary.exp(n * RawProjection.mercator(south)) / n
    case .conicEquidistant:
      n = south == north ? sine : (first - second) / ((north - south) * .pi / 180)
      constant = first / n + south * .pi / 180
    default:
      n = (sine + RawProjection.sine(north)) / 2
      constant = 1 + sine * (2 * n - sine)
    }
    guard abs(n) >= 1e-6, constant.isFinite else { return nil }
  }

  private func radius(_ north: Double) -> Double {
    switch kind {
    case .conicConformal: constant / Elementary.exp(n * RawProjection.mercator(north))
    case .conicEquidistant: constant - north * .pi / 180
    default: max(constant - 2 * n * RawProjection.sine(north), 0).squareRoot() / n
    }
  }

  /// Where a position in degrees lies, above or below the equator on the middle meridian.
  func point(_ east: Double, _ north: Double) -> Mark.Point {
    let radius = radius(north)
    let turn = east * n
    return .init(
      radius * RawProjection.sine(turn), self.radius(0) - radius * RawProjection.cosine(turn))
  }
}
