/// The association of settings and metrics over the compared runs.
///
/// For a setting of numbers the rank correlation (Spearman's ρ, ties by their mean rank); for any other the
/// part of the metric's variance between its values, corrected for chance (ε²).
struct SettingEffects {
  /// One setting and one metric.
  enum Effect: Equatable {
    /// From −1 to 1.
    case correlation(Double)
    /// From 0 to 1.
    case share(Double)

    var strength: Double {
      switch self {
      case .correlation(let value): abs(value)
      // A share of variance is the square of what a correlation is.
      case .share(let value): value.squareRoot()
      }
    }
  }

  struct Row {
    var name: String
    var effects: [Effect?]
  }

  /// The smallest number of runs for an association.
  static let leastRuns = 5
  private static let metricLimit = 4
  private static let settingLimit = 20

  var metrics: [Comparison.MetricRow]
  /// The strongest by the first metric first.
  var rows: [Row]

  init?(_ comparison: Comparison) {
    guard comparison.runs.count >= Self.leastRuns, comparison.isComparable else { return nil }
    metrics = Array(comparison.metrics.filter { $0.goal != .none }.prefix(Self.metricLimit))
    let differing = comparison.settings.filter(\.differs)
    let names = RunLabels.shortNames(differing.map(\.name))
    let metrics = metrics
    let found = zip(names, differing).compactMap { name, row -> Row? in
      let effects = metrics.map { Self.effect(of: row.values, on: $0.values.map { $0?.last }) }
      return effects.contains { $0 != nil } ? Row(name: name, effects: effects) : nil
    }
    let strength = { (row: Row) in row.effects.lazy.compactMap { $0?.strength }.first ?? 0 }
    let order = found.indices.sorted { (strength(found[$1]), $0) < (strength(found[$0]), $1) }
    rows = order.prefix(Self.settingLimit).map { found[$0] }
    guard !rows.isEmpty else { return nil }
  }

  /// `nil` if too few runs have both, or nothing varies, or each run has a value of its own.
  static func effect(of setting: [String?], on metric: [Double?]) -> Effect? {
    let known = zip(setting, metric).compactMap { text, value -> (text: String, value: Double)? in
      guard let text, let value, value.isFinite else { return nil }
      return (text, value)
    }
    guard known.count >= leastRuns else { return nil }
    let numbers = known.compactMap { Double($0.text) }.filter(\.isFinite)
    if numbers.count == known.count {
      return correlation(ranks(numbers), ranks(known.map(\.value))).map { .correlation($0) }
    }
    return share(known).map { .share($0) }
  }

  /// The place of each value among all, from 1; equal values have the mean of their places.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }

  static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    let (meanX, meanY) = (mean(x), mean(y))
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
      xy += (a - meanX) * (b - meanY)
    }
    guard xx > 0, yy > 0 else { return nil }
    return min(max(xy / (xx * yy).squareRoot(), -1), 1)
  }

  private static func share(_ known: [(text: String, value: Double)]) -> Double? {
    var names: [String] = []
    for entry in known where !names.contains(entry.text) { names.append(entry.text) }
    let (count, groups) = (known.count, names.count)
    guard groups > 1, groups < count else { return nil }
    let all = mean(known.map(\.value))
    var (total, within) = (0.0, 0.0)
    for name in names {
      let values = known.filter { $0.text == name }.map(\.value)
      let own = mean(values)
      for value in values {
        total += (value - all) * (value - all)
        within += (value - own) * (value - own)
      }
    }
    guard total > 0 else { return nil }
    return max(0, 1 - within / total * Double(count - 1) / Double(count - groups))
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }
}

extension SettingEffects {
  /// The table of effects, each number behind a bar of its strength.
  var table: TableView {
    TableView(
      name: "Settings and the metrics that go with them",
      columns: [.init(name: "Setting")] + metrics.map { .init(name: $0.name, isNumber: true) },
      rows: rows.map { row in
        [.head(row.name)]
          + row.effects.map { effect in
            guard let effect else { return .number("–") }
            return .number(Self.words(effect), bar: effect.strength)
          }
      }, isSortable: true)
  }

  private static func words(_ effect: Effect) -> String {
    switch effect {
    case .correlation(let value): "ρ " + NumberText.signed(NumberText.fixed(value, decimals: 2))
    case .share(let value): "ε² " + NumberText.fixed(value, decimals: 2)
    }
  }
}
