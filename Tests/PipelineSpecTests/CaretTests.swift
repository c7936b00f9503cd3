import Testing

@testable import PipelineSpec

@Suite("A caret")
struct CaretTests {
  /// Texts before the mistake, each with the columns it takes in a terminal.
  static let texts: [(text: String, columns: Int)] = [
    ("", 0), ("abc", 3), ("größe", 5), ("e\u{301}e\u{301}", 2), ("訓練", 4), ("한국", 4), ("ﾊﾝ", 2),
    ("😀", 2), ("🏃‍♀️", 2), ("👨‍👩‍👧‍👦", 2), ("❤️", 2), ("❤", 1), ("🇩🇪", 2), ("Ａ", 2), ("→", 1),
    ("½", 1), ("\u{200d}", 8), ("\u{202e}", 8), ("क्षि", 1),
  ]

  @Test("stands below the mistake whatever stands before it", arguments: texts)
  func column(text: String, columns: Int) throws {
    let line = "{\"\(text)\": 1, sede: 2}"
    let error = try #require(throws: SpecError.self) { try parse(line, file: "f") }
    let diagnostic = try #require(error.diagnostics.first { $0.message.contains("`sede`") })
    #expect(diagnostic.location?.column == text.unicodeScalars.count + 9)
    let caret = try #require(
      diagnostic.rendered(color: false).split(separator: "\n").first { $0.contains("^") })
    // Ten columns of gutter with its blank, then the line.
    #expect(caret.prefix { $0 != "^" }.count == 8 + columns + 8)
    #expect(caret.contains("^^^^ did you mean `seed`?"))
    #expect(!caret.contains("^^^^^"))
  }

  @Test("is as wide as a wide name")
  func width() throws {
    let error = try #require(throws: SpecError.self) { try parse("訓練: 1", file: "f") }
    let caret = error.rendered(color: false).split(separator: "\n").first { $0.contains("^") }
    #expect(caret?.filter { $0 == "^" }.count == 4)
  }

  @Test("stays in the excerpt of a line of any length", arguments: [0, 10, 70, 80, 100, 500, 5000])
  func longLines(before: Int) throws {
    for after in [0, 10, 200, 5000] {
      let blanks = String(repeating: "訓", count: before)
      let text = "{a: \"\(blanks)\", sede: 2, b: \"\(String(repeating: "x", count: after))\"}"
      let error = try #require(throws: SpecError.self) { try parse(text, file: "f") }
      let diagnostic = try #require(error.diagnostics.first { $0.message.contains("`sede`") })
      let lines = diagnostic.rendered(color: false).split(separator: "\n").map(Array.init)
      let caret = try #require(lines.firstIndex { $0.contains("^") })
      let shown = lines[caret - 1]
      // Wide characters take two columns.
      var column = 0
      var marked = ""
      for character in shown {
        if lines[caret].indices.contains(column), lines[caret][column] == "^" {
          marked.append(character)
        }
        column += DisplayText.width(of: character)
      }
      #expect(marked == "sede")
      #expect(column <= 140)
    }
  }

  @Test("points at the place of a mistake that is put anywhere into a spec", arguments: 1...150)
  func anywhere(seed: Int) throws {
    var writer = SpecWriter(seed: UInt64(seed))
    var count = 0
    func maps(_ tree: SpecTree) -> Int {
      switch tree {
      case .map(let pairs): 1 + pairs.reduce(0) { $0 + maps($1.1) }
      case .list(let elements): elements.reduce(0) { $0 + maps($1) }
      default: 0
      }
    }
    let target = Int.random(in: 0..<maps(.rich), using: &writer.random)
    /// Puts a setting that exists nowhere at the end of the map with the number `target`.
    func spoiled(_ tree: SpecTree) -> SpecTree {
      switch tree {
      case .map(var pairs):
        let isTarget = count == target
        count += 1
        pairs = pairs.map { ($0.0, spoiled($0.1)) }
        if isTarget { pairs.append(("wrong-setting.", ["x": 1])) }
        return .map(pairs)
      case .list(let elements): return .list(elements.map(spoiled))
      default: return tree
      }
    }
    let text = writer.write(spoiled(.rich).shuffled(using: &writer.random))
    let error = try #require(throws: SpecError.self, "\(text)") { try parse(text) }
    var body = text
    if body.unicodeScalars.first == "\u{feff}" { body.unicodeScalars.removeFirst() }
    let lines = body.replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(
      lines.firstIndex { line in
        line.contains("wrong-setting.") && !line.drop { $0 == " " }.hasPrefix("#")
      })
    let start = try #require(lines[line].firstRange(of: "wrong-setting.")).lowerBound
    let before = lines[line][..<start]
    let quote = before.last == "\"" || before.last == "'" ? 1 : 0
    let expected = SourceLocation(
      file: "mnist.yaml", line: line + 1, column: before.unicodeScalars.count + 1 - quote)
    #expect(
      error.diagnostics.contains {
        // In a choice and in a map of free names the whole map is wrong; its start is the place.
        $0.location == expected || $0.message.contains("`wrong-setting.`")
      }, "\(expected) in \(error)")
    let exact = error.diagnostics.filter {
      $0.message.hasPrefix("unknown setting `wrong-setting.`")
    }
    for diagnostic in exact { #expect(diagnostic.location == expected) }
    // One mistake makes few messages.
    #expect(error.count <= 4, "\(error)")
  }
}
