/// Lays shapes on a panel: turned, cut, projected, fitted.
struct Projector: Sendable {
  /// Shapes on the plane.
  struct Outlines {
    var points: [Mark.Point] = []
    var lines: [[Mark.Point]] = []
    var areas: [[Mark.Point]] = []

    var all: [[Mark.Point]] { [points] + lines + areas }
  }

  let definition: ProjectionDefinition
  private let earth: TurnedEarth
  private let raw: RawProjection
  private let middle: Mark.Point
  /// Parts of the United States that stand beside the others.
  private let insets: [ProjectionInset]
  /// From the plane to parts of the panel.
  private(set) var scale = (x: 1.0, y: 1.0)
  private(set) var shift = (x: 0.0, y: 0.0)

  /// A projection that is not fitted yet.
  init(_ definition: ProjectionDefinition) {
    self.definition = definition
    var rotation = definition.rotation
    let isOnItsSide = definition.kind == .transverseMercator
    if isOnItsSide { rotation[2] += 90 }
    earth = TurnedEarth(rotation: rotation)
    raw = RawProjection(definition.kind, parallels: definition.parallels)
    let center = definition.center
    middle = raw.point(isOnItsSide ? Position(-center.latitude, center.longitude) : center)
    insets = definition.kind == .albersUsa ? ProjectionInset.unitedStates : []
  }

  // MARK: On the plane

  /// Where a position lies on the plane; `nil` where it is not seen.
  func plane(_ position: Position) -> Mark.Point? {
    for inset in insets {
      guard let point = inset.projector.plane(position).map({ inset.placed($0) }) else { continue }
      if inset.contains(point) { return point }
    }
    guard insets.isEmpty else { return nil }
    return definition.kind.edge.position(position, on: earth).flatMap(onPlane)
  }

  private func onPlane(_ turned: Position) -> Mark.Point? {
    let point = raw.point(turned)
    guard point.x.isFinite, point.y.isFinite else { return nil }
    return .init(
      (point.x - middle.x) * (definition.isReflected.x ? -1 : 1),
      (point.y - middle.y) * (definition.isReflected.y ? -1 : 1))
  }

  func outlinesOnPlane(_ geometry: Geometry) -> Outlines {
    var result = Outlines()
    for inset in insets {
      let own = inset.projector.outlinesOnPlane(geometry)
      result.areas += own.areas.map { inset.clipped($0.map(inset.placed)) }.filter { $0.count > 2 }
      for line in own.lines {
        result.lines += inset.pieces(line.map(inset.placed))
      }
    }
    result.points = geometry.points.compactMap(plane)
    guard insets.isEmpty else { return result }
    let edge = definition.kind.edge
    if geometry.isSphere { result.areas.append(edge.sphere.compactMap(onPlane)) }
    for line in geometry.lines {
      result.lines += edge.pieces(of: line, on: earth).map { $0.compactMap(onPlane) }
    }
    for ring in geometry.polygons.joined() {
      result.areas += edge.outlines(of: ring, on: earth).map { $0.compactMap(onPlane) }
    }
    result.areas.removeAll { $0.count < 3 }
    return result
  }

  // MARK: On the panel

  /// Fits all shapes and positions into a panel, or takes the scale that is said.
  ///
  /// - Parameters:
  ///   - size: The panel in pixels; `nil` for one as wide and tall as what it shows.
  /// - Returns: The height of the panel in parts of its width.
  mutating func fit(_ geometry: Geometry, size: (width: Double, height: Double)?) -> Double {
    if definition.scale != nil || definition.shift != nil {
      let size = size ?? (300, 300)
      let factor = definition.scale ?? definition.kind.usualScale
      let place = definition.shift ?? [size.width / 2, size.height / 2]
      scale = (factor / size.width, factor / size.height)
      shift = (place[0] / size.width, 1 - place[1] / size.height)
      return size.height / size.width
    }
    let points = outlinesOnPlane(geometry).all.joined()
    guard let first = points.first else { return size.map { $0.height / $0.width } ?? 0.5 }
    var (low, high) = (first, first)
    for point in points {
      low = .init(min(low.x, point.x), min(low.y, point.y))
      high = .init(max(high.x, point.x), max(high.y, point.y))
    }
    let (wide, tall) = (max(high.x - low.x, 1e-9), max(high.y - low.y, 1e-9))
    let ratio = size.map { $0.height / $0.width } ?? min(max(tall / wide, 0.3), 1.5)
    // In widths of the panel.
    let factor = min(1 / wide, ratio / tall)
    scale = (factor, factor / ratio)
    shift = (
      0.5 - factor * (low.x + high.x) / 2, 0.5 - factor / ratio * (low.y + high.y) / 2
    )
    return ratio
  }

  private func part(_ point: Mark.Point) -> Mark.Point {
    .init(point.x * scale.x + shift.x, point.y * scale.y + shift.y)
  }

  /// Where a position lies in parts of the panel.
  func place(_ position: Position) -> Mark.Point? { plane(position).map(part) }

  /// Shapes in parts of the panel, without points that are too near to be told apart.
  func outlines(_ geometry: Geometry) -> Outlines {
    let all = outlinesOnPlane(geometry)
    return Outlines(
      points: all.points.map(part), lines: all.lines.map { Self.thinned($0.map(part)) },
      areas: all.areas.map { Self.thinned($0.map(part)) })
  }

  private static func thinned(_ points: [Mark.Point]) -> [Mark.Point] {
    guard let first = points.first, let last = points.last, points.count > 4 else { return points }
    var result = [first]
    for point in points.dropFirst().dropLast() {
      let before = result[result.count - 1]
      if abs(point.x - before.x) + abs(point.y - before.y) >= 0.001 { result.append(point) }
    }
    return result + [last]
  }
}
