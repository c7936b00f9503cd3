/// Where a projection of the turned earth ends, and what that makes of shapes.
enum ProjectionEdge: Sendable {
  /// Nowhere: shapes lie on a plane already.
  case none
  /// At the meridian opposite the middle.
  case meridian
  /// So many degrees from the middle.
  case circle(reach: Double)

  /// A position of the turned earth; `nil` where it is not seen.
  func position(_ position: Position, on earth: TurnedEarth) -> Position? {
    switch self {
    case .none: return position
    case .meridian: return earth.turned(position)
    case .circle(let reach):
      let turned = earth.turned(position)
      let isSeen = TurnedEarth.vector(turned).x >= RawProjection.cosine(reach)
      return isSeen ? turned : nil
    }
  }

  /// What is seen of a line.
  func pieces(of line: [Position], on earth: TurnedEarth) -> [[Position]] {
    switch self {
    case .none: [line]
    case .meridian: EarthCut.pieces(earth.fine(line))
    case .circle(let reach): EarthCut.seenPieces(earth.fine(line), reach: reach)
    }
  }

  /// What is seen of an outline.
  func outlines(of ring: [Position], on earth: TurnedEarth) -> [[Position]] {
    switch self {
    case .none: [ring]
    case .meridian: EarthCut.outlines(earth.fine(ring))
    case .circle(let reach): EarthCut.seen(earth.fine(ring), reach: reach)
    }
  }

  /// The outline of all that can be seen.
  var sphere: [Position] {
    switch self {
    case .none: []
    case .meridian:
      EarthCut.outlines([
        Position(-180, -90), Position(-60, -90), Position(60, -90), Position(180, -90),
        Position(180, 90), Position(60, 90), Position(-60, 90), Position(-180, 90),
      ]).first ?? []
    case .circle(let reach): EarthCut.circle(reach: reach)
    }
  }
}
