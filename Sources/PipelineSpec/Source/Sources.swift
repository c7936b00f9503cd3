/// The texts that one spec is read from: the file first, then the overrides.
struct Sources: Sendable {
  /// A text as it is shown, which for an override differs from what is read as YAML.
  private(set) var texts: [SourceText]

  init(_ file: SourceText) { texts = [file] }

  /// Adds a text and returns its index.
  mutating func add(_ text: SourceText) -> Int {
    texts.append(text)
    return texts.count - 1
  }

  func location(_ place: Place) -> SourceLocation {
    SourceLocation(file: texts[place.source].name, line: place.line, column: place.column)
  }

  /// The place of a location in one of these texts.
  func place(_ location: SourceLocation) -> Place? {
    texts.firstIndex { $0.name == location.file }.map {
      Place(source: $0, line: location.line, column: location.column)
    }
  }

  /// The number of scalars that the token at `place` takes on its line, at least 1.
  func width(at place: Place) -> Int {
    let rest = texts[place.source].rest(line: place.line, column: place.column)
    guard let first = rest.first else { return 1 }
    switch first {
    case "[", "{", "|", ">": return 1
    case "\"", "'":
      guard let end = rest.dropFirst().firstIndex(of: first) else { return rest.count }
      return end - rest.startIndex + 1
    default: return Self.plainWidth(rest)
    }
  }

  /// The width of a plain scalar: to a comment, a `: `, a flow indicator or the end of the line.
  private static func plainWidth(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    var width = 0
    var blanks = 0
    scan: for (index, scalar) in zip(text.indices, text) {
      let follower = index + 1 < text.endIndex ? text[index + 1] : " "
      switch scalar {
      case " ", "\t":
        if follower == "#" { break scan }
        blanks += 1
      case ",", "]", "}": break scan
      case ":" where follower == " " || follower == "\t": break scan
      default:
        width += blanks + 1
        blanks = 0
      }
    }
    return max(width, 1)
  }
}
