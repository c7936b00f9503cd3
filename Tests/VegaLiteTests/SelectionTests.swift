import Testing

@testable import VegaLite

@Suite("A selection")
struct SelectionTests {
  private static let table = DataTable(
    source: "t.csv", names: ["x", "y", "kind"],
    rows: (0..<24).map { ["\($0)", "\($0 * $0 % 17)", ["a", "b", "c"][$0 % 3]] })

  private static func spec(
    _ select: String, _ filter: String = #"{"param": "brush"}"#
  ) -> String {
    """
    {"hconcat": [
      {"params": [{"name": "brush", "select": \(select)}], "mark": "point", "encoding": {
        "x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"},
        "color": {"field": "kind"}}},
      {"transform": [{"filter": \(filter)}], "mark": "bar", "encoding": {
        "y": {"field": "kind"}, "x": {"aggregate": "count"}}}]}
    """
  }

  private static func selections(_ text: String, atMost count: Int = 40) throws -> [Control] {
    try Specification(VegaFixture.json(text)).selections(over: table, atMost: count)
  }

  private static func scene(_ text: String, _ setting: [String: ParameterSetting] = [:]) throws
    -> Scene
  {
    try Specification(VegaFixture.json(text), setting: setting).scene(over: table)
  }

  @Test("of a stretch shows what a filter of the same range shows")
  func stretch() throws {
    let spec = Self.spec(#"{"type": "interval", "encodings": ["x"]}"#)
    let control = try #require(try Self.selections(spec).first)
    #expect(control.choices[0].label == "all" && control.choices.count > 10)
    for choice in control.choices.dropFirst() {
      let ends = choice.label.split(separator: " – ").compactMap { Double($0) }
      try #require(ends.count == 2)
      let selected = try Self.scene(spec, ["brush": #require(choice.value)])
      let filtered = try Self.scene(
        Self.spec(
          #"{"type": "interval", "encodings": ["x"]}"#,
          #"{"field": "x", "range": [\#(ends[0]), \#(ends[1])]}"#))
      #expect(selected.panels[1] == filtered.panels[1], "\(choice.label)")
      // The stretch itself is a mark of the view where it was made.
      #expect(selected.panels[0].marks.count == filtered.panels[0].marks.count + 1)
    }
  }

  @Test("of values shows what a filter of the same value shows, and is made by pointing at one")
  func values() throws {
    let spec = Self.spec(#"{"type": "point", "encodings": ["color"]}"#)
    let control = try #require(try Self.selections(spec).first)
    #expect(control.choices.map(\.label) == ["all", "a", "b", "c"] && control.label == "kind")
    for choice in control.choices.dropFirst() {
      let selected = try Self.scene(spec, ["brush": #require(choice.value)])
      let filtered = try Self.scene(
        Self.spec(
          #"{"type": "point", "encodings": ["color"]}"#,
          #"{"field": "kind", "equal": "\#(choice.label)"}"#))
      #expect(selected.panels == filtered.panels)
    }
    let picks = try Self.scene(spec).panels[0].marks.compactMap(\.pick).map(control.place)
    #expect(picks == (0..<24).map { 1 + $0 % 3 })
  }

  @Test(
    "has its choices in the order that a page counts them in",
    arguments: [#"["x"]"#, #"["y"]"#, #"["x", "y"]"#])
  func order(encodings: String) throws {
    let control = try #require(
      try Self.selections(Self.spec(#"{"type": "interval", "encodings": \#(encodings)}"#)).first)
    let cuts = [control.cuts?.x, control.cuts?.y].compactMap { $0 }
    #expect(cuts.allSatisfy { $0.first == 0 && $0.last == 1 && $0 == $0.sorted() })
    let windows = cuts.map { parts in
      parts.indices.flatMap { from in (from + 1..<max(parts.count, from + 1)).map { (from, $0) } }
    }
    // All combinations but that of everything, which is no selection.
    #expect(control.choices.count == windows.reduce(1) { $0 * $1.count })
    #expect(Set(control.choices.map(\.label)).count == control.choices.count)
  }

  @Test("has no more choices than there may be", arguments: [0, 1, 2, 5, 9, 14, 39, 200])
  func budget(count: Int) throws {
    for select in [
      #"{"type": "interval", "encodings": ["x"]}"#, #""interval""#,
      #"{"type": "point", "fields": ["kind"]}"#,
    ] {
      let control = try Self.selections(Self.spec(select), atMost: count).first
      #expect((control?.choices.count ?? 1) - 1 <= count)
      if count >= 9 { #expect(control != nil) }
    }
  }

  @Test(
    "is none where it zooms, follows the pointer, has no columns or too many values",
    arguments: [
      #"{"type": "interval", "bind": "scales"}"#,
      #"{"type": "point", "encodings": ["color"], "nearest": true}"#, #""point""#,
      #"{"type": "point", "fields": ["x"]}"#, #"{"type": "point", "fields": ["nothing"]}"#,
      #"{"type": "interval", "encodings": ["color"]}"#,
    ])
  func none(select: String) throws {
    #expect(try Self.selections(Self.spec(select)).isEmpty)
  }

  @Test("that nothing depends on is none")
  func unused() throws {
    let unused = Self.spec(#""interval""#, #""true""#)
    #expect(try Self.selections(unused).isEmpty)
  }

  @Test("on an axis of names takes neighbours")
  func names() throws {
    let text = """
      {"layer": [
        {"params": [{"name": "brush", "select": {"type": "interval", "encodings": ["y"]}}],
         "mark": "bar", "encoding": {"y": {"field": "kind"}, "x": {"aggregate": "count"}}},
        {"transform": [{"filter": {"param": "brush"}}], "mark": "tick",
         "encoding": {"x": {"field": "x", "type": "quantitative"}}}]}
      """
    let control = try #require(try Self.selections(text).first)
    #expect(control.choices.map(\.label) == ["all", "a", "a, b", "b", "b, c", "c"])
    #expect(control.cuts?.y?.first == 1 && control.cuts?.y?.last == 0)
    let held = try #require(control.choices[3].value)
    let marks = try Self.scene(text, ["brush": held]).panels[0].marks
    #expect(marks.count == 3 + 8 + 1)
  }

  @Test("of one name in repeated views is one for each of them")
  func repeated() throws {
    let text = """
      {"repeat": {"column": ["x", "y"]}, "spec": {"layer": [
        {"params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}],
         "mark": "bar",
         "encoding": {"x": {"field": {"repeat": "column"}, "bin": true}, "y": {"aggregate": "count"}}},
        {"transform": [{"filter": {"param": "brush"}}], "mark": "bar",
         "encoding": {"x": {"field": {"repeat": "column"}, "bin": true}, "y": {"aggregate": "count"}}}]}}
      """
    let controls = try Self.selections(text)
    #expect(controls.map(\.label) == ["x", "y"] && Set(controls.map(\.selection)).count == 2)
    let panels = try Self.scene(text).panels
    #expect(panels.map(\.selections) == controls.map { [$0.selection ?? ""] })
    // Selected in the first, filtered in both, with the veil over the first alone.
    let held = try #require(controls[0].choices[1].value)
    let selected = try Self.scene(text, ["brush": held])
    #expect(selected.panels[0] != panels[0] && selected.panels[1] != panels[1])
  }

  @Test("of a view that is named is made there")
  func named() throws {
    let text = """
      {"params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}, "views": ["second"]}],
       "hconcat": [
        {"name": "first", "mark": "point", "encoding": {"x": {"field": "x", "type": "quantitative"},
          "opacity": {"condition": {"param": "brush", "value": 1}, "value": 0.2}}},
        {"name": "second", "mark": "point", "encoding": {"x": {"field": "y", "type": "quantitative"}}}]}
      """
    let control = try #require(try Self.selections(text).first)
    #expect(control.label == "y")
    #expect(try Self.scene(text).panels.map(\.selections.count) == [0, 1])
    let held = try #require(control.choices[1].value)
    let marks = try Self.scene(text, ["brush": held]).panels[0].marks
    #expect(Set(marks.map(\.opacity)) == [0.2, 1])
  }

  @Test(
    "of a kind that there is not is refused with its place",
    arguments: [#"{"type": "lasso"}"#, #"{"type": "interval", "shape": "round"}"#])
  func unknown(select: String) throws {
    let error = #expect(throws: VegaLiteError.self) { try Self.scene(Self.spec(select)) }
    #expect("\(try #require(error))".contains("select"))
  }

  @Test("is the domain of another chart, which shows nothing beside it")
  func window() throws {
    let text = { (domain: String) in
      """
      {"vconcat": [
        {"mark": "line", "encoding": {"x": {"field": "x", "type": "quantitative", "scale": {"domain": \(domain)}},
          "y": {"field": "y", "type": "quantitative"}}},
        {"params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}],
         "mark": "area", "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}}]}
      """
    }
    let spec = text(#"{"param": "brush"}"#)
    #expect(try Self.scene(spec).panels.map(\.isClipped) == [false, false])
    let control = try #require(try Self.selections(spec).first)
    for choice in control.choices.dropFirst() {
      let ends = choice.label.split(separator: " – ").compactMap { Double($0) }
      let selected = try Self.scene(spec, ["brush": #require(choice.value)])
      #expect(selected.panels.map(\.isClipped) == [true, false])
      let said = try Self.scene(text("[\(ends[0]), \(ends[1])]"))
      #expect(selected.panels[0].marks == said.panels[0].marks)
      #expect(selected.panels[0].x == said.panels[0].x)
    }
    let error = #expect(throws: VegaLiteError.self) {
      try Self.scene(text(#"{"param": "brsh"}"#))
    }
    #expect(error?.stranger == "brsh")
  }
}
