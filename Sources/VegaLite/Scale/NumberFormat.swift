internal import ElementaryFunctions

/// A way to write numbers, in the notation of d3-format: `[[fill]align][sign][$][0][width][,][.precision][~][type]`.
struct NumberFormat: Sendable, Hashable {
  private var fill: Character = " "
  private var align: Character = ">"
  private var sign: Character = "-"
  private var prefix = ""
  private var width = 0
  private var hasGroups = false
  private var precision: Int?
  private var isTrimmed = false
  private var type: Character = " "

  /// Reads a notation; `nil` for what is none.
  init?(_ notation: String) {
    var rest = Substring(notation)
    let aligns: Set<Character> = ["<", ">", "^", "="]
    if let second = rest.dropFirst().first, aligns.contains(second), let first = rest.popFirst() {
      (fill, align) = (first, second)
      rest.removeFirst()
    } else if let first = rest.first, aligns.contains(first) {
      align = rest.removeFirst()
    }
    if let first = rest.first, "+-( ".contains(first) { sign = rest.removeFirst() }
    if rest.first == "$" { prefix = String(rest.removeFirst()) }
    if rest.first == "0" {
      rest.removeFirst()
      (fill, align) = ("0", "=")
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    width = min(Int(digits) ?? 0, 100)
    if rest.first == "," {
      rest.removeFirst()
      hasGroups = true
    }
    if rest.first == "." {
      rest.removeFirst()
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let value = Int(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      precision = min(value, 20)
    }
    if rest.first == "~" {
      rest.removeFirst()
      isTrimmed = true
    }
    if let first = rest.popFirst() {
      guard "efgrs%pdn".contains(first) else { return nil }
      type = first
    }
    guard rest.isEmpty else { return nil }
    if type == "n" { (type, hasGroups) = ("g", true) }
    if type == " " { (type, isTrimmed) = (precision == nil ? " " : "g", true) }
  }

  func text(of value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−Infinity" : "Infinity" }
    var (body, suffix) = digits(abs(value))
    if isTrimmed { body = Self.trimmed(body) }
    let isNegative = value < 0 && body.contains { ("1"..."9").contains($0) }
    if hasGroups { body = Self.grouped(body) }
    let before =
      isNegative ? (sign == "(" ? "(" : "−") : sign == "+" ? "+" : sign == " " ? " " : ""
    body = prefix + body + suffix + (isNegative && sign == "(" ? ")" : "")
    let missing = width - body.count - before.count
    guard missing > 0 else { return before + body }
    let filling = String(repeating: fill, count: missing)
    switch align {
    case "<": return before + body + filling
    case "=": return before + filling + body
    case "^":
      return filling.prefix(missing / 2) + before + body + filling.dropFirst(missing / 2)
    default: return filling + before + body
    }
  }

  private func digits(_ value: Double) -> (String, String) {
    let precision = precision ?? 6
    switch type {
    case "d": return (Decimal(value, decimals: 0).plain, "")
    case "f": return (Decimal(value, decimals: precision).plain, "")
    case "%": return (Decimal(value * 100, decimals: precision).plain, "%")
    case "p": return (Decimal(value * 100, significant: max(precision, 1)).plain, "%")
    case "e": return (Decimal(value, significant: precision + 1).scientific, "")
    case "r": return (Decimal(value, significant: max(precision, 1)).plain, "")
    case "s": return prefixed(value, max(precision, 1))
    case "g":
      let decimal = Decimal(value, significant: max(precision, 1))
      let isPlain = (-6..<max(precision, 1)).contains(decimal.exponent)
      return (isPlain ? decimal.plain : decimal.scientific, "")
    default: return (Datum.text(of: value), "")
    }
  }

  private static let prefixes = [
    "y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y",
  ]

  /// With the prefix of a power of a thousand: `1.5k`.
  private func prefixed(_ value: Double, _ precision: Int) -> (String, String) {
    let decimal = Decimal(value, significant: precision)
    let power = min(max(Int((Double(decimal.exponent) / 3).rounded(.down)), -8), 8)
    return (decimal.shifted(by: -3 * power, significant: precision).plain, Self.prefixes[power + 8])
  }

  private static func trimmed(_ text: String) -> String {
    let parts = text.split(separator: "e", maxSplits: 1)
    guard parts[0].contains(".") else { return text }
    var body = parts[0]
    while body.last == "0" { body = body.dropLast() }
    if body.last == "." { body = body.dropLast() }
    return body + (parts.count == 2 ? "e" + parts[1] : "")
  }

  private static func grouped(_ text: String) -> String {
    let whole = text.prefix { $0.isNumber }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result + text.dropFirst(whole.count)
  }
}

/// A number rounded to the nearest, halves up, with as many digits as were asked for.
private struct Decimal {
  private var digits: DecimalDigits?
  /// The power of ten of the first digit.
  private(set) var exponent: Int
  /// How many digits stand after the point when written plainly.
  private var decimals: Int
  /// How many stand in all when written with an exponent.
  private let significant: Int

  init(_ value: Double, decimals: Int) {
    self.init(value, keeping: decimals) { $0.exponent + decimals }
    self.decimals = decimals
  }

  init(_ value: Double, significant: Int) {
    self.init(value, keeping: significant) { _ in significant }
    decimals = max(significant - 1 - exponent, 0)
  }

  private init(_ value: Double, keeping significant: Int, count: (DecimalDigits) -> Int) {
    self.significant = significant
    decimals = 0
    digits = DecimalDigits(value)
    if let whole = digits {
      digits?.round(toSignificant: count(whole), halvesGoDown: Self.isBelow(value, whole))
    }
    exponent = digits.map { $0.digits.isEmpty ? 0 : $0.exponent - 1 } ?? 0
  }

  /// Whether a number lies below its shortest decimal form: `1.005` does.
  private static func isBelow(_ value: Double, _ decimal: DecimalDigits) -> Bool {
    let places = decimal.digits.count - decimal.exponent
    guard (0...22).contains(places), decimal.digits.count <= 15 else { return false }
    let whole = decimal.digits.reduce(0.0) { $0 * 10 + Double($1) }
    return (-whole).addingProduct(value, Elementary.power(10, places)) < 0
  }

  /// Times a power of ten, with so many digits.
  func shifted(by powers: Int, significant: Int) -> Decimal {
    var result = self
    result.exponent += powers
    result.decimals = max(significant - 1 - result.exponent, 0)
    return result
  }

  private func digit(_ place: Int) -> String {
    guard let digits = digits?.digits, digits.indices.contains(place) else { return "0" }
    return "\(digits[place])"
  }

  var plain: String {
    var text = ""
    for power in stride(from: max(exponent, 0), through: 0, by: -1) {
      text += digit(exponent - power)
    }
    guard decimals > 0 else { return text }
    text += "."
    for power in 1...decimals { text += digit(exponent + power) }
    return text
  }

  var scientific: String {
    let rest = (1..<max(significant, 1)).map(digit).joined()
    return digit(0) + (rest.isEmpty ? "" : ".\(rest)")
      + "e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
  }
}
