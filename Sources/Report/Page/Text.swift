/// Words in the number that goes with a count.
enum Text {
  /// `1 run`, `2 runs`.
  static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    NumberText.count(count) + " " + (count == 1 ? noun : plural ?? noun + "s")
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The text cut behind each `.`, `_` and `/`: where a long name may be broken.
  static func segments(_ text: String) -> [String] {
    var segments: [String] = []
    var segment = ""
    for scalar in text.unicodeScalars {
      segment.unicodeScalars.append(scalar)
      if scalar == "." || scalar == "_" || scalar == "/" {
        segments.append(segment)
        segment = ""
      }
    }
    return segment.isEmpty ? segments : segments + [segment]
  }

  /// What ` · ` parts, a line each; what `, ` parts, with short parts in one piece: `1 × 28 × 28`.
  static func inLines(_ text: String) -> String {
    text.replacing(" · ", with: "\n")
      .split(separator: ", ", omittingEmptySubsequences: false)
      .map { $0.count <= 14 && !$0.contains("\n") ? $0.replacing(" ", with: "\u{A0}") : $0 }
      .joined(separator: ", ")
  }

  /// The text with a capital first letter.
  static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// `sha256:0123456789ab…` for the eye; the whole digest is in the table.
  static func shortDigest(_ digest: String) -> String {
    let hex = digest.hasPrefix("sha256:") ? digest.dropFirst(7) : digest[...]
    return hex.count > 12 ? String(hex.prefix(12)) : String(hex)
  }

  /// The lines of a note, without blank ones.
  static func noteLines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
      .map(String.init)
  }

  /// The paragraphs of a text, separated by blank lines.
  static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    let all: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false) + [""]
    for line in all {
      if line.allSatisfy(\.isWhitespace) {
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        lines = []
      } else {
        lines.append(line)
      }
    }
    return paragraphs
  }
}

extension String {
  /// The text, or `nil` when there is none.
  var nonEmpty: String? { isEmpty ? nil : self }
}
