/// The text of a scalar, read as a number by the rules of specs.
struct ScalarText {
  private let text: String

  init(_ text: String) { self.text = text }

  /// A whole number in decimal digits, without leading zeros.
  var integer: Int? { isDecimalInteger ? Int(text) : nil }

  /// A finite number: `1`, `0.5`, `1e-3`; zero never has a sign.
  var number: Double? {
    guard isDecimalNumber, let value = Double(text), value.isFinite else { return nil }
    return value == 0 ? 0 : value
  }

  /// Why a text that looks like a number is not one.
  var trap: String? {
    let lowered = text.lowercased()
    if [".inf", "+.inf", "-.inf", ".nan", "inf", "-inf", "nan", "infinity"].contains(lowered) {
      return "numbers must be finite"
    }
    if isDecimalNumber, let value = Double(text), !value.isFinite {
      return "this is beyond the largest double, about 1.8e308"
    }
    if isDecimalInteger { return "this is beyond ±(2^53−1)" }
    let digits = text.drop { $0 == "-" || $0 == "+" }
    if digits.hasPrefix("0x") || digits.hasPrefix("0o") || digits.hasPrefix("0b") {
      return "write numbers in decimal digits"
    }
    if digits.hasPrefix("0"), digits.count > 1, digits.allSatisfy(\.isWholeNumber) {
      return "write it without leading zeros, which some readers of YAML take for octal"
    }
    if digits.contains("_") || digits.contains(","),
      digits.allSatisfy({ $0.isWholeNumber || $0 == "_" || $0 == "," || $0 == "." })
    {
      return "write it without separators"
    }
    if digits.contains(":"), digits.allSatisfy({ $0.isWholeNumber || $0 == ":" }) {
      return "write the number itself; a colon makes it a time of day"
    }
    if text.hasSuffix("%") { return "write a fraction, such as 0.1 for 10%" }
    return nil
  }

  /// The whole number meant by `1e3` or `10.0`.
  var wholeValue: Int? { number.flatMap { Int(exactly: $0) } }

  private var isDecimalInteger: Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return text.utf8.count - digits.count <= 1 && !digits.isEmpty
      && digits.allSatisfy(Self.isDigit)
      && (digits.first != UInt8(ascii: "0") || digits.count == 1)
  }

  /// `[-+]? (digits [. digits?] | . digits) ([eE] [-+]? digits)?`, without leading zeros.
  private var isDecimalNumber: Bool {
    var rest = text.utf8[...]
    func takeDigits() -> Int {
      let count = rest.prefix(while: Self.isDigit).count
      rest = rest.dropFirst(count)
      return count
    }
    func takeOne(of characters: [Unicode.Scalar]) -> Bool {
      guard let first = rest.first, characters.contains(Unicode.Scalar(first)) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = takeOne(of: ["+", "-"])
    let leading = rest
    let whole = takeDigits()
    guard whole <= 1 || leading.first != UInt8(ascii: "0") else { return false }
    let fraction = takeOne(of: ["."]) ? takeDigits() : 0
    guard whole + fraction > 0 else { return false }
    if takeOne(of: ["e", "E"]) {
      _ = takeOne(of: ["+", "-"])
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
