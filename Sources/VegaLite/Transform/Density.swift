internal import ElementaryFunctions

/// A smooth estimate of how values are spread: a sum of normal curves, one over each value.
struct Density: Transform {
  let place: String
  private let field: String
  private let groups: [String]
  private let isCumulative: Bool
  private let isCounted: Bool
  private let bandwidth: Double
  private let extent: [Double]?
  private let steps: Int
  private let names: [String]

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow([
      "density", "groupby", "cumulative", "counts", "bandwidth", "extent", "minsteps", "maxsteps",
      "steps", "resolve", "as",
    ])
    place = own.path
    field = try own.needText("density")
    groups = try own.texts("groupby") ?? []
    isCumulative = try own.boolean("cumulative") ?? false
    isCounted = try own.boolean("counts") ?? false
    bandwidth = try own.number("bandwidth", parameters) ?? 0
    guard bandwidth >= 0 else { throw own.failure("bandwidth", "must not be below 0") }
    extent = try own.numbers("extent")
    guard extent.map({ $0.count == 2 && $0[0] < $0[1] }) ?? true else {
      throw own.failure("extent", "must be the least and the greatest value")
    }
    steps = try own.whole("steps", 1...1000, parameters) ?? 100
    names = try own.texts("as") ?? ["value", "density"]
    guard names.count == 2 else { throw own.failure("as", "must be two names") }
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let column = try table.column(field, place).map(\.measure)
    let finite = column.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      table = try FittedTable(table, by: groups, names, place) { _ in [] }.table
      return
    }
    let (from, to) = (extent?[0] ?? least, extent?[1] ?? greatest)
    table = try FittedTable(table, by: groups, names, place) { (rows) throws(VegaLiteError) in
      let values = rows.map { column[$0] }.filter(\.isFinite)
      guard !values.isEmpty else { return [] }
      guard values.count <= 400_000_000 / (steps + 1) / 10 else {
        throw VegaLiteError(place, "has \(values.count) values in a group, more than can be drawn")
      }
      let width = bandwidth > 0 ? bandwidth : Self.bandwidth(values)
      let share = isCounted ? 1 : 1 / Double(values.count)
      return (0...steps).map { step in
        let x = from + (to - from) * Double(step) / Double(steps)
        let sum = values.reduce(0) { $0 + kernel((x - $1) / width) }
        return (x, isCumulative ? sum * share : sum * share / width)
      }
    }.table
  }

  private func kernel(_ z: Double) -> Double {
    isCumulative ? Self.cumulative(z) : Elementary.exp(-0.5 * z * z) / 2.5066282746310002
  }

  /// The normal distribution function by a continued fraction and a series, to twelve digits.
  private static func cumulative(_ z: Double) -> Double {
    if z < 0 { return 1 - cumulative(-z) }
    if z > 38 { return 1 }
    let density = Elementary.exp(-0.5 * z * z) / 2.5066282746310002
    if z < 3 {
      var (sum, term) = (z, z)
      for n in 1..<80 {
        term *= z * z / Double(2 * n + 1)
        sum += term
      }
      return 0.5 + density * sum
    }
    var fraction = z
    for n in stride(from: 60, through: 1, by: -1) { fraction = z + Double(n) / fraction }
    return 1 - density / fraction
  }

  /// Scott's rule with the smaller of the deviation and the range of the middle half.
  private static func bandwidth(_ values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = values.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    let sorted = values.sorted()
    let low = Elementary.quantile(0.25, of: sorted)
    let middle = (Elementary.quantile(0.75, of: sorted) - low) / 1.34
    let spread = [min(deviation, middle), deviation, abs(low), 1].first { $0 > 0 } ?? 1
    return 1.06 * spread * Power.value(count, -0.2)
  }
}
