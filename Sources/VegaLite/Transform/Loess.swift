internal import ElementaryFunctions

/// Locally weighted regression (Cleveland, 1979), with two rounds that forgive outliers.
struct Loess: Transform {
  /// Each point looks at its neighbours: their product is the time it takes.
  private static let mostWork = 400_000_000

  let place: String
  private let fields: (up: String, across: String)
  private let groups: [String]
  private let bandwidth: Double
  private let names: [String]

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["loess", "on", "groupby", "bandwidth", "as"])
    place = own.path
    fields = (try own.needText("loess"), try own.needText("on"))
    groups = try own.texts("groupby") ?? []
    bandwidth = try own.number("bandwidth", parameters) ?? 0.3
    guard bandwidth > 0, bandwidth <= 1 else {
      throw own.failure("bandwidth", "must be above 0, up to 1")
    }
    names = try own.texts("as") ?? [fields.across, fields.up]
    guard names.count == 2 else { throw own.failure("as", "must be two names") }
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let across = try table.column(fields.across, place)
    let up = try table.column(fields.up, place)
    let result = try FittedTable(table, by: groups, names, place) { (rows) throws(VegaLiteError) in
      try smooth(CentredPoints(rows, across, up))
    }
    table = result.table
  }

  private func smooth(_ points: CentredPoints) throws(VegaLiteError) -> [(Double, Double)] {
    let (x, y) = (points.x, points.y)
    let count = x.count
    guard count > 0 else { return [] }
    let width = min(max(2, Int(bandwidth * Double(count))), count)
    guard count * width <= Self.mostWork / 3 else {
      throw VegaLiteError(
        place,
        "smooths \(count) points over \(width) neighbours each, which takes too long; take a "
          + "smaller bandwidth, or sample the rows before")
    }
    var fitted = [Double](repeating: 0, count: count)
    var residuals = fitted
    var weights = [Double](repeating: 1, count: count)
    for round in 0...2 {
      var (low, high) = (0, width - 1)
      for index in 0..<count {
        let here = x[index]
        let edge = here - x[low] > x[high] - here ? low : high
        let distance = abs(x[edge] - here)
        let scale = 1 / (distance == 0 ? 1 : distance)
        var (w, sx, sy, sxy, sxx) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for k in low...high {
          let part = abs(here - x[k]) * scale
          let cube = 1 - part * part * part
          let weight = cube * cube * cube * weights[k]
          w += weight
          sx += x[k] * weight
          sy += y[k] * weight
          sxy += y[k] * x[k] * weight
          sxx += x[k] * x[k] * weight
        }
        let (intercept, slope) = CentredPoints.line(sx / w, sy / w, sxy / w, sxx / w)
        fitted[index] = intercept + slope * here
        residuals[index] = abs(y[index] - fitted[index])
        // The nearest neighbours of the next point.
        guard index + 1 < count else { continue }
        let next = x[index + 1]
        while index + 1 > low, high + 1 < count, x[high + 1] - next <= next - x[low] {
          low += 1
          high += 1
        }
      }
      let median = Elementary.quantile(0.5, of: residuals.sorted())
      if round == 2 || abs(median) < 1e-12 { break }
      for index in 0..<count {
        let part = residuals[index] / (6 * median)
        weights[index] = part >= 1 ? 1e-12 : (1 - part * part) * (1 - part * part)
      }
    }
    return Self.merged(points, fitted)
  }

  /// One point for each place across: the mean of those that stand there.
  private static func merged(_ points: CentredPoints, _ fitted: [Double]) -> [(Double, Double)] {
    var result: [(Double, Double)] = []
    var count = 0.0
    for (x, y) in zip(points.x, fitted) {
      if let last = result.indices.last, result[last].0 == x + points.xMean {
        count += 1
        result[last].1 += (y + points.yMean - result[last].1) / count
      } else {
        result.append((x + points.xMean, y + points.yMean))
        count = 1
      }
    }
    return result
  }
}
