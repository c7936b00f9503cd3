internal import ElementaryFunctions

/// A curve of least squares.
struct Regression: Transform {
  private enum Method: String, CaseIterable {
    case linear, log, exp, pow, quad, poly
  }

  let place: String
  private let fields: (up: String, across: String)
  private let groups: [String]
  private let method: Method
  private let order: Int
  private let extent: [Double]?
  private let hasParameters: Bool
  private let names: [String]

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["regression", "on", "groupby", "method", "order", "extent", "params", "as"])
    place = own.path
    fields = (try own.needText("regression"), try own.needText("on"))
    groups = try own.texts("groupby") ?? []
    method =
      try own.choice("method", Method.allCases.map(\.rawValue)).flatMap(Method.init) ?? .linear
    order = try own.whole("order", 0...10, parameters) ?? 3
    extent = try own.numbers("extent")
    guard extent.map({ $0.count == 2 }) ?? true else {
      throw own.failure("extent", "must be two numbers")
    }
    hasParameters = try own.boolean("params") ?? false
    names = try own.texts("as") ?? [fields.across, fields.up]
    guard names.count == 2 else { throw own.failure("as", "must be two names") }
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let across = try table.column(fields.across, place)
    let up = try table.column(fields.up, place)
    if hasParameters {
      try describe(&table, across, up)
      return
    }
    table = try FittedTable(table, by: groups, names, place) { (rows) throws(VegaLiteError) in
      let points = CentredPoints(rows, across, up)
      guard let low = points.x.first, let high = points.x.last else { return [] }
      let model = coefficients(points)
      let (from, to) = (extent?[0] ?? low + points.xMean, extent?[1] ?? high + points.xMean)
      // A straight line needs its ends only.
      let steps = method == .linear || from == to ? 1 : 100
      return (0...steps).map { step in
        let x = step == steps ? to : from + (to - from) * Double(step) / Double(steps)
        return (x, value(model, at: x))
      }
    }.table
  }

  /// The coefficients and R² of each group instead of a curve.
  private func describe(
    _ table: inout DataTable, _ across: [Datum], _ up: [Datum]
  ) throws(VegaLiteError) {
    let all = try table.groups(groups, place)
    var result = try table.shared(groups, by: all, place)
    let points = all.map { CentredPoints($0, across, up) }
    let models = points.map(coefficients)
    result["coef"] = models.map { .list($0.map { .number($0) }) }
    result["rSquared"] = zip(points, models).map { points, model in
      var (residual, total) = (0.0, 0.0)
      for (x, y) in zip(points.x, points.y) {
        let error = y + points.yMean - value(model, at: x + points.xMean)
        residual += error * error
        total += y * y
      }
      return total == 0 ? .null : .number(1 - residual / total)
    }
    table = result
  }

  private func coefficients(_ points: CentredPoints) -> [Double] {
    guard !points.isEmpty else { return [] }
    let count = Double(points.x.count)
    let x = points.x.map { $0 + points.xMean }
    let y = points.y.map { $0 + points.yMean }
    let mean = { (values: [Double]) in values.reduce(0, +) / count }
    switch method {
    case .linear, .quad, .poly:
      return polynomial(points, method == .linear ? 1 : method == .quad ? 2 : order)
    case .log:
      let logs = x.map(Elementary.log)
      let (a, b) = CentredPoints.line(
        mean(logs), mean(y), mean(zip(logs, y).map(*)), mean(logs.map { $0 * $0 }))
      return [a, b]
    case .pow:
      let (u, v) = (x.map(Elementary.log), y.map(Elementary.log))
      let (a, b) = CentredPoints.line(
        mean(u), mean(v), mean(zip(u, v).map(*)), mean(u.map { $0 * $0 }))
      return [Elementary.exp(a), b]
    case .exp:
      // Weighted by y, so that the small values of a decay do not rule.
      let logs = y.map(Elementary.log)
      let weight = mean(y)
      let xy = zip(points.x, y).map(*)
      let (a, b) = CentredPoints.line(
        mean(xy) / weight, mean(zip(y, logs).map(*)) / weight,
        mean(zip(xy, logs).map(*)) / weight, mean(zip(points.x, xy).map(*)) / weight)
      return [Elementary.exp(a - b * points.xMean), b]
    }
  }

  private func value(_ model: [Double], at x: Double) -> Double {
    guard !model.isEmpty else { return .nan }
    switch method {
    case .linear, .quad, .poly: return model.reversed().reduce(0) { $0 * x + $1 }
    case .log: return model[0] + model[1] * Elementary.log(x)
    case .exp: return model[0] * Elementary.exp(model[1] * x)
    case .pow: return model[0] * Power.value(x, model[1])
    }
  }

  /// The normal equations of the centred points, solved with pivoting, and moved back.
  private func polynomial(_ points: CentredPoints, _ order: Int) -> [Double] {
    let size = order + 1
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
    for (x, y) in zip(points.x, points.y) {
      var power = 1.0
      for row in 0..<size {
        var product = power
        for column in 0..<size {
          matrix[row][column] += product
          product *= x
        }
        matrix[row][size] += power * y
        power *= x
      }
    }
    for step in 0..<size {
      let pivot = (step..<size).max { abs(matrix[$0][step]) < abs(matrix[$1][step]) } ?? step
      matrix.swapAt(step, pivot)
      // Fewer places across than coefficients: the higher ones stay out.
      guard abs(matrix[step][step]) > 1e-12 else { continue }
      for row in step + 1..<max(size, step + 1) {
        let factor = matrix[row][step] / matrix[step][step]
        for column in step...size { matrix[row][column] -= factor * matrix[step][column] }
      }
    }
    var centred = [Double](repeating: 0, count: size)
    for row in (0..<size).reversed() where abs(matrix[row][row]) > 1e-12 {
      let rest = (row + 1..<max(size, row + 1)).reduce(0) { $0 + matrix[row][$1] * centred[$1] }
      centred[row] = (matrix[row][size] - rest) / matrix[row][row]
    }
    // p(x − m) as powers of x, by Horner's scheme.
    var result = [0.0]
    for coefficient in centred.reversed() {
      var next = [0.0] + result
      for (index, value) in result.enumerated() { next[index] -= value * points.xMean }
      next[0] += coefficient
      result = next
    }
    result = Array(result.prefix(size))
    result[0] += points.yMean
    return result
  }
}
