import Settings
import Testing

/// A record with one setting of each sort.
private struct Window: SettingRecord, Hashable {
  static let settings = [
    Setting<Self>("edge", \.edge, .integer(1...9), isRequired: true, "The edge."),
    Setting("shift", \.shift, .number(.halfOpen(0, 1)), "The shift."),
    Setting("title", \.title, .text(.name), "The title."),
    Setting("sizes", \.sizes, .oneOrMore(.integer(0...5), count: 1...3), "The sizes."),
    Setting("file", \.file, .outputOrFile, "The file."),
  ]

  var edge = 1
  var shift = 0.5
  var title: String?
  var sizes = [2]
  var file: Input?

  func complaints() -> [Complaint] {
    shift > 0.8 && edge == 1 ? [Complaint("shift", "`shift` is large for the edge")] : []
  }
}

private protocol Shape: Described, Hashable {}

private struct Square: Shape {
  static let word = "square"
  static let summary = "A square."
  static let settings = [
    Setting<Self>("window", \.window, .record(), "The window."),
    Setting("side", \.side, .number(.above(0)), encoding: \Self.half, "The side."),
  ]
  static let shorthand: String? = "side"

  var window: Window?
  var side = 2.0
  var half: Double { side / 2 }
}

private struct Dot: Shape {
  static let word = "dot"
  static let summary = "A dot."
}

private let shapes = Vocabulary(
  "shape", [Square.self, Dot.self] as [any Shape.Type], describe: { (kind: any Shape) in kind })

@Suite("A record of settings")
struct RecordTests {
  @Test("is read with its defaults")
  func defaults() throws {
    let window = try Window(decoding: ["edge": 3])
    #expect(window.edge == 3 && window.shift == 0.5 && window.title == nil)
    #expect(try Window(decoding: ["edge": 3, "sizes": 4]).sizes == [4])
    #expect(try Window(decoding: ["edge": 3, "sizes": [4, 5]]).sizes == [4, 5])
  }

  @Test("gives inputs the path that they stand at")
  func inputs() throws {
    let given: SettingValue = .map([
      .init("edge", 1), .init("file", .input(Input(source: "a/b"))),
    ])
    #expect(
      try Window(decoding: given, at: "train").file == Input(path: "train.file", source: "a/b"))
    // As a stored key has it.
    #expect(
      try Window(decoding: ["edge": 1, "file": ["input": "x.y"]]).file
        == Input(path: "x.y", source: "x.y"))
  }

  @Test(
    "is refused with the path of what is wrong",
    arguments: [
      (["edge": 10], ["a.edge: must be a whole number from 1 to 9, found `10`"]),
      (["shift": 0.5], ["a: needs the setting `edge`"]),
      (
        ["edge": 2, "shift": 1.0],
        ["a.shift: must be a number of at least 0 and less than 1, found `1`"]
      ),
      (
        ["edge": 2, "shift": 0],
        ["a.shift: must be a number of at least 0 and less than 1, found `0`"]
      ),
      (
        ["edge": 2, "title": "a b"],
        ["a.title: must be a name of letters, digits and . _ -, found `a b`"]
      ),
      (["edge": 1, "shift": 0.9], ["a.shift: `shift` is large for the edge"]),
      (
        ["edge": 2, "sizes": [1, 7]], ["a.sizes.1: must be a whole number from 0 to 5, found `7`"]
      ),
      (
        ["edge": 2, "corner": 1, "shift": "x"],
        [
          "a.corner: unknown setting `corner`; valid here: edge, shift, title, sizes, file",
          "a.shift: must be a number of at least 0 and less than 1, found `x`",
        ]
      ),
      (3, ["a: expected a map of settings, found `3`"]),
    ] as [(SettingValue, [String])])
  func refusals(value: SettingValue, messages: [String]) throws {
    let error = try #require(
      #expect(throws: SettingsError.self) { try Window(decoding: value, at: "a") })
    #expect("\(error)" == messages.joined(separator: "; "))
  }

  @Test("is checked where it was made in code")
  func check() {
    var window = Window()
    #expect(throws: Never.self) { try window.check() }
    window.edge = 0
    #expect(throws: SettingsError.self) { try window.check() }
  }
}

@Suite("A vocabulary")
struct VocabularyTests {
  @Test(
    "reads a word, a main setting and a map of settings",
    arguments: [
      ("dot", "dot"), (["dot": [:]], "dot"), ("square", "square"),
      (["square": 3.0], "{square: 3}"), (["square": ["side": 3.0]], "{square: 3}"),
      (
        ["square": ["side": 3.0, "window": ["edge": 2]]], "{square: {window: {edge: 2}, side: 3}}"
      ),
    ] as [(SettingValue, String)])
  func forms(value: SettingValue, text: String) throws {
    #expect(try shapes.text(of: shapes.decode(value)) == text)
  }

  @Test(
    "refuses unknown words and wrong settings with their place",
    arguments: [
      ("circle", "a.circle: there is no shape `circle`; available: square, dot"),
      (3, "a: must name one shape, found `3`"),
      (["dot": ["x": 1]], "a.dot.x: unknown setting `x`; there are none"),
      (["dot": 1], "a.dot: expected a map of settings, found `1`"),
      (["square": ["side": 0.0]], "a.square.side: must be a number greater than 0, found `0`"),
      (
        ["square": ["window": ["edge": 0]]],
        "a.square.window.edge: must be a whole number from 1 to 9, found `0`"
      ),
      (["square": 1.0, "dot": [:]], "a: must name one shape, found `{square: 1, dot: {}}`"),
    ] as [(SettingValue, String)])
  func refusals(value: SettingValue, message: String) throws {
    let error = try #require(
      #expect(throws: SettingsError.self) { try shapes.decode(value, at: "a") })
    #expect("\(error)" == message)
  }

  @Test("writes every setting for a file, and what is more exact than the property")
  func encoding() {
    var square = Square()
    #expect(square.encoded == ["side": 1.0])
    square.window = Window()
    #expect(
      square.encoded == ["window": ["edge": 1, "shift": 0.5, "sizes": [2]], "side": 1.0])
  }

  @Test("describes its kinds as the alternatives of a choice")
  func choices() {
    let choices = shapes.choices
    #expect(choices.map(\.name) == ["square", "dot"])
    #expect(choices[0].fields.map(\.name) == ["window", "side"])
    #expect(choices[0].fields[1].defaultValue == 2.0 && choices[0].fields[0].defaultValue == nil)
    #expect(!choices[0].fields.contains(where: \.isRequired) && choices[0].shorthand == "side")
  }
}
