/// What somebody wrote about a run, as pages show it.
enum NoteText {
  /// Its lines, without blank ones.
  static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
      .map(String.init)
  }
}
