/// How the earth is laid on a plane: the names and angles of d3-geo.
struct ProjectionDefinition: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case equalEarth, equirectangular, mercator, naturalEarth1, albers, albersUsa, conicEqualArea
    case conicConformal, conicEquidistant, transverseMercator
    case orthographic, azimuthalEqualArea, azimuthalEquidistant, stereographic, gnomonic, identity

    /// Where a projection ends.
    var edge: ProjectionEdge {
      switch self {
      case .orthographic: .circle(reach: 90)
      case .azimuthalEqualArea, .azimuthalEquidistant: .circle(reach: 179.99)
      case .stereographic: .circle(reach: 142)
      case .gnomonic: .circle(reach: 60)
      case .identity: .none
      default: .meridian
      }
    }

    /// Pixels for one unit where nothing is fitted.
    var usualScale: Double {
      switch self {
      case .equalEarth: 177.158
      case .equirectangular: 152.63
      case .mercator: 961 / (2 * .pi)
      case .naturalEarth1: 175.295
      case .albers, .albersUsa: 1070
      case .conicEqualArea: 155.424
      case .conicConformal: 109.5
      case .conicEquidistant: 131.154
      case .transverseMercator: 159.155
      case .azimuthalEquidistant: 79.4188
      case .orthographic: 249.5
      case .azimuthalEqualArea: 124.75
      case .stereographic: 250
      case .gnomonic: 144.049
      case .identity: 1
      }
    }
  }

  var kind: Kind
  /// Degrees by which the earth is turned: longitude, latitude, and about the line of sight.
  var rotation = [0.0, 0.0, 0.0]
  /// The middle of the picture, once the earth is turned.
  var center = Position(0, 0)
  var parallels = (29.5, 45.5)
  var scale: Double?
  /// In pixels.
  var shift: [Double]?
  var isReflected = (x: false, y: false)

  init(_ kind: Kind = .equalEarth) {
    self.kind = kind
    switch kind {
    case .conicEqualArea: (parallels, center) = ((0, 60), Position(0, 33.6442))
    case .conicEquidistant: (parallels, center) = ((0, 60), Position(0, 13.9389))
    case .conicConformal: parallels = (30, 30)
    case .albers: (rotation, center) = ([96, 0, 0], Position(-0.6, 38.7))
    default: break
    }
  }

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow([
      "type", "rotate", "center", "parallels", "scale", "translate", "reflectX", "reflectY",
      "precision", "pointRadius", "clipAngle", "clipExtent",
    ])
    let kind = try own.choice("type", Kind.allCases.map(\.rawValue)).flatMap(Kind.init)
    self.init(kind ?? .equalEarth)
    if let rotate = try own.numbers("rotate") {
      guard (1...3).contains(rotate.count) else {
        throw own.failure("rotate", "must be one to three angles in degrees")
      }
      rotation = rotate + [Double](repeating: 0, count: 3 - rotate.count)
    }
    // A plane has no middle of its own.
    if let numbers = try Self.pair(own, "center"), self.kind != .identity {
      center = Position(numbers.0, numbers.1)
    }
    parallels = try Self.pair(own, "parallels") ?? parallels
    scale = try own.number("scale", parameters)
    guard scale.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw own.failure("scale", "must be above 0")
    }
    shift = try Self.pair(own, "translate").map { [$0.0, $0.1] }
    isReflected = (try own.boolean("reflectX") ?? false, try own.boolean("reflectY") ?? false)
  }

  private static func pair(
    _ own: SpecObject, _ name: String
  ) throws(VegaLiteError) -> (Double, Double)? {
    guard let numbers = try own.numbers(name) else { return nil }
    guard numbers.count == 2 else { throw own.failure(name, "must be two numbers") }
    return (numbers[0], numbers[1])
  }
}
