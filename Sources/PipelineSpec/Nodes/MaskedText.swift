/// A text in which every `*` is replaced by another character, column for column.
struct MaskedText {
  /// The text for libyaml.
  let text: String

  /// Replaces `*`.
  let star: Unicode.Scalar

  init(_ text: String, star: Unicode.Scalar) {
    self.star = star
    guard text.utf8.contains(UInt8(ascii: "*")) else {
      self.text = text
      return
    }
    self.text = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "*" ? star : $0 }))
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
