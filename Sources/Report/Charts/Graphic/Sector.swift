/// A part of a circle or of a ring around the origin, clockwise from the top.
struct Sector {
  /// In turns.
  var from: Double
  var to: Double
  /// In parts of the radius.
  var inner: Double
  var outer: Double

  /// A polygon of chords no longer than two degrees: the eye sees an arc, and places need no sines of a library but
  /// a rotation that is made by halving.
  var path: String {
    let steps = max(Int(((to - from) * 180).rounded(.up)), 1)
    let points = (0...steps).map { Self.point(from + (to - from) * Double($0) / Double(steps)) }
    let text = { (x: Double, y: Double, radius: Double) in
      "\(NumberText.significant(x * radius, 5)) \(NumberText.significant(-y * radius, 5))"
    }
    let outside = points.map { text($0.x, $0.y, outer) }
    let inside = inner > 0 ? points.reversed().map { text($0.x, $0.y, inner) } : ["0 0"]
    return "M" + (outside + inside).joined(separator: "L") + "z"
  }

  /// The point of the unit circle at so many turns, by bisecting chords: only + × ÷ √.
  static func point(_ turns: Double) -> (x: Double, y: Double) {
    let part = turns - turns.rounded(.down)
    let quarters: [(Double, Double)] = [(0, 1), (1, 0), (0, -1), (-1, 0), (0, 1)]
    let quarter = min(Int(part * 4), 3)
    var (low, high) = (Double(quarter) / 4, Double(quarter + 1) / 4)
    var (a, b) = (quarters[quarter], quarters[quarter + 1])
    if part == low { return a }
    for _ in 0..<24 {
      let sum = (a.0 + b.0, a.1 + b.1)
      let length = (sum.0 * sum.0 + sum.1 * sum.1).squareRoot()
      let middle = (sum.0 / length, sum.1 / length)
      if part < (low + high) / 2 {
        (b, high) = (middle, (low + high) / 2)
      } else {
        (a, low) = (middle, (low + high) / 2)
      }
    }
    return a
  }
}
