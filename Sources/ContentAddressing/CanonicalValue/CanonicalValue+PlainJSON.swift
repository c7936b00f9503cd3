extension CanonicalValue {
  /// This value as ordinary JSON for people and other programs: doubles as decimal numbers.
  ///
  /// Keys are sorted and nothing depends on the locale, so that equal values print equally. A double
  /// that JSON cannot write becomes `null`, as in JavaScript. Not for hashing: see
  /// ``canonicalBytes()``.
  ///
  /// - Parameter indentation: The number of spaces a level is indented by, or `nil` for one line.
  /// - Returns: The text, without a line feed at its end.
  /// - Complexity: O(*n* log *n*) in the size of the value.
  public func plainJSON(indentation: Int? = nil) -> String {
    var text: [UInt8] = []
    writePlain(into: &text, indentation: indentation, level: 0)
    return String(decoding: text, as: UTF8.self)
  }

  private func writePlain(into text: inout [UInt8], indentation: Int?, level: Int) {
    switch self {
    case .null: text += "null".utf8
    case .boolean(let value): text += (value ? "true" : "false").utf8
    case .integer(let value): text += "\(value)".utf8
    case .double(let value): text += (value.isFinite ? "\(value)" : "null").utf8
    case .string(let value): Self.writePlain(value, into: &text)
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        Self.beginItem(index, into: &text, indentation: indentation, level: level)
        element.writePlain(into: &text, indentation: indentation, level: level + 1)
      }
      Self.endItems(elements.count, "]", into: &text, indentation: indentation, level: level)
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        Self.beginItem(index, into: &text, indentation: indentation, level: level)
        Self.writePlain(member.key, into: &text)
        text += (indentation == nil ? ":" : ": ").utf8
        member.value.writePlain(into: &text, indentation: indentation, level: level + 1)
      }
      Self.endItems(members.count, "}", into: &text, indentation: indentation, level: level)
    }
  }

  private static func beginItem(
    _ index: Int, into text: inout [UInt8], indentation: Int?, level: Int
  ) {
    if index > 0 { text.append(UInt8(ascii: ",")) }
    guard let indentation else { return }
    beginLine(into: &text, blanks: indentation * (level + 1))
  }

  private static func endItems(
    _ count: Int, _ bracket: Unicode.Scalar, into text: inout [UInt8], indentation: Int?, level: Int
  ) {
    if let indentation, count > 0 { beginLine(into: &text, blanks: indentation * level) }
    text.append(UInt8(ascii: bracket))
  }

  private static func beginLine(into text: inout [UInt8], blanks: Int) {
    text.append(UInt8(ascii: "\n"))
    text += repeatElement(UInt8(ascii: " "), count: blanks)
  }

  private static func writePlain(_ string: String, into text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): text += "\\\"".utf8
      case UInt8(ascii: "\\"): text += "\\\\".utf8
      case UInt8(ascii: "\n"): text += "\\n".utf8
      case UInt8(ascii: "\r"): text += "\\r".utf8
      case UInt8(ascii: "\t"): text += "\\t".utf8
      case 0..<0x20, 0x7f: text += "\\u\(hex(UInt16(byte)))".utf8
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
