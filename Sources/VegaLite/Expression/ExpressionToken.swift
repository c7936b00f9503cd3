/// A word of an expression.
enum ExpressionToken: Hashable {
  case number(Double)
  case text(String)
  case name(String)
  case mark(String)

  /// As it is shown in messages.
  var text: String {
    switch self {
    case .number(let value): Datum.text(of: value)
    case .text(let text): "'\(text.prefix(40))'"
    case .name(let name): String(name.prefix(40))
    case .mark(let mark): mark
    }
  }

  private static let marks = [
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?",
    ":", "(", ")", "[", "]", ",", ".",
  ]

  /// Takes an expression apart.
  static func all(in text: String, _ place: String) throws(VegaLiteError) -> [ExpressionToken] {
    var tokens: [ExpressionToken] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "'" || first == "\"" {
        tokens.append(.text(try quoted(&rest, place)))
      } else if first.isNumber || first == "." && rest.dropFirst().first?.isNumber == true {
        tokens.append(.number(try number(&rest, place)))
      } else if first.isLetter || first == "_" || first == "$" {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        rest = rest.dropFirst(name.count)
        tokens.append(.name(String(name)))
      } else if let mark = marks.first(where: { rest.hasPrefix($0) }) {
        rest = rest.dropFirst(mark.count)
        tokens.append(.mark(mark))
      } else {
        throw VegaLiteError(place, "the expression has “\(first)”, which stands for nothing here")
      }
    }
    return tokens
  }

  private static func number(
    _ rest: inout Substring, _ place: String
  ) throws(VegaLiteError) -> Double {
    if rest.hasPrefix("0x") || rest.hasPrefix("0X") {
      let digits = rest.dropFirst(2).prefix { $0.isASCII && $0.isHexDigit }
      rest = rest.dropFirst(2 + digits.count)
      guard let value = UInt32(digits, radix: 16) else {
        throw VegaLiteError(
          place, "the expression has “0x\(digits.prefix(40))”, which is no number")
      }
      return Double(value)
    }
    var digits = rest.prefix { $0.isASCII && ($0.isHexDigit || $0 == ".") }
    if let exponent = digits.last, exponent == "e" || exponent == "E" {
      let signed = rest.dropFirst(digits.count).prefix { $0 == "-" || $0 == "+" || $0.isNumber }
      digits = rest.prefix(digits.count + signed.count)
    }
    rest = rest.dropFirst(digits.count)
    guard let value = Double(digits) else {
      throw VegaLiteError(place, "the expression has “\(digits.prefix(40))”, which is no number")
    }
    return value
  }

  private static func quoted(
    _ rest: inout Substring, _ place: String
  ) throws(VegaLiteError) -> String {
    let quote = rest.removeFirst()
    var text = ""
    while let letter = rest.popFirst() {
      if letter == quote { return text }
      guard letter == "\\", let escaped = rest.popFirst() else {
        text.append(letter)
        continue
      }
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      default: text.append(escaped)
      }
    }
    throw VegaLiteError(place, "the expression has a text without its second quote")
  }
}
