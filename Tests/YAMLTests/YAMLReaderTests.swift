import Foundation
import Programs
import Testing

@testable import YAML

@Suite("A YAML reader")
struct YAMLReaderTests {
  /// The forms of YAML that matter for places: block and flow, quotes, anchors, aliases, tags, wide
  /// characters, comments, empty values, several lines, CRLF.
  static let sample = """
    # comment
    version: 1
    größe: &a {训: [1, "two \\u00e9", 'three'], empty: , nested: {x: []}}
    alias: *a
    list:
    - - a
      - b
    -   key: &b  value
        <<: *a
    block: |
      two
      lines
    folded: >-
      one
      line
    ? - complex
    : !tag x
    quoted: "a
      b"
    last:
    """

  /// What PyYAML's own parser, which is not libyaml, reads: a line an event.
  ///
  /// Where nothing is written the two give places of their own, which are left out.
  private static let script = """
    import sys, yaml
    for event in yaml.parse(sys.stdin.buffer.read().decode(), Loader=yaml.SafeLoader):
        name = {"Scalar": "scalar", "Alias": "alias", "SequenceStart": "sequence",
                "MappingStart": "mapping", "SequenceEnd": "end", "MappingEnd": "end"}.get(
                    type(event).__name__[:-5])
        if name:
            text = ""
            if name == "scalar": text = event.value.replace("\\n", "/") + ("" if event.style else "+")
            if name == "alias": text = event.anchor
            anchor = getattr(event, "anchor", None) if name != "alias" else None
            place = f"{event.start_mark.line + 1}:{event.start_mark.column + 1}"
            if name == "end" or text == "+": place = "-"
            print(name, place, anchor or "-", text)
    """

  static func lines(_ text: String) throws -> [String] {
    let reader = try YAMLReader(text, depth: 32)
    var lines: [String] = []
    while let event = try reader.next() {
      let (name, shown) =
        switch event.kind {
        case .scalar(let text, let isPlain):
          ("scalar", text.replacing("\n", with: "/") + (isPlain ? "+" : ""))
        case .alias(let name): ("alias", name)
        case .sequenceStart: ("sequence", "")
        case .mappingStart: ("mapping", "")
        case .end: ("end", "")
        }
      let place =
        name == "end" || shown == "+" ? "-" : "\(event.mark.line):\(event.mark.column)"
      lines.append("\(name) \(place) \(event.anchor ?? "-") \(shown)")
    }
    return lines
  }

  @Test("reads what PyYAML reads, at the same places", arguments: ["\n", "\r\n"])
  func oracle(lineEnd: String) throws {
    let text = Self.sample.replacing("\n", with: lineEnd)
    let file = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID()).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try Program("/usr/bin/python3", ["-c", Self.script], input: .file(file)).result()
    let expected = result.text.split(separator: "\n").map(String.init)
    try #require(expected.count > 40)
    let lines = try Self.lines(text)
    for (line, expected) in zip(lines, expected) { #expect(line == expected) }
    #expect(lines.count == expected.count)
  }

  @Test("has no event in a text without a node", arguments: ["", "\n", "# comment\n"])
  func empty(text: String) throws { #expect(try Self.lines(text) == []) }

  @Test("stops at its depth, however deep the text goes on")
  func depth() throws {
    _ = try Self.lines(String(repeating: "[", count: 32) + String(repeating: "]", count: 32))
    let error = #expect(throws: YAMLError.self) {
      try Self.lines("\n " + String(repeating: "[", count: 1 << 20))
    }
    #expect(error == YAMLError(problem: .tooDeep, mark: YAMLMark(line: 2, column: 34)))
  }

  @Test("refuses a second document, at its place")
  func documents() throws {
    let error = #expect(throws: YAMLError.self) { try Self.lines("a: 1\n--- \nb: 2\n") }
    #expect(error == YAMLError(problem: .secondDocument, mark: YAMLMark(line: 2, column: 1)))
  }

  @Test("says what libyaml says, and again after that")
  func syntax() throws {
    let reader = try YAMLReader("a: [1,\n", depth: 32)
    for _ in 0..<3 { _ = try reader.next() }
    for _ in 0..<2 {
      _ = try? reader.next()
      let error = #expect(throws: YAMLError.self) { try reader.next() }
      #expect(
        error?.problem
          == .syntax(
            "did not find expected node content", during: "while parsing a flow node",
            from: YAMLMark(line: 2, column: 1)))
    }
  }
}
