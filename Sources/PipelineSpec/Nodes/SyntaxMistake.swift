internal import YAML

/// An error of libyaml, in words for people.
struct SyntaxMistake {
  private let message: String
  private let place: Place
  /// The number of characters to mark; `nil` for the token at the place.
  private let width: Int?
  private let notes: [String]

  /// Puts an error into words.
  init(_ error: YAMLError, source: Int, text: SourceText) {
    let place = Self.place(error.mark, source, text)
    switch error.problem {
    case .syntax(let problem, let context, let start):
      self.init(
        problem, at: place, during: context ?? "", from: start.map { Self.place($0, source, text) },
        isBelow: start.map { error.mark.line > $0.line } ?? false, text: text)
    case .secondDocument:
      self.init("a file holds one spec; delete what follows `---`", at: place)
    case .tooDeep: self.init(Self.depthSentence, at: place)
    case .outOfMemory: self.init("there is not enough memory to read this", at: place)
    }
  }

  private init(_ message: String, at place: Place, width: Int? = nil, notes: [String] = []) {
    self.message = message
    self.place = place
    self.width = width
    self.notes = notes
  }

  func add(to findings: inout Findings) {
    findings.add(message, at: place, width: width, notes: notes)
  }

  /// `isBelow` is whether libyaml failed below the line of `start`; to it, the end of the text is a
  /// line of its own.
  private init(
    _ problem: String, at place: Place, during context: String, from start: Place?,
    isBelow: Bool, text: SourceText
  ) {
    if let column = Self.tab(in: text, at: place.line) {
      self.init(
        "YAML cannot be indented with tabs; use spaces",
        at: Place(source: place.source, line: place.line, column: column), width: 1)
      return
    }
    if let (place, code) = Self.foreignBlank(in: text, near: place) {
      self.init(
        "U+\(code) looks like a space, but YAML does not accept it; replace it with an ordinary space",
        at: place, width: 1)
      return
    }
    if let start, let sentence = Self.opened[context], isBelow {
      self.init(
        sentence, at: start,
        notes: place.line > start.line
          ? ["the YAML cannot be read from line \(place.line) on"] : [])
      return
    }
    if problem == "could not find expected ':'", let start {
      // The name without a colon is where the scanner began to look for one.
      self = Self.missingColon(at: start, text)
      return
    }
    if problem == "mapping values are not allowed in this context",
      let mistake = Self.misplacedColon(at: place, text)
    {
      self = mistake
      return
    }
    if context.contains("directive") || problem.contains("directive") {
      self.init(
        "a line that begins with `%` is a directive of YAML; quote the text, or delete the line",
        at: Place(source: place.source, line: place.line, column: 1))
      return
    }
    if context.hasSuffix("a tag") {
      self.init(Self.tagSentence, at: place)
      return
    }
    if problem == "did not find expected node content", place.line == text.lineCount {
      self.init("the file ends where a value is expected; is a `[` or `{` not closed?", at: place)
      return
    }
    self.init(Self.sentences[problem] ?? "invalid YAML from here on", at: place)
  }

  private static func place(_ mark: YAMLMark, _ source: Int, _ text: SourceText) -> Place {
    let inside = text.clamped(line: mark.line, column: mark.column)
    return Place(source: source, line: inside.line, column: inside.column)
  }

  /// The likely reason why a name is not followed by a colon and a space.
  private static func missingColon(at place: Place, _ text: SourceText) -> SyntaxMistake {
    let line = text.line(place.line)
    guard let colon = line.firstIndex(of: ":"), colon + 1 < line.endIndex else {
      return SyntaxMistake("this line has no `:` between a name and its value", at: place)
    }
    return SyntaxMistake(
      "a space is missing after the `:`",
      at: Place(source: place.source, line: place.line, column: colon - line.startIndex + 1),
      width: 1)
  }

  /// The likely reason for a colon where none can be, by the line before it.
  private static func misplacedColon(at place: Place, _ text: SourceText) -> SyntaxMistake? {
    func indentation(_ line: ArraySlice<Unicode.Scalar>) -> Int { line.prefix { $0 == " " }.count }
    let line = text.line(place.line)
    let before = text.line(place.line - 1)
    let depth = indentation(before)
    guard depth < before.count, before[before.startIndex + depth] != "#" else { return nil }
    let start = Place(source: place.source, line: place.line - 1, column: depth + 1)
    if indentation(line) == depth, !before.contains(":") {
      return SyntaxMistake("this line has no `:` between a name and its value", at: start)
    }
    if indentation(line) > depth, before.contains(":") {
      return SyntaxMistake(
        "this line is indented further than the one before, which has a value already",
        at: Place(source: place.source, line: place.line, column: indentation(line) + 1))
    }
    return nil
  }

  /// A space that YAML does not accept, as web pages and word processors use it, in a line or in the one before.
  private static func foreignBlank(
    in text: SourceText, near place: Place
  ) -> (Place, code: String)? {
    for number in [place.line - 1, place.line] where number >= 1 {
      let line = text.line(number)
      let blank = line.firstIndex { scalar in
        scalar.value > 0x7f && scalar.properties.generalCategory == .spaceSeparator
      }
      guard let blank else { continue }
      return (
        Place(source: place.source, line: number, column: blank - line.startIndex + 1),
        code: "\(String(line[blank].value, radix: 16, uppercase: true))"
      )
    }
    return nil
  }

  /// The column of a tab in the indentation of a line.
  private static func tab(in text: SourceText, at line: Int) -> Int? {
    let indentation = text.line(line).prefix { $0 == " " || $0 == "\t" }
    return indentation.firstIndex(of: "\t").map { $0 - indentation.startIndex + 1 }
  }
}

// MARK: Sentences

extension SyntaxMistake {
  static let tagSentence = "tags are not used in specs; delete the `!…`"

  private static let depthSentence =
    "lists and maps are nested more than \(SpecLimits.depth) levels deep"

  /// Unclosed constructs by libyaml's names for them: their beginning is the location to show.
  private static let opened = [
    "while parsing a flow sequence": "the list that begins here is not closed by `]`",
    "while parsing a flow mapping": "the map that begins here is not closed by `}`",
    "while scanning a quoted scalar": "the quoted text that begins here has no closing quote",
  ]

  private static let sentences = [
    "mapping values are not allowed in this context":
      "a `:` is not allowed here; quote a text that contains `: `, or fix the indentation",
    "did not find expected key":
      "expected the name of a setting; is the line indented like the others, and the text before it "
      + "closed?",
    "could not find expected ':'": "this line has no `:` between a name and its value",
    "did not find expected '-' indicator":
      "expected another element of the list, which begins with `- `",
    "block sequence entries are not allowed in this context":
      "a list with `- ` cannot begin on this line; begin it on the next one",
    "block mapping entries are not allowed in this context": "a map cannot begin on this line",
    "mapping keys are not allowed in this context": "a `?` is not allowed here; quote the text",
    "did not find expected ',' or ']'": "expected `,` or `]` in this list",
    "did not find expected ',' or '}'": "expected `,` or `}` in this map",
    "did not find expected node content": "expected a value; is there a comma too many?",
    "found character that cannot start any token":
      "a text cannot begin with this character; quote it",
    "found unexpected end of stream": "the quoted text has no closing quote",
    "found unexpected document indicator": "a quoted text cannot hold a line of `---` or `...`",
    "found unexpected ':'": "a `:` is not allowed here; quote the text",
    "found unknown escape character":
      "there is no such escape; within double quotes write `\\\\` for a backslash, or use single quotes",
    "did not find expected hexdecimal number": "expected hexadecimal digits in this escape",
    "found invalid Unicode character escape code": "this escape is not a character",
    "did not find expected alphabetic or numeric character":
      "a name of letters, digits, - or _ must follow `&`; quote a text that begins with it",
    "did not find expected comment or line break":
      "only a comment may follow `|` or `>`; the text begins on the next line",
    "found an indentation indicator equal to 0": "the indentation must be from 1 to 9",
    "did not find expected <document start>":
      "the spec must be one YAML document; this part belongs to no map",
    "found incompatible YAML document": "only YAML 1.1 and 1.2 can be read",
    "found undefined tag handle": tagSentence,
    "found a tab character that violates indentation":
      "YAML cannot be indented with tabs; use spaces",
    "found a tab character where an indentation space is expected":
      "YAML cannot be indented with tabs; use spaces",
  ]
}
