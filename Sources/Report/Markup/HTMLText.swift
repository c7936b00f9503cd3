/// Text escaped for HTML and SVG, between tags and in quoted attributes.
///
/// Works on Unicode scalars. (An escape by `Character` lets a quote through that a combining mark
/// follows, because the two are one `Character`; a browser still sees the quote.) Characters that
/// would be invisible, turn the direction of writing or drive a terminal are written out as
/// `\u{1B}`, so that readers see what is there.
enum HTMLText {
  /// The most scalars of one text that a page shows; the rest is counted.
  static let limit = 2000

  /// Makes `text` visible and safe between tags and in quoted attributes.
  ///
  /// - Parameters:
  ///   - text: Anything at all.
  ///   - limit: The most scalars shown.
  /// - Returns: Text without a character that markup gives a meaning.
  static func escape(_ text: String, limit: Int = limit) -> String {
    var result = ""
    result.reserveCapacity(min(text.utf8.count, limit) + 64)
    for scalar in visible(text, limit: limit).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Replaces invisible characters and cuts long texts; nothing is escaped.
  static func visible(_ text: String, limit: Int = limit) -> String {
    // Most texts are short and plain: nothing to write out, nothing to count.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      guard count <= limit else { continue }
      if isHidden(scalar), scalar != "\n", scalar != "\t" {
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    if count > limit { result += "… (\(NumberText.count(count)) characters)" }
    return result
  }

  /// JSON for a `script` element: characters that HTML or JavaScript could misread are written
  /// `\uXXXX`, which only strings can hold.
  static func inScript(_ json: String) -> String {
    // Most data are numbers and base64.
    if json.utf8.allSatisfy({ $0 < 0x7F && !Self.isMarkup(Unicode.Scalar($0)) }) { return json }
    var result = ""
    result.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      guard isMarkup(scalar) || scalar.value >= 0x7F else {
        result.unicodeScalars.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let hex = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return result
  }

  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "&", "'": true
    default: false
    }
  }

  /// Whether a scalar is invisible or misleading.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true  // controls
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // direction
    case 0x00AD, 0x180E, 0x200B, 0x2060...0x2064, 0xFEFF: true  // no width
    case 0x2028, 0x2029: true  // line ends that JavaScript and HTML read differently
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true  // annotations and tags
    case 0xFDD0...0xFDEF: true  // noncharacters
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}
