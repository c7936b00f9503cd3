internal import ElementaryFunctions

/// The formulas that lay a turned earth on a plane, in units of its radius, up and to the right.
///
/// Equal Earth: Šavrič, Patterson and Jenny 2018. Natural Earth: Patterson 2008 in the polynomials of Šavrič and others
/// 2011. The conic: Albers 1805, as Snyder (Map Projections, USGS 1395) writes it.
struct RawProjection: Sendable {
  let kind: ProjectionDefinition.Kind
  /// Of a cone: its constant, c, and the radius of the middle; a cylinder where the constant is nothing.
  private var cone = (n: 0.0, c: 0.0, radius: 0.0, width: 1.0)

  /// Beyond it the map of Mercator is taller than wide.
  static let mercatorEnd = 85.051_128_779_806_59

  init(_ kind: ProjectionDefinition.Kind, parallels: (Double, Double)) {
    self.kind = kind
    let first = Self.sine(parallels.0)
    let n = (first + Self.sine(parallels.1)) / 2
    if abs(n) < 1e-6 {
      cone.width = Self.cosine(parallels.0)
    } else {
      let c = 1 + first * (2 * n - first)
      cone = (n, c, max(c, 0).squareRoot() / n, 1)
    }
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
    case .mercator:
      let end = min(max(north, -Self.mercatorEnd), Self.mercatorEnd)
      return .init(east, Elementary.log((1 + Self.sine(end)) / Self.cosine(end)))
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
      guard cone.n != 0 else { return .init(east * cone.width, sine / cone.width) }
      let radius = max(cone.c - 2 * cone.n * sine, 0).squareRoot() / cone.n
      let turn = degrees * cone.n
      return .init(radius * Self.sine(turn), cone.radius - radius * Self.cosine(turn))
    case .orthographic, .azimuthalEqualArea, .stereographic, .gnomonic:
      let level = Self.cosine(north)
      let depth = level * Self.cosine(degrees)
      let factor: Double =
        switch kind {
        case .azimuthalEqualArea: (2 / (1 + depth)).squareRoot()
        case .stereographic: 1 / (1 + depth)
        case .gnomonic: 1 / depth
        default: 1
        }
      return .init(factor * level * Self.sine(degrees), factor * sine)
    }
  }
}
