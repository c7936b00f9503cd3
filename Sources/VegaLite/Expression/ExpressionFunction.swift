internal import ElementaryFunctions

/// The functions of expressions.
enum ExpressionFunction: String, CaseIterable, Sendable, Hashable {
  case isNaN, isFinite, isValid, isNumber, isString, isBoolean, isArray, isDefined, isDate
  case toNumber, toString, toBoolean, parseFloat, parseInt
  case abs, ceil, floor, round, sqrt, exp, log, pow, sin, cos, tan, min, max, clamp, hypot
  case random, `if`, length, indexof, inrange, slice, substring, lower, upper, trim, pad, truncate
  case split, join, replace, reverse, extent, span, sort, format
  case year, quarter, month, date, day, hours, minutes, seconds, milliseconds, time, datetime
  case timeFormat

  /// Finds a function by its name; those of dates are in UTC with and without `utc`.
  init?(name: String) {
    if name == "utc" {
      self = .datetime
    } else if name == "utcFormat" {
      self = .timeFormat
    } else {
      self.init(rawValue: name.hasPrefix("utc") ? String(name.dropFirst(3)) : name)
    }
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .random: 0...0
    case .pow, .indexof, .join, .split, .format, .timeFormat: 2...2
    case .if, .replace, .clamp: 3...3
    case .slice, .substring: 2...3
    case .inrange: 2...4
    case .pad, .truncate: 2...4
    case .min, .max, .hypot: 1...64
    case .datetime: 1...7
    default: 1...1
    }
  }

  func value(of given: [Datum]) -> Datum {
    let first = given[0]
    switch self {
    case .isNaN: return .boolean(first.number.isNaN)
    case .isFinite: return .boolean(first.number.isFinite)
    case .isValid: return .boolean(!first.isMissing)
    case .isDefined: return .boolean(true)
    case .isNumber: if case .number = first { return .boolean(true) }
    case .isString: if case .text = first { return .boolean(true) }
    case .isBoolean: if case .boolean = first { return .boolean(true) }
    case .isArray: if case .list = first { return .boolean(true) }
    case .isDate: return .boolean(false)
    case .toNumber: return first.measure.isNaN && first.isMissing ? .null : .number(first.measure)
    case .toString: return first == .null ? .null : .text(first.text)
    case .toBoolean:
      return first == .null ? .null : .boolean(first.truth && first != .text("false"))
    case .parseFloat, .parseInt: return .number(Self.parsed(first.text, isWhole: self == .parseInt))
    case .random, .if: return .null
    case .length, .indexof, .inrange, .slice, .substring, .lower, .upper, .trim, .pad, .truncate,
      .split, .join, .replace, .reverse, .extent, .span, .sort:
      return textOrList(given)
    case .format: return .text(NumberFormat(given[1].text)?.text(of: first.number) ?? first.text)
    case .year, .quarter, .month, .date, .day, .hours, .minutes, .seconds, .milliseconds, .time,
      .datetime, .timeFormat:
      return calendar(given)
    default: return .number(mathematics(given.map(\.number)))
    }
    return .boolean(false)
  }

  private func mathematics(_ x: [Double]) -> Double {
    switch self {
    case .abs: Swift.abs(x[0])
    case .ceil: x[0].rounded(.up)
    case .floor: x[0].rounded(.down)
    // Halves go up in JavaScript, below zero too.
    case .round: (x[0] + 0.5).rounded(.down)
    case .sqrt: x[0].squareRoot()
    case .exp: Elementary.exp(x[0])
    case .log: Elementary.log(x[0])
    case .pow: Power.value(x[0], x[1])
    case .sin: Elementary.sine(ofTurns: x[0] / (2 * .pi))
    case .cos: Elementary.cosine(ofTurns: x[0] / (2 * .pi))
    case .tan:
      Elementary.sine(ofTurns: x[0] / (2 * .pi)) / Elementary.cosine(ofTurns: x[0] / (2 * .pi))
    case .min: x.contains(where: \.isNaN) ? .nan : x.reduce(.infinity) { Swift.min($0, $1) }
    case .max: x.contains(where: \.isNaN) ? .nan : x.reduce(-.infinity) { Swift.max($0, $1) }
    case .clamp: Swift.min(Swift.max(x[0], x[1]), x[2])
    case .hypot: x.reduce(0) { $0 + $1 * $1 }.squareRoot()
    default: .nan
    }
  }

  /// The number at the beginning of a text.
  private static func parsed(_ text: String, isWhole: Bool) -> Double {
    let trimmed = text.trimmed
    let letters = isWhole ? "+-0123456789" : "+-.eE0123456789"
    var number = trimmed.prefix { letters.contains($0) }
    while !number.isEmpty {
      if let value = Double(number) { return isWhole ? value.rounded(.towardZero) : value }
      number = number.dropLast()
    }
    return .nan
  }
}

/// Powers without the C library.
enum Power {
  /// `base` to the power `exponent`, as JavaScript has it; whole exponents by multiplying.
  static func value(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 { return 1 }
    if let whole = Int(exactly: exponent), abs(whole) <= 1 << 20 {
      return Elementary.power(base, whole)
    }
    if exponent == 0.5 { return base.squareRoot() }
    if base == 0 { return exponent < 0 ? .infinity : exponent.isNaN ? .nan : 0 }
    return base < 0 ? .nan : Elementary.exp(exponent * Elementary.log(base))
  }
}
