/// The points of a group as numbers, in ascending order across, both means taken off.
struct CentredPoints {
  var x: [Double] = []
  var y: [Double] = []
  var xMean = 0.0
  var yMean = 0.0

  init(_ rows: [Int], _ across: [Datum], _ up: [Datum]) {
    var points: [(Double, Double)] = []
    for row in rows {
      let (a, b) = (across[row].measure, up[row].measure)
      if a.isFinite, b.isFinite { points.append((a, b)) }
    }
    points = points.enumerated().sorted {
      ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
    }.map(\.element)
    for (index, point) in points.enumerated() {
      xMean += (point.0 - xMean) / Double(index + 1)
      yMean += (point.1 - yMean) / Double(index + 1)
    }
    x = points.map { $0.0 - xMean }
    y = points.map { $0.1 - yMean }
  }

  var isEmpty: Bool { x.isEmpty }

  /// Intercept and slope of least squares, from means.
  static func line(
    _ x: Double, _ y: Double, _ xy: Double, _ xx: Double
  ) -> (intercept: Double, slope: Double) {
    let delta = xx - x * x
    let slope = abs(delta) < 1e-24 ? 0 : (xy - x * y) / delta
    return (y - slope * x, slope)
  }
}
