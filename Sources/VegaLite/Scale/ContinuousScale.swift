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

/// 1, 2 or 5 times a power of ten.
struct RoundStep {
  private let mantissa: Int
  private let exponent: Int

  /// The least that is not below `size`; `nil` for what is no size.
  init?(atLeast size: Double) {
    guard size > 0, size.isFinite else { return nil }
    var exponent = Int((Elementary.log(size) / 2.302585092994046).rounded(.down)) - 1
    while true {
      for mantissa in [1, 2, 5] where Self.scaled(mantissa, exponent) >= size * (1 - 1e-12) {
        (self.mantissa, self.exponent) = (mantissa, exponent)
        return
      }
      exponent += 1
    }
  }

  var value: Double { Self.scaled(mantissa, exponent) }

  /// A multiple, rounded once, so that it is written without a tail of digits.
  func times(_ multiple: Int) -> Double { Self.scaled(mantissa * multiple, exponent) }

  private static func scaled(_ mantissa: Int, _ exponent: Int) -> Double {
    let power = Elementary.power(10, abs(exponent))
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }
}

/// Round moments on an axis of time.
enum TimeTicks {
  private static let steps: [(unit: TimeUnit, every: Int, length: Double)] = [
    (.yearmonthdatehoursminutesseconds, 1, 1e3), (.yearmonthdatehoursminutesseconds, 5, 5e3),
    (.yearmonthdatehoursminutesseconds, 15, 15e3), (.yearmonthdatehoursminutesseconds, 30, 30e3),
    (.yearmonthdatehoursminutes, 1, 60e3), (.yearmonthdatehoursminutes, 5, 300e3),
    (.yearmonthdatehoursminutes, 15, 900e3), (.yearmonthdatehoursminutes, 30, 1800e3),
    (.yearmonthdatehours, 1, 3600e3), (.yearmonthdatehours, 3, 10_800e3),
    (.yearmonthdatehours, 6, 21_600e3), (.yearmonthdatehours, 12, 43_200e3),
    (.yearmonthdate, 1, 86_400e3), (.yearmonthdate, 2, 172_800e3), (.yearmonthdate, 7, 604_800e3),
    (.yearmonth, 1, 2_592e6), (.yearmonth, 2, 5_184e6), (.yearquarter, 1, 7_776e6),
    (.year, 1, 31_536e6),
    (.year, 2, 63_072e6), (.year, 5, 157_680e6), (.year, 10, 315_360e6), (.year, 50, 1_576_800e6),
  ]

  static func ticks(
    _ lower: Double, _ upper: Double, about count: Int
  ) -> [(value: Double, label: String)] {
    let rough = (upper - lower) / Double(max(count, 1))
    guard rough > 0, rough.isFinite,
      let step = steps.first(where: { $0.length >= rough }) ?? steps.last
    else { return [] }
    var ticks: [(Double, String)] = []
    var value = step.unit.floor(lower)
    var number = 0
    while value.isFinite, value <= upper, number < 5000 {
      if value >= lower, isRound(value, step.unit, step.every) {
        ticks.append((value, Words.moment(value, step.unit)))
      }
      value = step.unit.end(of: value)
      number += 1
    }
    return ticks.count <= 40
      ? ticks : stride(from: 0, to: ticks.count, by: ticks.count / 20).map { ticks[$0] }
  }

  private static func isRound(_ value: Double, _ unit: TimeUnit, _ every: Int) -> Bool {
    guard every > 1, let calendar = Calendar(value) else { return true }
    switch unit {
    case .year: return calendar.year % every == 0
    case .yearmonth: return calendar.month % every == 0
    case .yearmonthdate: return (calendar.date - 1) % every == 0
    case .yearmonthdatehours: return calendar.hours % every == 0
    case .yearmonthdatehoursminutes: return calendar.minutes % every == 0
    default: return calendar.seconds % every == 0
    }
  }
}

/// How values are written.
enum Words {
  private static let round = NumberFormat(",.6~r")
  private static let small = NumberFormat(".4~e")

  static func number(_ value: Double) -> String {
    let size = abs(value)
    let isPlain = value == 0 || size >= 1e-4 && size < 1e15
    return (isPlain ? round : small)?.text(of: value) ?? Datum.text(of: value)
  }

  static func moment(_ time: Double, _ unit: TimeUnit?) -> String {
    guard let calendar = Calendar(time) else { return "" }
    if let unit { return calendar.text(unit.pattern) }
    let rest = time - (time / Calendar.dayLength).rounded(.down) * Calendar.dayLength
    if rest == 0 { return calendar.text("%Y-%m-%d") }
    return calendar.text(calendar.seconds == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S")
  }

  /// A value of a column.
  static func text(_ value: Datum, of field: FieldDefinition?) -> String {
    if value.isMissing { return "–" }
    if let pattern = field?.guide.format {
      if field?.isMoment == true {
        return Calendar(value.moment)?.text(pattern) ?? value.text
      }
      if case .number(let number) = value, let format = NumberFormat(pattern) {
        return format.text(of: number)
      }
    }
    if field?.isMoment == true { return moment(value.moment, field?.timeUnit) }
    if case .number(let value) = value { return number(value) }
    return value.text
  }
}
