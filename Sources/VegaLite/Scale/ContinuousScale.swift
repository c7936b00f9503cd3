internal import ElementaryFunctions

/// Numbers along an axis, a ramp or a range of sizes: 0 at the beginning, 1 at the end.
struct ContinuousScale: Sendable, Hashable {
  var kind: ScaleDefinition.Kind
  var lower: Double
  var upper: Double
  var exponent: Double
  var base: Double
  var constant: Double
  var isReversed: Bool
  /// Written as dates.
  var isTime: Bool

  /// Makes a scale over values.
  ///
  /// - Throws: ``VegaLiteError`` for a logarithm without positive values.
  init(
    _ definition: ScaleDefinition, over values: [Double], isTime: Bool, hasZero: Bool, isNice: Bool,
    _ place: String
  ) throws(VegaLiteError) {
    let kind = definition.kind ?? .linear
    self.kind = kind
    (exponent, base, constant) = (definition.exponent, definition.base, definition.constant)
    isReversed = definition.isReversed
    self.isTime = isTime
    let usable = values.filter { $0.isFinite && (kind != .log || $0 > 0) }
    var low = usable.min()
    var high = usable.max()
    if let domain = definition.domain, !domain.isEmpty {
      let ends = domain.map { isTime ? $0.moment : $0.measure }
      guard ends.count >= 2, ends.allSatisfy(\.isFinite) else {
        throw VegaLiteError(place + ".scale.domain", "must be two numbers")
      }
      (low, high) = (ends.min(), ends.max())
      if ends[0] > ends[ends.count - 1] { isReversed.toggle() }
    } else if hasZero, kind != .log {
      low = low.map { Swift.min($0, 0) }
      high = high.map { Swift.max($0, 0) }
    }
    if let least = definition.domainMin { low = least }
    if let greatest = definition.domainMax { high = greatest }
    guard let low, let high else {
      (lower, upper) = kind == .log ? (1, 10) : (0, 1)
      return
    }
    guard kind != .log || low > 0 else {
      throw VegaLiteError(place + ".scale.domain", "a logarithm begins above 0")
    }
    (lower, upper) = (low, high)
    let isSaid = definition.domain != nil
    if upper <= lower {
      (lower, upper) =
        kind == .log
        ? (lower / base, lower * base)
        : lower == 0 ? (-0.5, 0.5) : (lower - abs(lower) / 2, lower + abs(lower) / 2)
    } else if definition.nice ?? (isNice && !isSaid), !isTime {
      makeNice(definition)
    }
  }

  private mutating func makeNice(_ definition: ScaleDefinition) {
    var ends = (lower, upper)
    if kind == .log {
      let logarithm = Elementary.log(base)
      let down = (Elementary.log(lower) / logarithm + 1e-12).rounded(.down)
      let up = (Elementary.log(upper) / logarithm - 1e-12).rounded(.up)
      ends = (
        Elementary.power(base, Int(clamping: down)), Elementary.power(base, Int(clamping: up))
      )
    } else if let step = RoundStep(atLeast: (upper - lower) / 10) {
      ends = (
        (lower / step.value + 1e-9).rounded(.down) * step.value,
        (upper / step.value - 1e-9).rounded(.up) * step.value
      )
    }
    if definition.domainMin == nil { lower = ends.0 }
    if definition.domainMax == nil { upper = ends.1 }
  }

  private func bent(_ value: Double) -> Double {
    switch kind {
    case .log: return value > 0 ? Elementary.log(value) : .nan
    case .sqrt, .pow:
      let size = Power.value(abs(value), exponent)
      return value < 0 ? -size : size
    case .symlog:
      let size = Elementary.log(1 + abs(value) / constant)
      return value < 0 ? -size : size
    default: return value
    }
  }

  /// Where a value stands, 0 … 1 within the range; NaN where it has no place.
  func part(_ value: Double) -> Double {
    let from = bent(lower)
    let part = (bent(value) - from) / (bent(upper) - from)
    return isReversed ? 1 - part : part
  }

  /// Where bars begin: at zero, or at the end of an axis without it.
  var baseline: Double {
    if kind == .log || lower > 0 { return part(lower) }
    return upper < 0 ? part(upper) : part(0)
  }

  /// Values with labels.
  func ticks(about count: Int) -> [(value: Double, label: String)] {
    if isTime { return TimeTicks.ticks(lower, upper, about: count) }
    if kind == .log { return logarithmicTicks(about: count) }
    guard let step = RoundStep(atLeast: (upper - lower) / Double(Swift.max(count, 1))) else {
      return []
    }
    let first = (lower / step.value - 1e-9).rounded(.up)
    let last = (upper / step.value + 1e-9).rounded(.down)
    guard first.isFinite, last - first < 1000, abs(first) < 1e15, abs(last) < 1e15 else {
      return []
    }
    return stride(from: Int(first), through: Int(last), by: 1).map { multiple in
      let value = step.times(multiple)
      return (value, Words.number(value))
    }
  }

  private func logarithmicTicks(about count: Int) -> [(value: Double, label: String)] {
    let logarithm = Elementary.log(base)
    let down = Int(clamping: (Elementary.log(lower) / logarithm + 1e-9).rounded(.down))
    let up = Int(clamping: (Elementary.log(upper) / logarithm - 1e-9).rounded(.up))
    let every = Swift.max((up - down) / Swift.max(count, 1), 1)
    let factors: [Double] = base == 10 && up - down <= 2 ? [1, 2, 5] : [1]
    var ticks: [(Double, String)] = []
    for power in stride(from: down, through: up, by: every) {
      for factor in factors {
        let value =
          power < 0
          ? factor / Elementary.power(base, -power) : factor * Elementary.power(base, power)
        if value >= lower * (1 - 1e-9), value <= upper * (1 + 1e-9) {
          ticks.append((value, Words.number(value)))
        }
      }
    }
    return ticks
  }
}
