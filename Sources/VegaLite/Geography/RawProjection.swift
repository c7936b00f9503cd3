internal import ElementaryFunctions

/// The formulas that lay a turned earth on a plane, in units of its radius, up and to the right.
///
/// Equal Earth: Šavrič, Patterson and Jenny 2018. Natural Earth: Patterson 2008 in the polynomials of Šavrič and others
/// 2011. The others: Snyder (Map Projections, USGS 1395).
struct RawProjection: Sendable {
  let kind: ProjectionDefinition.Kind
  private let cone: Cone?
  /// Of the cylinder that a cone is whose parallels lie on both sides of the equator.
  private let width: Double

  /// Beyond it the map of Mercator is taller than wide.
  static let mercatorEnd = 85.051_128_779_806_59

  init(_ kind: ProjectionDefinition.Kind, parallels: (Double, Double)) {
    self.kind = kind
    cone = Cone(kind, parallels)
    width = Self.cosine(parallels.0)
  }

  static func sine(_ degrees: Double) -> Double { Elementary.sine(ofTurns: degrees / 360) }
  static func cosine(_ degrees: Double) -> Double { Elementary.cosine(ofTurns: degrees / 360) }

  /// Where a position lies; not finite where the projection ends.
  func point(_ position: Position) -> Mark.Point {
    let (degrees, north) = (position.longitude, position.latitude)
    let east = degrees * .pi / 180
    let sine = Self.sine(north)
    switch kind {
    case .identity: return .init(degrees, -north)
    case .equirectangular: return .init(east, north * .pi / 180)
    case .mercator: return .init(east, Self.mercator(north))
    // The earth lies on its side already.
    case .transverseMercator: return .init(Self.mercator(north), -east)
    case .equalEarth:
      let third = 3.0.squareRoot() / 2
      let l = Elementary.angle(ofSine: third * sine)
      let square = l * l
      let sixth = square * square * square
      let width = 1.340264 - 0.243318 * square + sixth * (0.006251 + 0.034164 * square)
      let height = 1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square)
      let cosine = Elementary.cosine(ofTurns: l / (2 * .pi))
      return .init(east * cosine / (third * width), l * height)
    case .naturalEarth1:
      let l = north * .pi / 180
      let square = l * l
      let fourth = square * square
      let width =
        0.8707 - 0.131979 * square
        + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
      let height =
        1.007226 + square
        * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))
      return .init(east * width, l * height)
    case .albers, .albersUsa, .conicEqualArea:
      return cone?.point(degrees, north) ?? .init(east * width, sine / width)
    case .conicConformal: return cone?.point(degrees, north) ?? .init(east, Self.mercator(north))
    case .conicEquidistant:
      return cone?.point(degrees, north) ?? .init(east, north * .pi / 180)
    case .orthographic, .azimuthalEqualArea, .azimuthalEquidistant, .stereographic, .gnomonic:
      let level = Self.cosine(north)
      let depth = level * Self.cosine(degrees)
      let factor: Double =
        switch kind {
        case .azimuthalEqualArea: (2 / (1 + depth)).squareRoot()
        case .azimuthalEquidistant: Self.stretch(depth)
        case .stereographic: 1 / (1 + depth)
        case .gnomonic: 1 / depth
        default: 1
        }
      return .init(factor * level * Self.sine(degrees), factor * sine)
    }
  }

  /// A parallel's height on the map of Mercator, which ends before the poles.
  static func mercator(_ north: Double) -> Double {
    let end = min(max(north, -mercatorEnd), mercatorEnd)
    return Elementary.log((1 + sine(end)) / cosine(end))
  }

  /// An angle in parts of its sine, by its cosine.
  private static func stretch(_ cosine: Double) -> Double {
    let sine = max((1 - cosine) * (1 + cosine), 0).squareRoot()
    return sine > 0 ? Elementary.angle(y: sine, x: cosine) / sine : 1
  }
}
