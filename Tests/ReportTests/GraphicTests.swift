import Foundation
@testable import ReportSamples
import Testing
import VegaLite

@testable import Report

@Suite("A graphic")
struct GraphicTests {
  private static func json(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  private static func plot(_ spec: String, _ rows: [[String]], _ title: String = "G") throws -> Plot
  {
    let table = DataTable(source: "a.csv", names: ["x", "y", "g", "rev"], rows: rows)
    return Plot(
      title: title, source: "fit/a.csv",
      content: .graphic(try Graphic(specification: json(spec), table: table)))
  }

  private static let lines = """
    {"layer": [{"mark": "line"}, {"mark": "point"}], "encoding": {
      "x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"},
      "color": {"field": "rev", "type": "nominal"}}}
    """

  private static let heat = """
    {"mark": "rect", "encoding": {"x": {"field": "x"}, "y": {"field": "g"},
      "color": {"field": "y", "type": "quantitative"}}}
    """

  private static func page(_ plots: [Plot]) -> String {
    RunReport.html(RunReportModel(title: "t", specName: "s", plots: plots))
  }

  @Test("is drawn whole without a script: marks, axes, legend, words and a table")
  func whole() throws {
    let page = Self.page([
      try Self.plot(Self.heat, [["1", "2", "a", "r"], ["2", "5", "b <i>", "r"]], "Heat & more")
    ])
    #expect(page.contains("<h3>Heat &amp; more</h3>"))
    #expect(page.contains("b &lt;i&gt;") && !page.contains("b <i>"))
    #expect(
      page.contains("class=\"f-high\" fill-opacity=\"0.07\"")
        && page.contains("class=\"f-high\" x="))
    #expect(page.contains("<title>x: 1\ng: a\ny: 2</title>"))
    #expect(page.contains("rect of g over x by y"))
  }

  @Test(
    "of several runs is one where it tells runs apart, each in its colour, and else one for each")
  func compared() throws {
    var model = SampleComparisons.runs(3)
    for (index, _) in model.runs.enumerated() {
      let rows = [["1", "\(index + 1)", "a", "this run"], ["2", "4", "b", "this run"]]
      model.runs[index].plots =
        index == 1
        ? [try Self.plot(Self.heat, rows, "Heat")]
        : [try Self.plot(Self.lines, rows, "Both"), try Self.plot(Self.heat, rows, "Heat")]
    }
    let page = CompareReport.html(model)
    let both = try #require(page.components(separatedBy: ">Both</h3>").dropFirst().first)
    let figure = try #require(both.components(separatedBy: "</figure>").first)
    #expect(figure.contains("class=\"line s0") && figure.contains("class=\"line s2"))
    #expect(!figure.contains("class=\"line s1") && !figure.contains("this run"))
    // Its marks and its entry of the legend go with a run that is hidden.
    #expect(figure.contains("<li data-run=\"0\">") && figure.contains("d2\" data-run=\"2\""))
    let heat = try #require(page.components(separatedBy: ">Heat</h3>").dropFirst().first)
    let gallery = try #require(heat.components(separatedBy: "</figure>").first)
    #expect(gallery.components(separatedBy: "role=\"img\"").count == 4)
  }

  @Test("of nothing, of one place and of what overflows has no place that is no number")
  func degenerate() throws {
    let columns: [[String]] = [
      [], ["0"], [""], ["-3", "4"], ["1e308", "-1e308"], ["1e-320", "1e308"],
    ]
    for values in columns {
      let rows = values.map { [$0, $0, "g", "r"] }
      for mark in ["line", "area", "bar", "point", "rect", "rule", "tick", "text", "boxplot"] {
        for type in ["linear", "sqrt", "symlog"] {
          let spec = """
            {"mark": "\(mark)", "encoding": {
              "x": {"field": "x", "type": "quantitative", "scale": {"type": "\(type)"}},
              "y": {"field": "y", "type": "quantitative", "scale": {"type": "\(type)"}},
              "text": {"field": "y", "type": "quantitative"},
              "color": {"field": "y", "type": "quantitative"}}}
            """
          let page = Self.page([try Self.plot(spec, rows)])
          #expect(page.hasSuffix("</html>\n"))
          #expect(!page.contains("nan%") && !page.contains("inf%"), "\(mark) \(type) \(values)")
          #expect(
            !page.contains("=\"nan\"") && !page.contains("=\"inf\""), "\(mark) \(type) \(values)")
        }
      }
    }
  }

  @Test("has sectors whose points are those of sine and cosine")
  func sectors() {
    for step in 0...1000 {
      let turns = Double(step) / 1000
      let point = Sector.point(turns)
      #expect(abs(point.x - sin(2 * .pi * turns)) < 1e-6, "\(turns)")
      #expect(abs(point.y - cos(2 * .pi * turns)) < 1e-6, "\(turns)")
    }
    #expect(Sector(from: 0, to: 1, inner: 0, outer: 1).path.hasPrefix("M0 -1L"))
  }

  @Test("has the same bytes each time")
  func repeated() throws {
    var first = Noise(seed: 3)
    var second = Noise(seed: 3)
    #expect(Self.page(SampleReports.graphics(&first)) == Self.page(SampleReports.graphics(&second)))
    var third = Noise(seed: 3)
    #expect(SampleReports.graphics(&third).count == 11)
  }
}
