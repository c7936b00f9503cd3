internal import ElementaryFunctions

/// What is made of the values of many rows.
enum AggregateOperation: String, CaseIterable, Sendable, Hashable {
  case count, valid, missing, distinct, sum, product, mean, average, variance, variancep, stdev
  case stdevp, stderr, median, q1, q3, min, max, ci0, ci1

  static let names = allCases.map(\.rawValue)

  /// Sums of parts are sums of the whole: what bars may be stacked of.
  var isSummative: Bool { self == .sum || self == .count || self == .valid || self == .missing }

  /// The value over some rows; null where it is undefined.
  func value(of all: [Datum]) -> Datum {
    let valid = all.filter { !$0.isMissing && $0 != .text("") }
    switch self {
    case .count: return .number(Double(all.count))
    case .valid: return .number(Double(valid.count))
    case .missing: return .number(Double(all.count { $0 == .null || $0 == .text("") }))
    case .distinct: return .number(Double(Set(all.map(\.key)).count))
    case .min, .max:
      var best: Datum?
      for value in valid {
        let order = best.map { Datum.order(value, $0) } ?? (self == .min ? -1 : 1)
        if self == .min ? order < 0 : order > 0 { best = value }
      }
      return best ?? .null
    default:
      let numbers = valid.map(\.number)
      guard !numbers.isEmpty else { return .null }
      return number(of: numbers).map { .number($0) } ?? .null
    }
  }

  /// The means of samples drawn with replacement, sorted: the bootstrap (Efron 1979), the same each time.
  ///
  /// A thousand samples as in Vega, and a hundred at least where there are very many values.
  private static func means(ofSamples x: [Double]) -> [Double] {
    var stream = FixedStream(seed: "bootstrap")
    let count = Double(x.count)
    let samples = Swift.min(1000, Swift.max(100, 20_000_000 / x.count))
    return (0..<samples).map { _ in
      var sum = 0.0
      for _ in x.indices { sum += x[Swift.min(Int(stream.next() * count), x.count - 1)] }
      return sum / count
    }.sorted()
  }

  private func number(of x: [Double]) -> Double? {
    let count = Double(x.count)
    switch self {
    case .sum: return x.reduce(0, +)
    case .product: return x.reduce(1, *)
    case .median: return Elementary.quantile(0.5, of: x.sorted())
    case .q1: return Elementary.quantile(0.25, of: x.sorted())
    case .q3: return Elementary.quantile(0.75, of: x.sorted())
    case .ci0: return Elementary.quantile(0.025, of: Self.means(ofSamples: x))
    case .ci1: return Elementary.quantile(0.975, of: Self.means(ofSamples: x))
    default: break
    }
    let mean = x.reduce(0, +) / count
    if self == .mean || self == .average { return mean }
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    switch self {
    case .variancep: return x.count > 1 ? squares / count : nil
    case .stdevp: return x.count > 1 ? (squares / count).squareRoot() : nil
    case .variance: return x.count > 1 ? squares / (count - 1) : nil
    case .stdev: return x.count > 1 ? (squares / (count - 1)).squareRoot() : nil
    case .stderr: return x.count > 1 ? (squares / (count * (count - 1))).squareRoot() : nil
    default: return nil
    }
  }
}
