/// One error in a spec: what, where, and how to correct it.
public struct Diagnostic: Hashable, Sendable {
  /// What is wrong, as a sentence without a full stop.
  ///
  /// Names are in backquotes.
  public let message: String

  /// Where, or `nil` for an error of the file as a whole.
  public let location: SourceLocation?

  /// The number of Unicode scalars that are marked, at least 1.
  public let width: Int

  /// The text beside the caret, such as a suggestion.
  public let hint: String?

  /// Further sentences below the excerpt, such as what is valid there.
  public let notes: [String]

  /// The lines shown: the one of the mistake is the last.
  let excerpt: [ExcerptLine]

  /// One line of the source with its number, or a part of a very long one.
  struct ExcerptLine: Hashable, Sendable {
    let number: Int
    let text: String
    /// The Unicode scalars of the line before `text`.
    let skipped: Int
  }
}

extension Diagnostic {
  /// Shows the location of a finding and, if it is not blank, the line before.
  init(_ finding: Finding, in sources: Sources) {
    message = finding.message
    hint = finding.hint
    notes = finding.notes
    guard let place = finding.place else {
      location = nil
      width = 1
      excerpt = []
      return
    }
    let text = sources.texts[place.source]
    location = sources.location(place)
    width = max(finding.width ?? sources.width(at: place), 1)
    var excerpt: [ExcerptLine] = []
    if text.line(place.line - 1).contains(where: { $0 != " " && $0 != "\t" }) {
      excerpt.append(text.excerpt(line: place.line - 1, around: 1))
    }
    excerpt.append(text.excerpt(line: place.line, around: place.column))
    self.excerpt = excerpt
  }
}

extension SourceText {
  /// The part of a line to show: enough on both sides of a column, whatever the line's length.
  fileprivate func excerpt(line number: Int, around column: Int) -> Diagnostic.ExcerptLine {
    let line = self.line(number)
    let skipped = max(column - Self.context, 0)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: line.dropFirst(skipped).prefix(2 * Self.context))
    return .init(number: number, text: String(text), skipped: skipped)
  }

  /// The scalars kept on each side: more than a screen is wide.
  private static let context = 400
}
