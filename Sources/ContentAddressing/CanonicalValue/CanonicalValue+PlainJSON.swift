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
    var text = ""
    writePlain(into: &text, indentation: indentation, level: 0)
    return text
  }

  private func writePlain(into text: inout String, indentation: Int?, level: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .double(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.writePlain(value, into: &text)
    case .array(let elements):
      let items = elements.map { element in
        { (text: inout String) in
          element.writePlain(into: &text, indentation: indentation, level: level + 1)
        }
      }
      Self.writeList(items, "[", "]", into: &text, indentation: indentation, level: level)
    case .object(let members):
      let items = members.sorted { $0.key < $1.key }.map { key, value in
        { (text: inout String) in
          Self.writePlain(key, into: &text)
          text += indentation == nil ? ":" : ": "
          value.writePlain(into: &text, indentation: indentation, level: level + 1)
        }
      }
      Self.writeList(items, "{", "}", into: &text, indentation: indentation, level: level)
    }
  }

  private static func writeList(
    _ items: [(inout String) -> Void], _ open: String, _ close: String, into text: inout String,
    indentation: Int?, level: Int
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indentation {
        text += "\n" + String(repeating: " ", count: indentation * (level + 1))
      }
      item(&text)
    }
    if let indentation, !items.isEmpty {
      text += "\n" + String(repeating: " ", count: indentation * level)
    }
    text += close
  }

  private static func writePlain(_ string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        text += "\\u" + hex(UInt16(scalar.value))
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
