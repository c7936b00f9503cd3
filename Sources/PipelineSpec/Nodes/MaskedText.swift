/// A text in which every `*` is replaced by another character, column for column.
struct MaskedText {
  /// The text for libyaml.
  private(set) var text: String

  /// Stands for `*`.
  let star: Unicode.Scalar

  init(_ text: String, star: Unicode.Scalar) {
    self.star = star
    guard text.utf8.contains(UInt8(ascii: "*")) else {
      self.text = text
      return
    }
    self.text = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "*" ? star : $0 }))
  }

  /// Replaces the first character of the key at a place, which may be quoted.
  mutating func replaceInKey(line: Int, column: Int, by scalar: Unicode.Scalar) {
    var scalars = Array(text.unicodeScalars)
    var index = 0
    var current = 1
    while current < line, index < scalars.count {
      if scalars[index] == "\n" { current += 1 }
      index += 1
    }
    index += column - 1
    if scalars.indices.contains(index), scalars[index] == "\"" || scalars[index] == "'" {
      index += 1
    }
    guard scalars.indices.contains(index), scalars[index] != "\n" else { return }
    scalars[index] = scalar
    text = String(String.UnicodeScalarView(scalars))
  }

  /// A piece of the text as it was.
  func restored(_ piece: String) -> String {
    guard piece.unicodeScalars.contains(star) else { return piece }
    return String(String.UnicodeScalarView(piece.unicodeScalars.map { $0 == star ? "*" : $0 }))
  }

  /// A private character that `text` does not hold, if there is one.
  static func unusedCharacter(in text: String) -> Unicode.Scalar? {
    let range: ClosedRange<UInt32> = 0xe000...0xf8ff
    // Private characters begin with the bytes EE or EF; most texts have neither.
    guard text.utf8.contains(where: { $0 == 0xee || $0 == 0xef }) else { return "\u{e000}" }
    let used = Set(text.unicodeScalars.lazy.map(\.value).filter(range.contains))
    return range.first { !used.contains($0) }.flatMap(Unicode.Scalar.init)
  }
}
