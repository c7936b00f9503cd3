internal import ElementaryFunctions

/// A value of a table, or of an expression over one; numbers and texts turn into each other as in JavaScript,
/// the language in which expressions of Vega are written.
public enum Datum: Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([Datum])
  case geometry(Geometry)

  /// The number that JavaScript makes of it: NaN for a text that is none.
  public var number: Double {
    switch self {
    case .null: return 0
    case .boolean(let value): return value ? 1 : 0
    case .number(let value): return value
    case .text(let text):
      let trimmed = text.trimmed
      return trimmed.isEmpty ? 0 : Double(trimmed) ?? .nan
    case .list, .geometry: return .nan
    }
  }

  /// The number where there is one; NaN for what is missing.
  public var measure: Double {
    switch self {
    case .null, .text(""): .nan
    default: number
    }
  }

  /// Whether it counts as true in a condition.
  var truth: Bool {
    switch self {
    case .null: false
    case .boolean(let value): value
    case .number(let value): !(value == 0 || value.isNaN)
    case .text(let text): !text.isEmpty
    case .list, .geometry: true
    }
  }

  /// What is written for it.
  public var text: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let value): Self.text(of: value)
    case .text(let text): text
    case .list(let elements): elements.map(\.text).joined(separator: ",")
    case .geometry: "[object Object]"
    }
  }

  /// What tells values apart when rows are put into groups; NaN is equal to itself here.
  var key: String {
    switch self {
    case .null: "0"
    case .boolean(let value): "b\(value)"
    case .number(let value): "n" + Self.text(of: value)
    case .text(let text): "t" + text
    case .list(let elements): "l" + elements.map(\.key).joined(separator: "\u{1f}")
    case .geometry(let geometry): "g\(geometry.fingerprint)"
    }
  }

  var isMissing: Bool {
    switch self {
    case .null: true
    case .number(let value): value.isNaN
    default: false
    }
  }

  /// A number with the fewest digits that tell it apart, as ECMAScript writes it (ECMA-262, Number::toString).
  static func text(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return "0" }
    guard let decimal = DecimalDigits(value) else { return "0" }
    let sign = value < 0 ? "-" : ""
    let digits = decimal.digits.map { "\($0)" }.joined()
    let point = decimal.exponent
    let zeros = { (count: Int) in String(repeating: "0", count: count) }
    switch point {
    case digits.count...21 where point > 0:
      return sign + digits + zeros(point - digits.count)
    case 1...21: return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0: return sign + "0." + zeros(-point) + digits
    default:
      let rest = digits.dropFirst()
      let power = point - 1
      return sign + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
        + "e\(power < 0 ? "-" : "+")\(abs(power))"
    }
  }

  /// Numbers by value, the rest as texts, what is missing first: the order of Vega's `sort`.
  static func isAscending(_ left: Datum, _ right: Datum) -> Bool { order(left, right) < 0 }

  /// −1, 0 or 1.
  static func order(_ left: Datum, _ right: Datum) -> Int {
    switch (left.isMissing, right.isMissing) {
    case (true, true): return 0
    case (true, false): return -1
    case (false, true): return 1
    default: break
    }
    if case .text(let a) = left, case .text(let b) = right { return a < b ? -1 : a == b ? 0 : 1 }
    let (a, b) = (left.number, right.number)
    if a.isNaN || b.isNaN {
      return left.text < right.text ? -1 : left.text == right.text ? 0 : 1
    }
    return a < b ? -1 : a == b ? 0 : 1
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: Substring {
    var part = Substring(self)
    while part.first?.isWhitespace == true { part = part.dropFirst() }
    while part.last?.isWhitespace == true { part = part.dropLast() }
    return part
  }
}
