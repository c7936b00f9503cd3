/// A command line that can be pasted into a shell.
package struct CommandLineText: CustomStringConvertible {
  let words: [String]

  package init(_ words: [String]) { self.words = words }

  package var description: String { words.map(Self.quoted).joined(separator: " ") }

  /// The word as it is where no shell changes it, otherwise between single quotes.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "+", "=", ":", ",", ".", "/", "@", "%": true
      default: false
      }
    }
    guard !isPlain || word.isEmpty else { return word }
    if word.unicodeScalars.contains(where: isHidden) { return escaped(word) }
    var text = "'"
    for scalar in word.unicodeScalars {
      if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
    }
    return text + "'"
  }

  /// Whether the character controls the terminal or the text direction instead of being shown.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x200b...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: false
    }
  }

  /// The word in the quotes of bash, zsh and ksh that know escapes.
  private static func escaped(_ word: String) -> String {
    var text = "$'"
    for scalar in word.unicodeScalars {
      switch scalar {
      case "'", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case _ where isHidden(scalar):
        // Three digits each: what follows can be one, too.
        for byte in String(scalar).utf8 {
          let digits = String(byte, radix: 8)
          text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}
