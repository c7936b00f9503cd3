/// Cuts shapes where a projection ends: along the meridian opposite its middle, or around the side that is seen.
///
/// Positions are those of the turned earth.
enum EarthCut {
  // MARK: Opposite meridian

  /// Outlines whose longitudes do not jump, each within −180 … 180; one around a pole is closed along it.
  static func outlines(_ ring: [Position]) -> [[Position]] {
    var line = unrolled(ring)
    guard let first = line.first, let last = line.last, line.count > 2 else { return [] }
    if abs(last.longitude - first.longitude) > 180 {
      let mean = line.reduce(0) { $0 + $1.latitude }
      let pole = mean < 0 ? -90.0 : 90.0
      line += [Position(last.longitude, pole), Position(first.longitude, pole), first]
    }
    return windows(of: line).compactMap { window in
      let west = clipped(line) { $0.longitude - (window - 180) }
      let both = clipped(west) { window + 180 - $0.longitude }
      guard both.count > 2 else { return nil }
      return fineOnPlane(both.map { Position($0.longitude - window, $0.latitude) })
    }
  }

  /// Pieces of a line within −180 … 180.
  static func pieces(_ line: [Position]) -> [[Position]] {
    let line = unrolled(line)
    guard let first = line.first else { return [] }
    var pieces = [[first]]
    var window = 360 * ((first.longitude + 180) / 360).rounded(.down)
    pieces[0][0].longitude -= window
    for (from, to) in zip(line, line.dropFirst()) {
      let end = to.longitude > window + 180 ? window + 180 : window - 180
      if abs(to.longitude - window) > 180, to.longitude != from.longitude {
        let part = (end - from.longitude) / (to.longitude - from.longitude)
        let latitude = from.latitude + (to.latitude - from.latitude) * part
        pieces[pieces.count - 1].append(Position(end - window, latitude))
        window += end > window ? 360 : -360
        pieces.append([Position(end - window, latitude)])
      }
      pieces[pieces.count - 1].append(Position(to.longitude - window, to.latitude))
    }
    return pieces.filter { $0.count > 1 }
  }

  /// The same line with longitudes that go on beyond 180 instead of beginning anew.
  private static func unrolled(_ line: [Position]) -> [Position] {
    guard let first = line.first else { return [] }
    var result = [first]
    for (from, to) in zip(line, line.dropFirst()) {
      let step = TurnedEarth.within(to.longitude - from.longitude)
      // Half a turn either way is along the meridian itself.
      let east = abs(to.longitude - from.longitude) == 360 ? 0 : step
      result.append(Position(result[result.count - 1].longitude + east, to.latitude))
    }
    return result
  }

  /// The middles of the turns that a line passes through.
  private static func windows(of line: [Position]) -> [Double] {
    let turns = line.map { (($0.longitude + 180) / 360).rounded(.down) }
    guard let low = turns.min(), let high = turns.max(), high - low < 8 else { return [] }
    return stride(from: low, through: high, by: 1).map { $0 * 360 }
  }

  private static func clipped(
    _ ring: [Position], inside: (Position) -> Double
  ) -> [Position] {
    HalfPlaneClip.clipped(ring, inside: inside) { from, to, part in
      Position(
        from.longitude + (to.longitude - from.longitude) * part,
        from.latitude + (to.latitude - from.latitude) * part)
    }.map(\.corner)
  }

  /// More points along cuts and poles, which are straight in degrees and need not be on the plane.
  private static func fineOnPlane(_ ring: [Position]) -> [Position] {
    guard let first = ring.first else { return [] }
    var result: [Position] = []
    for (from, to) in zip(ring, ring.dropFirst() + [first]) {
      result.append(from)
      let (east, north) = (to.longitude - from.longitude, to.latitude - from.latitude)
      let length = max(abs(east), abs(north))
      let pieces = Int((length / 2.5).rounded(.up))
      for piece in stride(from: 1, to: pieces, by: 1) {
        let part = Double(piece) / Double(pieces)
        result.append(Position(from.longitude + east * part, from.latitude + north * part))
      }
    }
    return result + [first]
  }

  // MARK: The side that is seen

  /// The part of an outline less than `reach` degrees from the middle, closed along the circle there.
  static func seen(_ ring: [Position], reach: Double) -> [[Position]] {
    let level = RawProjection.cosine(reach)
    let result = HalfPlaneClip.clipped(ring.map(TurnedEarth.vector)) {
      $0.x - level
    } cut: { from, to, part in
      onCircle(from + (to - from) * part, level)
    }
    guard result.count > 2 else { return [] }
    var positions: [Position] = []
    for (index, one) in result.enumerated() {
      positions.append(TurnedEarth.position(one.corner))
      let next = result[(index + 1) % result.count]
      guard one.isCut, next.isCut else { continue }
      positions += arc(from: one.corner, to: next.corner, level).map(TurnedEarth.position)
    }
    return [positions + [positions[0]]]
  }

  /// The pieces of a line less than `reach` degrees from the middle.
  static func seenPieces(_ line: [Position], reach: Double) -> [[Position]] {
    let level = RawProjection.cosine(reach)
    var pieces: [[Position]] = []
    var isOpen = false
    var last: TurnedEarth.Vector?
    for position in line {
      let next = TurnedEarth.vector(position)
      let isSeen = next.x >= level
      if let last, isSeen != (last.x >= level) {
        let part = (last.x - level) / (last.x - next.x)
        let cut = TurnedEarth.position(onCircle(last + (next - last) * part, level))
        if isOpen { pieces[pieces.count - 1].append(cut) } else { pieces.append([cut]) }
        isOpen = !isOpen
      }
      if isSeen {
        if !isOpen { pieces.append([]) }
        isOpen = true
        pieces[pieces.count - 1].append(position)
      }
      last = next
    }
    return pieces.filter { $0.count > 1 }
  }

  /// The circle itself.
  static func circle(reach: Double) -> [Position] {
    let (level, radius) = (RawProjection.cosine(reach), RawProjection.sine(reach))
    return (0...180).map { step in
      let turn = Double(step) * 2
      return TurnedEarth.position(
        .init(level, radius * RawProjection.cosine(turn), radius * RawProjection.sine(turn)))
    }
  }

  private static func onCircle(
    _ vector: TurnedEarth.Vector, _ level: Double
  ) -> TurnedEarth.Vector {
    let length = (vector.y * vector.y + vector.z * vector.z).squareRoot()
    let radius = max(1 - level * level, 0).squareRoot()
    guard length > 0 else { return .init(level, radius, 0) }
    return .init(level, vector.y / length * radius, vector.z / length * radius)
  }

  /// Points on the circle between two of it, the shorter way.
  private static func arc(
    from: TurnedEarth.Vector, to: TurnedEarth.Vector, _ level: Double
  ) -> [TurnedEarth.Vector] {
    let chord = from - to
    let radius = max(1 - level * level, 0).squareRoot()
    let length = TurnedEarth.length(chord)
    let pieces = Int((length / max(radius, 1e-9) * 30).rounded(.up))
    return stride(from: 1, to: pieces, by: 1).map { piece in
      let part = Double(piece) / Double(pieces)
      return onCircle(from * (1 - part) + to * part, level)
    }
  }
}
