/// The part of an outline on one side of a line or a plane (Sutherland and Hodgman 1974).
///
/// Where an outline leaves that side and comes back its two cuts follow one another.
enum HalfPlaneClip {
  /// - Parameters:
  ///   - ring: The corners; the last is joined to the first.
  ///   - inside: How far a corner lies within, below zero for one that is cut off.
  ///   - cut: The point at a part of the way from one corner to another.
  /// - Returns: The corners of the rest, each with whether it is a cut.
  /// - Complexity: O(*n*) in corners.
  static func clipped<Corner>(
    _ ring: [Corner], inside: (Corner) -> Double, cut: (Corner, Corner, Double) -> Corner
  ) -> [(corner: Corner, isCut: Bool)] {
    guard var last = ring.last else { return [] }
    var result: [(Corner, Bool)] = []
    for next in ring {
      defer { last = next }
      let (a, b) = (inside(last), inside(next))
      if a >= 0 && b < 0 || a < 0 && b >= 0 { result.append((cut(last, next, a / (a - b)), true)) }
      if b >= 0 { result.append((next, false)) }
    }
    return result
  }
}
