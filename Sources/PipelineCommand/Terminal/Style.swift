/// Text with or without colour, by what the stream can show.
struct Style: Sendable {
  let isColored: Bool

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }
  func blue(_ text: String) -> String { wrap(text, "34") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColored ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}

extension String {
  /// The text with control and direction-changing characters shown as escapes.
  ///
  /// Names, tags and messages from files may contain anything; a terminal must get only text.
  var shown: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0a, 0x09: result.unicodeScalars.append(scalar)
      case 0..<0x20, 0x7f..<0xa0, 0x200b...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text in lines that are not wider than `columns`, broken at spaces; all but the first are set in
  /// by `indentation`, where the first one begins.
  ///
  /// - Parameters:
  ///   - columns: The width, or `nil` for one line.
  ///   - indentation: The column at which the text begins.
  /// - Returns: The lines, with line feeds between them.
  func folded(to columns: Int?, indentation: Int) -> String {
    guard let columns, indentation + count > columns, columns - indentation >= 16 else {
      return self
    }
    return split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      .folded(separator: " ", to: columns, indentation: indentation)
  }

  /// The text filled with spaces on the right up to `width` characters.
  func padded(to width: Int) -> String {
    count < width ? self + String(repeating: " ", count: width - count) : self
  }

  /// The text filled with spaces on the left up to `width` characters.
  func leftPadded(to width: Int) -> String {
    count < width ? String(repeating: " ", count: width - count) + self : self
  }
}

extension [String] {
  /// The texts with separators between them, in as many lines as they need.
  ///
  /// - Parameters:
  ///   - separator: The text between two elements of a line.
  ///   - columns: The width of the terminal, or nil for a single line.
  ///   - indentation: The column at which every line begins; the first has it already.
  /// - Returns: The lines, with line feeds between them.
  func folded(separator: String, to columns: Int?, indentation: Int) -> String {
    var result = ""
    var column = indentation
    for text in self {
      if result.isEmpty {
        result = text
      } else if let columns, column + separator.count + text.count > columns {
        result += "\n" + String(repeating: " ", count: indentation) + text
        column = indentation
      } else {
        result += separator + text
        column += separator.count
      }
      column += text.count
    }
    return result
  }
}
