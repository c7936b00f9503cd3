internal import Yams

/// What libyaml finds wrong, in words for people.
struct SyntaxMistake {
  private var message = "the YAML cannot be read"
  private var notes: [String] = []
  private var place: Place

  init(_ error: YamlError, source: Int, sources: Sources) {
    let text = sources.texts[source]
    place = Place(source: source, line: 1, column: 1)
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      place = Self.place(mark, source, text)
      if let column = Self.tab(in: text, at: place.line) {
        place = Place(source: source, line: place.line, column: column)
        message = "a tab cannot indent YAML; use blanks"
        return
      }
      message = Self.sentence(problem)
      // libyaml names the first line where it means nothing in particular.
      if let context, context.mark.line > 1, context.mark.line != place.line {
        notes = ["this belongs to what begins in line \(context.mark.line)"]
      }
    case .duplicatedKeysInMapping(let keys, let context):
      place = Self.place(context.mark, source, text)
      message = "`\(keys.first ?? "")` is set twice in one map; keep one of them"
    case .memory: message = Self.depthSentence
    default: break
    }
  }

  func error(in sources: Sources) -> SpecError {
    SpecError(message, at: place, in: sources, notes: notes)
  }

  private static func place(_ mark: Mark, _ source: Int, _ text: SourceText) -> Place {
    let inside = text.clamped(line: mark.line, column: mark.column)
    return Place(source: source, line: inside.line, column: inside.column)
  }

  /// The column of a tab in the indentation of a line.
  private static func tab(in text: SourceText, at line: Int) -> Int? {
    let indentation = text.line(line).prefix { $0 == " " || $0 == "\t" }
    return indentation.firstIndex(of: "\t").map { $0 - indentation.startIndex + 1 }
  }

  private static let depthSentence =
    "lists and maps are nested more than \(SpecLimits.depth) levels deep"

  private static func sentence(_ problem: String) -> String {
    if problem.hasPrefix("Maximum nesting level") { return depthSentence }
    return sentences[problem] ?? "the YAML cannot be read here: \(problem)"
  }

  private static let sentences: [String: String] = [:]
}
