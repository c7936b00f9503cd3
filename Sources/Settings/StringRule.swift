/// Which texts a string may be.
public enum StringRule: Hashable, Sendable {
  /// Any text.
  case any
  /// 1 to 64 of `A-Z a-z 0-9 . _ -`, the first a letter, a digit or `_`.
  case name
  /// 64 hexadecimal digits, with or without `sha256:` before them; kept as lowercase digits.
  case sha256
  /// An `https:`, `http:` or `file:` URL.
  case url
  /// One of these words.
  case oneOf([String])
  /// The name of an output file: like a name, of up to 128 characters.
  case outputName
}

extension StringRule {
  /// Why `text` breaks this rule, as the end of a sentence, or `nil` if it follows it.
  package func objection(to text: String) -> String? {
    switch self {
    case .any: nil
    case .name: Self.nameObjection(text, longest: 64)
    case .outputName: Self.nameObjection(text, longest: 128)
    case .sha256:
      Self.digits(of: text).utf8.count == 64 && Self.digits(of: text).allSatisfy(\.isHexDigit)
        && Self.digits(of: text).utf8.count == Self.digits(of: text).count
        ? nil : "must be the 64 hexadecimal digits of a SHA-256"
    case .url: Self.urlObjection(text)
    case .oneOf(let words): words.contains(text) ? nil : "must be one of the words valid here"
    }
  }

  /// The form in which a text that follows the rule is stored: digests lose prefix and capitals.
  package func normalized(_ text: String) -> String {
    self == .sha256 ? Self.digits(of: text).lowercased() : text
  }

  private static func digits(of text: String) -> Substring {
    text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
  }

  private static func nameObjection(_ text: String, longest: Int) -> String? {
    let rule = "may hold only letters A–Z, digits and . _ -"
    guard !text.isEmpty else { return "must not be empty" }
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        continue
      case UInt8(ascii: "."), UInt8(ascii: "-"):
        if index == 0 { return "must begin with a letter, a digit or _" }
      default: return rule
      }
    }
    return text.utf8.count <= longest ? nil : "may be at most \(longest) characters long"
  }

  private static func urlObjection(_ text: String) -> String? {
    guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7f }) else {
      return "must be an ASCII URL without spaces (write a space as %20)"
    }
    for prefix in ["https://", "http://", "file:/"] where text.hasPrefix(prefix) {
      return text.utf8.count > prefix.utf8.count ? nil : "must be a complete URL"
    }
    return "must be a URL that begins with https://, http:// or file:///"
  }
}
