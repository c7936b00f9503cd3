/// A command line as somebody can paste it into a shell.
struct CommandLineText: CustomStringConvertible {
  var words: [String]

  init(_ words: [String]) { self.words = words }

  var description: String { words.map(Self.quoted).joined(separator: " ") }

  /// The word as it is where no shell changes it, otherwise between single quotes.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "+", "=", ":", ",", ".", "/", "@", "%": true
      default: false
      }
    }
    guard !isPlain || word.isEmpty else { return word }
    var text = "'"
    for scalar in word.unicodeScalars {
      if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
    }
    return text + "'"
  }
}
