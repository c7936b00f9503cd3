extension Diagnostic {
  /// The diagnostic as lines of text: message, place, excerpt with caret, notes.
  ///
  /// Nothing of the spec reaches the terminal raw: control and formatting characters are shown as
  /// escapes, tabs as spaces, and the caret is below the character, whatever its width.
  ///
  /// - Parameter color: Whether to emit escape codes for bold and colours.
  /// - Returns: Lines of text without a line feed at the end.
  public func rendered(color: Bool) -> String {
    let style = Style(isOn: color)
    var lines = ["\(style.error("error:")) \(style.strong(DisplayText.escaped(message)))"]
    if let location {
      let place = location.isOverride ? "on the command line" : location.description
      lines.append("  \(DisplayText.escaped(place))")
      lines += excerptLines(at: location, style)
    }
    lines += notes.map { "  \(DisplayText.escaped($0))" }
    return lines.joined(separator: "\n")
  }

  private func excerptLines(at location: SourceLocation, _ style: Style) -> [String] {
    let digits = max(3, excerpt.last.map { "\($0.number)".count + 1 } ?? 3)
    func gutter(_ number: Int?) -> String {
      let text = location.isOverride ? "" : number.map { "\($0)" } ?? ""
      return style.faint("  " + String(repeating: " ", count: digits - text.count) + text + " |")
    }
    var lines: [String] = []
    for line in excerpt.dropLast() {
      let shown = DisplayText(line.text).window(around: nil).text
      lines.append(gutter(line.number) + Self.trimmed(shown))
    }
    guard let line = excerpt.last else { return lines }
    let start = location.column - 1 - line.skipped
    let shown = DisplayText(line.text, isCut: line.skipped > 0)
      .window(around: start..<start + min(width, 400))
    lines.append(gutter(line.number) + Self.trimmed(shown.text))
    let caret = String(repeating: "^", count: max(shown.columns.count, 1))
    let hintText = hint.map { " " + DisplayText.escaped($0) } ?? ""
    lines.append(
      gutter(nil) + " " + String(repeating: " ", count: shown.columns.lowerBound)
        + style.error(caret) + style.strong(hintText))
    return lines
  }

  /// A line after its gutter, without trailing spaces.
  private static func trimmed(_ line: String) -> String {
    var line = " " + line
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// The escape codes of a terminal, or none.
private struct Style {
  let isOn: Bool

  func error(_ text: String) -> String { wrap(text, "1;31") }
  func strong(_ text: String) -> String { wrap(text, "1") }
  func faint(_ text: String) -> String { wrap(text, "2") }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
