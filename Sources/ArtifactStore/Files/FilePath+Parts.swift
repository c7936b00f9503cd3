package import SystemPackage

// FilePath's own components are checked in many ways in a debug build, where they take most of the time
// of a test; the paths of a store are plain enough for this.
extension FilePath {
  /// The path without its last component; empty where there is only one.
  package var parent: FilePath {
    let text = string
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == text.utf8.startIndex ? "/" : FilePath(String(text[..<slash]))
  }

  /// The last component.
  package var name: String {
    let text = string
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
    return String(text[text.utf8.index(after: slash)...])
  }
}
