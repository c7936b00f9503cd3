internal import ElementaryFunctions

/// How numbers are written in a report: the same text on every machine.
enum NumberText {
  /// Writes `value` with at most `count` significant digits: `0.0731`, `1.2e-7`, `10000`.
  static func significant(_ value: Double, _ count: Int = 4) -> String {
    guard var number = DecimalDigits(value) else { return special(value) }
    number.round(toSignificant: count)
    // Plain while it is no longer than a reader can take in at a glance, with a power of ten beyond.
    return (-3...7).contains(number.exponent) || number.digits.isEmpty
      ? plain(number, decimals: nil) : scientific(number)
  }

  /// Writes `value` with exactly `decimals` digits behind the point: `97.80`.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard var number = DecimalDigits(value) else { return special(value) }
    number.round(toDecimals: decimals)
    return plain(number, decimals: decimals)
  }

  /// Writes a part of one as a percentage: `97.80%`.
  static func percent(_ value: Double, decimals: Int = 2) -> String {
    guard var number = DecimalDigits(value) else { return special(value) }
    number.exponent += 2
    number.round(toDecimals: decimals)
    return plain(number, decimals: decimals) + "%"
  }

  /// Writes a number with all digits that identify it: for data, not for reading.
  static func exact(_ value: Double) -> String {
    guard let number = DecimalDigits(value) else { return special(value) }
    return (-6...15).contains(number.exponent) || number.digits.isEmpty
      ? plain(number, decimals: nil) : scientific(number)
  }

  /// Adds a sign to a text without one, and replaces the hyphen by a true minus.
  static func signed(_ text: String) -> String {
    if text.hasPrefix("-") { return "−" + text.dropFirst() }
    return text.contains { $0 >= "1" && $0 <= "9" } ? "+" + text : "±" + text
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞"
  }

  /// Writes digits around a point, with as many decimals as asked for or as there are.
  static func plain(_ number: DecimalDigits, decimals: Int?) -> String {
    let digits = number.digits
    var text = number.isNegative ? "-" : ""
    if number.exponent <= 0 {
      text += "0"
    } else {
      for place in 0..<number.exponent { text += String(place < digits.count ? digits[place] : 0) }
    }
    let count = decimals ?? max(digits.count - number.exponent, 0)
    guard count > 0 else { return text }
    text += "."
    for place in number.exponent..<(number.exponent + count) {
      text += String(place >= 0 && place < digits.count ? digits[place] : 0)
    }
    return text
  }

  private static func scientific(_ number: DecimalDigits) -> String {
    var text = number.isNegative ? "-" : ""
    for (place, digit) in number.digits.enumerated() {
      if place == 1 { text += "." }
      text += String(digit)
    }
    return text + "e\(number.exponent - 1)"
  }
}
