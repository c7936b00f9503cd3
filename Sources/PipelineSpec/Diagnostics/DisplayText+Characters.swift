extension DisplayText {
  /// `text` with every character that could disturb a terminal written as an escape.
  static func escaped(_ text: String) -> String {
    text.allSatisfy { isHarmless($0) } ? text : text.map(escaped).joined()
  }

  /// A character as it is shown.
  static func escaped(_ character: Character) -> String {
    isHarmless(character)
      ? String(character) : character.unicodeScalars.map(escaped).joined()
  }

  private static func isHarmless(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    guard scalars.count > 1 else { return scalars.first.map(isHarmless) ?? true }
    // Emoji are joined by U+200D, which is harmless between them and nowhere else.
    let isEmoji = scalars.first?.properties.isEmoji == true
    return scalars.allSatisfy { isHarmless($0) || isEmoji && $0 == "\u{200d}" }
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7f }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    isHarmless(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
  }

  /// The number of terminal columns that a harmless character takes: 0, 1 or 2.
  static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.isASCII && character.unicodeScalars.count == 1 { return 1 }
    if first.properties.isEmojiPresentation { return 2 }
    // U+FE0F selects the emoji instead of the text symbol.
    if first.properties.isEmoji, character.unicodeScalars.contains("\u{fe0f}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide(first) ? 2 : 1
    }
  }

  /// The blocks whose East Asian Width is W or F (Unicode Standard Annex #11).
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf,
      0x4e00...0x9fff, 0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18aff,
      0x1b000...0x1b2ff, 0x1f200...0x1f2ff, 0x20000...0x3fffd:
      true
    default: false
    }
  }
}
