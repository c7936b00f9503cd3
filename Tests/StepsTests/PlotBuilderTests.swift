import Pipeline
import Report
import Testing

@testable import Steps

@Suite("A plot of a report")
struct PlotBuilderTests {
  private func plot(
    _ kind: PlotDefinition.Kind, _ text: String, _ source: String = "fit/data.csv",
    title: String? = nil
  ) throws -> Plot {
    try plot(kind, [source: text], [source], title: title)
  }

  /// A plot of several files.
  private func plot(
    _ kind: PlotDefinition.Kind, _ texts: [String: String], _ sources: [String],
    across: String? = nil, title: String? = nil
  ) throws -> Plot {
    try PlotBuilder(
      definition: PlotDefinition(
        kind: kind, title: title, sources: sources.map { .init(input: $0, name: $0) },
        across: across.map { .init(input: $0, name: $0) })
    ).plot { Array((texts[$0.input] ?? "").utf8) }
  }

  @Test("takes lines of several files, and what stands across from another one")
  func files() throws {
    let texts = [
      "a/loss.csv": "loss,step\n3,1\n2,2\n",
      "b/loss.yaml": "[{loss: 1, val: 5}, {loss: ~, val: 4}]",
      "c/x.tsv": "time\n10\n20\n", "c/short.csv": "time\n10\n",
    ]
    let kind = PlotDefinition.Kind.line(x: "time", y: ["loss", "val"], by: nil)
    let both = ["a/loss.csv", "b/loss.yaml"]
    let plot = try plot(kind, texts, both, across: "c/x.tsv")
    guard case .lines(let curve) = plot.content else { Issue.record("no lines"); return }
    #expect(curve.series.map(\.name) == ["a loss", "b loss", "b val"])
    #expect(curve.series.allSatisfy { $0.positions == [10, 20] })
    #expect(curve.series[0].values == [3, 2] && curve.series[1].values[1].isNaN)
    #expect(plot.source == "a/loss.csv, b/loss.yaml")
    let one = try self.plot(.line(x: nil, y: ["loss"], by: nil), texts, both)
    guard case .lines(let rows) = one.content else { Issue.record("no lines"); return }
    #expect(rows.series.map(\.name) == ["a", "b"])
    let cloud = try self.plot(
      .scatter(x: "time", y: "loss", by: nil), texts, both, across: "c/x.tsv")
    guard case .points(let points) = cloud.content else { Issue.record("no points"); return }
    #expect(points.groups.map(\.name) == ["a", "b"] && points.groups[0].x == [10, 20])
    // Too short, a column that nobody has, a file that has none of them.
    for (kind, sources, across) in [
      (kind, both, "c/short.csv"), (.line(x: nil, y: ["loss", "lost"], by: nil), both, nil),
      (.line(x: nil, y: ["val"], by: nil), both, nil),
    ] as [(PlotDefinition.Kind, [String], String?)] {
      #expect(throws: StepFailure.self) { try self.plot(kind, texts, sources, across: across) }
    }
  }

  @Test("has lines in ascending order, with gaps, whichever way the file lists them")
  func lines() throws {
    for text in ["x,y\n0,1\n0,2\n1,\n2,4\n", "x,y\n2,4\n1,\n0,2\n0,1\n"] {
      let plot = try plot(.line(x: "x", y: ["y"], by: nil), text)
      guard case .lines(let curve) = plot.content else { Issue.record("no lines"); return }
      #expect(curve.series.count == 1 && curve.axis == "x")
      #expect(curve.series[0].positions == [0, 0, 1, 2])
      let values = curve.series[0].values
      #expect(values[0] == 1 && values[1] == 2 && values[2].isNaN && values[3] == 4)
    }
    let rows = try plot(.line(x: nil, y: ["a", "b"], by: nil), "a,b\n5,6\n7,8\n")
    guard case .lines(let curve) = rows.content else { Issue.record("no lines"); return }
    #expect(curve.series.map(\.name) == ["a", "b"] && curve.axis == "row")
    #expect(curve.series[1].positions == [1, 2] && curve.series[1].values == [6, 8])
    #expect(rows.title == "a, b")
  }

  @Test("parts rows into groups by first appearance")
  func groups() throws {
    let text = "x,y,kind\n1,1,b\n2,2,a\n3,3,b\n"
    let plot = try plot(.scatter(x: "x", y: "y", by: "kind"), text)
    guard case .points(let cloud) = plot.content else { Issue.record("no points"); return }
    #expect(cloud.groups.map(\.name) == ["b", "a"])
    #expect(cloud.groups.map(\.x) == [[1, 3], [2]])
    let many = "x,y,kind\n" + (0...50).map { "1,1,g\($0)" }.joined(separator: "\n")
    #expect(throws: StepFailure.self) { try self.plot(.scatter(x: "x", y: "y", by: "kind"), many) }
  }

  @Test("sorts bars by the first column, nothing last")
  func bars() throws {
    let text = "name,gain\na,1\nb,\nc,3\nd,1\n"
    let plot = try plot(.bar(x: "name", y: ["gain"], isSorted: true), text)
    guard case .bars(let bars) = plot.content else { Issue.record("no bars"); return }
    #expect(bars.categories == ["c", "a", "d", "b"])
  }

  @Test("counts confusions over rows, classes in the order of their numbers or letters")
  func confusion() throws {
    let text = "label,guess\n10,10\n9,10\n9,9\nother,9\nnan,nan\n"
    let plot = try plot(.confusion(actual: "label", predicted: "guess"), text)
    guard case .confusion(let matrix) = plot.content else { Issue.record("no matrix"); return }
    #expect(matrix.classNames == ["9", "10", "nan", "other"])
    #expect(matrix.counts == [[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]])
  }

  @Test("takes pictures by their first bytes, and no SVG that can grow")
  func pictures() throws {
    let svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
    let image = try plot(.image(alternative: nil), svg, "draw/map.png")
    guard case .image(let picture) = image.content else { Issue.record("no image"); return }
    #expect(picture.mediaType == .svg && picture.alternative == "map.png")
    let jpeg = try PlotImage(checking: [0xFF, 0xD8, 0xFF, 0xE0], source: "a", alternative: "")
    #expect(jpeg.mediaType == .jpeg)
    for text in ["", "<html><body>", "GIF8", "text <svg", "<svg><!ENTITY a \"b\"></svg>"] {
      #expect(throws: StepFailure.self, "\(text)") {
        try self.plot(.image(alternative: nil), text, "draw/map.svg")
      }
    }
  }
}
