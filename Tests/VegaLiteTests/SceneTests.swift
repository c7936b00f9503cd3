import Testing

@testable import VegaLite

@Suite("A scene")
struct SceneTests {
  private static let table = DataTable(
    source: "t.csv", names: ["e", "v", "g", "rev"],
    rows: [
      ["1", "4", "a", "this run"], ["2", "2", "a", "this run"], ["1", "8", "b", "this run"],
      ["2", "", "b", "this run"],
    ])

  private func scene(_ text: String, _ table: DataTable = table) throws -> Scene {
    try Specification(VegaFixture.json(text)).scene(over: table)
  }

  private static let over =
    #""x": {"field": "e", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"}"#

  @Test("draws a value of the data once, on the scale of the column that it stands beside")
  func goal() throws {
    let scene = try scene(
      """
      {"layer": [{"mark": "line", "encoding": {"color": {"field": "g"}}},
        {"mark": "rule", "encoding": {"x": null, "y": {"datum": 5}}}], "encoding": {\(Self.over)}}
      """)
    let rules = scene.panels[0].marks.compactMap { mark in
      if case .rule(let from, let to) = mark.form { (from, to) } else { nil }
    }
    #expect(rules.count == 1 && scene.panels[0].marks.count == 3)
    #expect(rules[0].0 == .init(0, 0.5) && rules[0].1 == .init(1, 0.5))
  }

  @Test("has the same marks each time, and on no row of a table draws nothing")
  func repeated() throws {
    let spec = """
      {"transform": [{"calculate": "random()", "as": "r"}], "mark": "point",
       "encoding": {"x": {"field": "r", "type": "quantitative"}, "y": {"field": "g"}}}
      """
    let places = try (0..<2).map { _ in
      try scene(spec).panels[0].marks.map { mark in
        if case .symbol(let point, _, _) = mark.form { point } else { Mark.Point(-1, -1) }
      }
    }
    #expect(places[0] == places[1] && Set(places[0]).count == 4)
    let empty = DataTable(source: "t.csv", names: ["e", "v", "g"], rows: [])
    for mark in ["line", "area", "bar", "point", "rect", "rule", "text", "tick", "arc", "boxplot"] {
      let scene = try scene(#"{"mark": "\#(mark)", "encoding": {\#(Self.over)}}"#, empty)
      #expect(scene.panels.allSatisfy { $0.marks.isEmpty })
    }
  }

  @Test("ends a line at a missing value, and stacks over it")
  func gaps() throws {
    let line = try scene(
      #"{"mark": "line", "encoding": {\#(Self.over), "detail": {"field": "g"}}}"#)
    let pieces = line.panels[0].marks.map { mark -> [Int] in
      if case .line(let pieces) = mark.form { pieces.map(\.count) } else { [] }
    }
    #expect(pieces == [[2], [1]])
    let area = try scene(#"{"mark": "area", "encoding": {\#(Self.over), "color": {"field": "g"}}}"#)
    #expect(area.panels[0].marks.count == 2)
    #expect(area.legends.map { $0.entries.map(\.label) } == [["a", "b"]])
  }

  @Test("parts rows into panels that share their axes, or have their own")
  func facets() throws {
    let spec = { (more: String) in
      """
      {"mark": "point", "encoding": {\(Self.over), "facet": {"field": "g", "columns": 2}}\(more)}
      """
    }
    let shared = try scene(spec(""))
    #expect(shared.panels.map(\.title) == ["a", "b"] && shared.columns == 2)
    #expect(shared.panels[0].y == shared.panels[1].y && shared.panels[0].marks.count == 2)
    let own = try scene(spec(#", "resolve": {"scale": {"y": "independent"}}"#))
    #expect(own.panels[0].y != own.panels[1].y && own.panels[0].x == own.panels[1].x)
    let wide = try scene(
      """
      {"facet": {"row": {"field": "g"}, "column": {"field": "rev"}}, "spec": {
        "layer": [{"mark": "line"}, {"mark": "point"}], "encoding": {\(Self.over)}}}
      """)
    #expect(wide.panels.map(\.title) == ["a · this run", "b · this run"])
  }

  @Test("stands beside others, repeats for columns, and has two axes where layers ask for it")
  func several() throws {
    let unit = #"{"mark": "point", "encoding": {\#(Self.over)}}"#
    for (word, columns) in [("hconcat", 2), ("vconcat", 1), ("concat", 3)] {
      let scene = try scene(#"{"\#(word)": [\#(unit), \#(unit)]}"#)
      #expect(scene.panels.count == 2 && scene.columns == columns)
    }
    let repeated = try scene(
      """
      {"repeat": {"row": ["e", "v"], "column": ["v"]}, "spec": {"mark": "point", "encoding": {
        "x": {"field": {"repeat": "column"}, "type": "quantitative"},
        "y": {"field": {"repeat": "row"}, "type": "quantitative"}}}}
      """)
    #expect(repeated.panels.map { $0.y?.title } == ["e", "v"])
    let layers = try scene(
      """
      {"repeat": {"layer": ["e", "v"]}, "spec": {"mark": "point", "encoding": {
        "x": {"field": "g"}, "y": {"field": {"repeat": "layer"}, "type": "quantitative"},
        "color": {"datum": {"repeat": "layer"}}}}}
      """)
    #expect(layers.legends[0].entries.map(\.label) == ["e", "v"])
    let sided = try scene(
      """
      {"layer": [{"mark": "line", "encoding": {"y": {"field": "v", "type": "quantitative"}}},
         {"mark": "line", "encoding": {"y": {"field": "e", "type": "quantitative"}}}],
       "encoding": {"x": {"field": "e", "type": "quantitative"}},
       "resolve": {"scale": {"y": "independent"}}}
      """)
    #expect(sided.panels[0].y?.title == "v" && sided.panels[0].right?.title == "e")
  }

  @Test("shows what waits for a pointer as it is before anybody points")
  func selections() throws {
    let scene = try scene(
      """
      {"params": [{"name": "bend", "value": 3, "bind": {"input": "range"}}],
       "layer": [
        {"params": [{"name": "hover", "select": "point"}], "mark": "point",
         "encoding": {"size": {"condition": {"param": "hover", "empty": false, "value": 200}, "value": 50}}},
        {"transform": [{"filter": {"param": "hover", "empty": false}}], "mark": "text"},
        {"transform": [{"filter": {"param": "hover"}}, {"filter": "datum.v < bend"}], "mark": "tick"},
        {"mark": "rule", "encoding": {"opacity": {"condition": {"param": "hover", "empty": false, "value": 1}, "value": 0}}}],
       "encoding": {\(Self.over)}}
      """)
    let sizes = scene.panels[0].marks.compactMap { mark in
      if case .symbol(_, _, let size) = mark.form { size } else { nil }
    }
    #expect(sizes == [50, 50, 50] && scene.panels[0].marks.count == 4)
  }

  @Test("refuses to grow beyond what a page can hold")
  func limits() throws {
    let many = DataTable(
      source: "t.csv", names: ["n"], rows: (0..<20_000).map { ["\($0)"] })
    let refused: [(String, String)] = [
      (
        #"{"mark": "point", "encoding": {"x": {"field": "n", "type": "quantitative"}}}"#,
        "draws 20000 marks; a chart has at most 12000"
      ),
      (
        #"{"mark": "bar", "encoding": {"x": {"field": "n"}, "y": {"aggregate": "count"}}}"#,
        "20000 different values"
      ),
      (
        #"{"mark": "bar", "encoding": {"facet": {"field": "n"}, "y": {"aggregate": "count"}}}"#,
        "more than 100 panels"
      ),
      (
        #"{"transform": [{"pivot": "n", "value": "n"}], "mark": "bar", "encoding": {"y": {"aggregate": "count"}}}"#,
        "makes 20000 columns"
      ),
      (
        #"{"transform": [{"window": [{"op": "median", "field": "n", "as": "m"}]}], "mark": "line", "encoding": {}}"#,
        "give a narrower frame"
      ),
      (
        #"{"transform": [{"loess": "n", "on": "n", "bandwidth": 1}], "mark": "line", "encoding": {}}"#,
        "takes too long"
      ),
    ]
    for (spec, reason) in refused {
      let error = #expect(throws: VegaLiteError.self) { try scene(spec, many) }
      #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }
    // A running sum goes on where it was.
    let sum = try scene(
      """
      {"transform": [{"window": [{"op": "sum", "field": "n", "as": "s"}]}, {"filter": "datum.n == 19999"}],
       "mark": "text", "encoding": {"text": {"field": "s", "type": "quantitative", "format": "d"}}}
      """, many)
    guard case .text(_, "199990000", _, _, _, _)? = sum.panels[0].marks.first?.form else {
      Issue.record("\(sum.panels[0].marks)")
      return
    }
    var deep = #"{"mark": "point", "encoding": {}}"#
    for _ in 0..<40 { deep = #"{"layer": [\#(deep)]}"# }
    #expect(throws: VegaLiteError.self) { try scene(deep) }
  }

  @Test("takes cells for what they are: numbers, truths, texts, and nothing for nothing")
  func cells() {
    let table = DataTable(
      source: "t.csv", names: ["a", "b", "c", "d", "e"],
      rows: [
        ["1", "true", "x", "NaN", "nan"], ["", "false", "", "NaN", "2"], [" 3 ", "", "7", "inf"],
      ])
    #expect(table["a"] == [.number(1), .null, .number(3)])
    #expect(table["b"] == [.boolean(true), .boolean(false), .null])
    #expect(table["c"] == [.text("x"), .null, .text("7")])
    #expect(table["d"] == [.text("NaN"), .text("NaN"), .text("inf")])
    #expect(table["e"]?[1] == .number(2) && table["e"]?[2] == .null)
  }

  @Test(
    "offers a few values of a parameter that can be turned, its own among them",
    arguments: [
      (
        #"{"name": "p", "value": 0.3, "bind": {"input": "range", "min": 0, "max": 1}}"#,
        ["0", "0.25", "0.3", "0.5", "0.75", "1"], 2
      ),
      (
        #"{"name": "p", "value": 2, "bind": {"input": "range", "min": 1, "max": 4, "step": 1}}"#,
        ["1", "2", "3", "4"], 1
      ),
      (#"{"name": "p", "bind": {"input": "checkbox"}}"#, ["no", "yes"], 0),
      (#"{"name": "p", "value": true, "bind": {"input": "checkbox"}}"#, ["no", "yes"], 1),
      (
        #"{"name": "p", "value": "b", "bind": {"input": "select", "options": ["a", "b"], "labels": ["A", "B"]}}"#,
        ["A", "B"], 1
      ),
      (
        #"{"name": "p", "bind": {"input": "radio", "options": ["a", "b"]}}"#, ["none", "a", "b"], 0
      ),
      (#"{"name": "p", "value": "x", "bind": {"input": "text"}}"#, [], 0),
      (#"{"name": "p", "value": 1}"#, [], 0),
    ])
  func controls(param: String, labels: [String], usual: Int) throws {
    let spec = try VegaFixture.json(
      #"{"params": [\#(param)], "mark": "point", "encoding": {\#(Self.over)}}"#)
    let control = try Specification(spec).controls.first
    #expect((control?.choices.map(\.label) ?? []) == labels && (control?.usual ?? 0) == usual)
  }

  @Test("is drawn for the value of a parameter that was chosen")
  func setting() throws {
    let spec = try VegaFixture.json(
      """
      {"params": [{"name": "least", "value": 1, "bind": {"input": "range", "min": 1, "max": 9}}],
       "transform": [{"filter": "datum.v >= least"}], "mark": "point", "encoding": {\(Self.over)}}
      """)
    let counts = try [1, 3, 9].map { least in
      try Specification(spec, setting: ["least": .value(.number(least))]).scene(over: Self.table)
        .panels[0].marks.count
    }
    #expect(counts == [3, 2, 0])
  }

  @Test("has intervals of confidence by chance that is the same each time")
  func bootstrap() throws {
    var stream = FixedStream(seed: "values")
    let values = (0..<200).map { _ in (0..<12).reduce(0.0) { sum, _ in sum + stream.next() } }
    let data = values.map(Datum.number)
    let mean = values.reduce(0, +) / 200
    let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
    let low = AggregateOperation.ci0.value(of: data).number
    let high = AggregateOperation.ci1.value(of: data).number
    // Of 200 values the interval is that of the normal distribution, but for the chance of a thousand samples.
    let half = 1.96 * spread / 200.0.squareRoot()
    #expect(abs(low - (mean - half)) < half * 0.1 && abs(high - (mean + half)) < half * 0.1)
    #expect(AggregateOperation.ci0.value(of: data).number == low)
    #expect(AggregateOperation.ci1.value(of: []) == .null)
    #expect(AggregateOperation.ci0.value(of: [.number(3)]) == .number(3))
    let band = try scene(
      #"{"mark": {"type": "errorband", "extent": "ci"}, "encoding": {\#(Self.over)}}"#)
    #expect(band.panels[0].marks.count == 1)
  }

  @Test("has pictures that stand in its rows, and fetches none")
  func pictures() throws {
    let spec = { (url: String) in
      #"{"mark": {"type": "image", "width": 8}, "encoding": {\#(Self.over), "url": {"value": "\#(url)"}}}"#
    }
    let marks = try scene(spec("data:image/png;base64,iVBORw0KGgo=")).panels[0].marks
    #expect(marks.count == 3)
    for mark in marks {
      guard case .image(_, let width, let height, let url) = mark.form else {
        Issue.record("is no picture")
        continue
      }
      #expect(width == 8 && height == 20 && url.hasSuffix("iVBORw0KGgo="))
    }
    for url in [
      "https://example.org/a.png", "a.png", "javascript:alert(1)", "data:image/svg+xml;base64,AA==",
      "data:image/png;base64,AA==' onload='x", "data:text/html;base64,AA==", "data:image/png,AA",
    ] {
      let error = #expect(throws: VegaLiteError.self) { try scene(spec(url)) }
      #expect("\(try #require(error))".contains("encoding.url"))
    }
  }
}
