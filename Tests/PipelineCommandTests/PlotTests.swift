import Foundation
import Testing

@Suite("Plots that a spec asks for")
struct PlotTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write(Array(Self.spec(loss: "loss").utf8), "plots.yaml")
  }

  /// A stage that writes a table and a picture with a script in it, and a report of both.
  private static func spec(loss: String) -> String {
    """
    version: 1
    name: plots
    seed: 1
    stages:
      fit:
        step: command
        shell: |
          printf 'step,loss\\n1,%s\\n2,1\\n' "$FIRST" > history.csv
          echo '<svg xmlns="http://www.w3.org/2000/svg" onload="top.alert(1)"/>' > map.svg
        environment: {FIRST: '3.5'}
        outputs: [history.csv, map.svg]
      report:
        step: report
        plots:
          - line: {data: fit/history.csv, x: step, y: \(loss), title: How it fell}
          - image: {data: fit/map.svg, alt: An empty map}
    """
  }

  private func run(_ arguments: [String] = []) throws -> CommandResult {
    try workshop.run(["run", "plots.yaml", "--json"] + arguments)
  }

  @Test("stand in the report and over one another in a comparison, and change no other stage")
  func shown() throws {
    let first = try run()
    #expect(first.status == 0, "\(first.errors)")
    let page = String(
      decoding: try workshop.run(["export", "latest", "report/report.html", "-o", "page.html"])
        .status == 0 ? workshop.bytes("page.html") : [], as: UTF8.self)
    #expect(page.contains("How it fell") && page.contains("From fit/history.csv."))
    #expect(page.contains("src=\"data:image/svg+xml;base64,"))
    #expect(page.contains("alt=\"An empty map\"") && !page.contains("\" onload=\""))
    // What is shown is the report's own affair; what was fitted is a hit.
    #expect(
      try run(["--set", "report.plots.0.line.title=Down"]).states == [
        "fit": "hit", "report": "ran",
      ])
    #expect(try run(["--set", "fit.environment.FIRST=9"]).status == 0)
    let runs = try workshop.run(["compare", "latest", "latest", "-o", "same.html"])
    #expect(runs.status == 0, "\(runs.errors)")
    let compared = String(decoding: try workshop.bytes("same.html"), as: UTF8.self)
    #expect(compared.contains("How it fell") && compared.contains("byte for byte"))
  }

  @Test("are refused with the column that was meant, or the stage that there is not")
  func wrong() throws {
    try workshop.write(Array(Self.spec(loss: "los").utf8), "plots.yaml")
    let column = try run()
    #expect(column.status == 78)
    #expect(
      column.errors.contains(
        "fit/history.csv has no column “los”; did you mean “loss”? It has: step, loss"))
    let stage = try workshop.run(
      ["check", "plots.yaml", "--set", "report.plots.1.image.data=fit/map.png"])
    #expect(stage.status == 78 && stage.errors.contains("map.svg"), "\(stage.errors)")
  }

  @Test("of a kind that there is not are refused with the kinds that there are")
  func unknown() throws {
    let kinds = ["line", "scatter", "bar", "histogram", "confusion", "table", "image"]
    for kind in ["template", "recording", "object", "heatmap"] {
      let spec = Self.spec(loss: "loss") + "\n      - \(kind): {data: fit/history.csv}\n"
      try workshop.write(Array(spec.utf8), "plots.yaml")
      let result = try workshop.run(["check", "plots.yaml"])
      #expect(result.status == 78 && result.errors.contains(kind), "\(kind): \(result.errors)")
      for known in kinds { #expect(result.errors.contains(known), "\(kind): \(result.errors)") }
    }
  }
}
