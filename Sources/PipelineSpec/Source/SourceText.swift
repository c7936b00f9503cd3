/// A text and its lines.
struct SourceText: Sendable {
  /// The file as the user named it, or the option `--set path=value`.
  let name: String

  /// The whole text, without a byte order mark.
  let text: String

  /// Its characters, so that a place is found at once however long the line.
  private let scalars: [Unicode.Scalar]

  /// The characters of each line without its end; a text that ends with a line feed has an empty last
  /// line.
  private let ranges: [Range<Int>]

  init(name: String, text: String) {
    self.name = name
    self.text = text
    let scalars = Array(text.unicodeScalars)
    var ranges: [Range<Int>] = []
    var start = 0
    for (index, scalar) in scalars.enumerated() where scalar == "\n" {
      let endsWithReturn = index > start && scalars[index - 1] == "\r"
      ranges.append(start..<(endsWithReturn ? index - 1 : index))
      start = index + 1
    }
    ranges.append(start..<scalars.count)
    self.scalars = scalars
    self.ranges = ranges
  }

  /// The number of lines, at least 1.
  var lineCount: Int { ranges.count }

  /// The characters of a line, none where there is no such line.
  func line(_ number: Int) -> ArraySlice<Unicode.Scalar> {
    ranges.indices.contains(number - 1) ? scalars[ranges[number - 1]] : []
  }

  /// The text from a location to the end of its line.
  func rest(line: Int, column: Int) -> ArraySlice<Unicode.Scalar> {
    let characters = self.line(line)
    return characters.dropFirst(max(column, 1) - 1)
  }

  /// The nearest place inside the text.
  func clamped(line: Int, column: Int) -> (line: Int, column: Int) {
    let line = min(max(line, 1), lineCount)
    return (line, min(max(column, 1), self.line(line).count + 1))
  }
}
