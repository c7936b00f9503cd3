/// A line as a terminal shows it: pieces with their widths in columns.
struct DisplayText {
  /// One piece: a character as shown, where it begins in the source, and how wide it is.
  private struct Piece {
    let text: String
    /// The offset of its first Unicode scalar in the line.
    let offset: Int
    /// The number of columns it takes.
    let width: Int
  }

  private let pieces: [Piece]

  /// The number of Unicode scalars.
  private let length: Int

  /// Whether the line has more before the first piece.
  private let isCut: Bool

  init(_ line: String, isCut: Bool = false) {
    self.isCut = isCut
    var pieces: [Piece] = []
    var offset = 0
    var column = 0
    for character in line {
      let text: String
      let width: Int
      if character == "\t" {
        width = Self.tabStop - column % Self.tabStop
        text = String(repeating: " ", count: width)
      } else {
        text = Self.escaped(character)
        width = text.count == 1 ? Self.width(of: character) : text.count
      }
      pieces.append(Piece(text: text, offset: offset, width: width))
      offset += character.unicodeScalars.count
      column += width
    }
    self.pieces = pieces
    length = offset
  }

  private static let tabStop = 4

  /// The widest excerpt that is shown, in columns.
  private static let widest = 120

  /// The part of the line to show, and the columns in it that `span` takes.
  ///
  /// A line that is too wide is cut on both sides of the span, with `…` for omitted parts.
  ///
  /// - Parameter span: Offsets of Unicode scalars in the line; `nil` shows the beginning.
  /// - Returns: The text to show, and the columns of the span in it.
  func window(around span: Range<Int>?) -> (text: String, columns: Range<Int>) {
    let span = span ?? 0..<0
    // The last piece that begins at or before the span: a caret inside a character points at it.
    var start = (pieces.firstIndex { $0.offset > span.lowerBound } ?? pieces.count) - 1
    if span.lowerBound >= length { start = pieces.count }
    start = max(start, 0)
    var first = 0
    var room = start > 0 ? pieces[..<start].reduce(0) { $0 + $1.width } : 0
    while room > Self.widest * 2 / 3 {
      room -= pieces[first].width
      first += 1
    }
    var text = first > 0 || isCut ? "…" : ""
    var column = first > 0 || isCut ? 1 : 0
    var lower: Int?
    var upper = 0
    var endsEarly = false
    for (index, piece) in pieces.enumerated().dropFirst(first) {
      guard column + piece.width <= Self.widest else {
        endsEarly = true
        break
      }
      if index == start { lower = column }
      text += piece.text
      column += piece.width
      if index >= start, piece.offset < span.upperBound { upper = column }
    }
    let begin = lower ?? column
    return (endsEarly ? text + "…" : text, begin..<max(upper, begin))
  }
}
