import Pipeline
import Report
import Settings
import Testing

@testable import Steps

@Suite("A plot of a report")
struct PlotBuilderTests {
  private func plot(_ kind: any PlotKind, _ text: String) throws -> Plot {
    try plot(kind, ["fit/data.csv": text])
  }

  private func plot(_ kind: any PlotKind, _ texts: [String: String]) throws -> Plot {
    try kind.plot(of: PlotFiles(name: \.source) { Array((texts[$0.source] ?? "").utf8) })
  }

  /// A plot of files, as a spec describes it.
  private func kind(
    _ word: String, _ settings: [String: SettingValue],
    of sources: [String] = ["fit/data.csv"], across: String? = nil
  ) throws -> any PlotKind {
    var members = settings.map { SettingValue.Member($0.key, $0.value) }
    let inputs = sources.map { SettingValue.input(Input(source: $0)) }
    members.append(.init("data", inputs.count == 1 ? inputs[0] : .list(inputs)))
    if let across { members.append(.init("x_data", .input(Input(source: across)))) }
    return try Plots.kinds.decode(.map([.init(word, .map(members))]))
  }

  @Test("takes lines of several files, and what stands across from another one")
  func files() throws {
    let texts = [
      "a/loss.csv": "loss,step\n3,1\n2,2\n",
      "b/loss.yaml": "[{loss: 1, val: 5}, {loss: ~, val: 4}]",
      "c/x.tsv": "time\n10\n20\n", "c/short.csv": "time\n10\n",
    ]
    let lines: [String: SettingValue] = ["x": "time", "y": ["loss", "val"]]
    let both = ["a/loss.csv", "b/loss.yaml"]
    let plot = try plot(kind("line", lines, of: both, across: "c/x.tsv"), texts)
    guard case .lines(let curve) = plot.content else { Issue.record("no lines"); return }
    #expect(curve.series.map(\.name) == ["a loss", "b loss", "b val"])
    #expect(curve.series.allSatisfy { $0.positions == [10, 20] })
    #expect(curve.series[0].values == [3, 2] && curve.series[1].values[1].isNaN)
    #expect(plot.source == "a/loss.csv, b/loss.yaml")
    let one = try self.plot(kind("line", ["y": "loss"], of: both), texts)
    guard case .lines(let rows) = one.content else { Issue.record("no lines"); return }
    #expect(rows.series.map(\.name) == ["a", "b"])
    let cloud = try self.plot(
      kind("scatter", ["x": "time", "y": "loss"], of: both, across: "c/x.tsv"), texts)
    guard case .points(let points) = cloud.content else { Issue.record("no points"); return }
    #expect(points.groups.map(\.name) == ["a", "b"] && points.groups[0].x == [10, 20])
    // Too short, a column that nobody has, a file that has none of them.
    for (settings, across) in [
      (lines, "c/short.csv"), (["y": ["loss", "lost"]], nil), (["y": "val"], nil),
    ] as [([String: SettingValue], String?)] {
      #expect(throws: StepFailure.self) {
        try self.plot(kind("line", settings, of: both, across: across), texts)
      }
    }
  }

  @Test("has lines in ascending order, with gaps, whichever way the file lists them")
  func lines() throws {
    for text in ["x,y\n0,1\n0,2\n1,\n2,4\n", "x,y\n2,4\n1,\n0,2\n0,1\n"] {
      let plot = try plot(kind("line", ["x": "x", "y": "y"]), text)
      guard case .lines(let curve) = plot.content else { Issue.record("no lines"); return }
      #expect(curve.series.count == 1 && curve.axis == "x")
      #expect(curve.series[0].positions == [0, 0, 1, 2])
      let values = curve.series[0].values
      #expect(values[0] == 1 && values[1] == 2 && values[2].isNaN && values[3] == 4)
    }
    let rows = try plot(kind("line", ["y": ["a", "b"]]), "a,b\n5,6\n7,8\n")
    guard case .lines(let curve) = rows.content else { Issue.record("no lines"); return }
    #expect(curve.series.map(\.name) == ["a", "b"] && curve.axis == "row")
    #expect(curve.series[1].positions == [1, 2] && curve.series[1].values == [6, 8])
    #expect(rows.title == "a, b")
  }

  @Test("parts rows into groups by first appearance")
  func groups() throws {
    let text = "x,y,kind\n1,1,b\n2,2,a\n3,3,b\n"
    let plot = try plot(kind("scatter", ["x": "x", "y": "y", "by": "kind"]), text)
    guard case .points(let cloud) = plot.content else { Issue.record("no points"); return }
    #expect(cloud.groups.map(\.name) == ["b", "a"])
    #expect(cloud.groups.map(\.x) == [[1, 3], [2]])
    let many = "x,y,kind\n" + (0...50).map { "1,1,g\($0)" }.joined(separator: "\n")
    #expect(throws: StepFailure.self) {
      try self.plot(kind("scatter", ["x": "x", "y": "y", "by": "kind"]), many)
    }
  }

  @Test("sorts bars by the first column, nothing last")
  func bars() throws {
    let text = "name,gain\na,1\nb,\nc,3\nd,1\n"
    let plot = try plot(kind("bar", ["x": "name", "y": "gain", "sorted": true]), text)
    guard case .bars(let bars) = plot.content else { Issue.record("no bars"); return }
    #expect(bars.categories == ["c", "a", "d", "b"])
  }

  @Test("counts confusions over rows, classes in the order of their numbers or letters")
  func confusion() throws {
    let text = "label,guess\n10,10\n9,10\n9,9\nother,9\nnan,nan\n"
    let plot = try plot(kind("confusion", ["actual": "label", "predicted": "guess"]), text)
    guard case .confusion(let matrix) = plot.content else { Issue.record("no matrix"); return }
    #expect(matrix.classNames == ["9", "10", "nan", "other"])
    #expect(matrix.counts == [[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]])
  }

  @Test("takes pictures by their first bytes, and no SVG that can grow")
  func pictures() throws {
    let svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
    let image = try plot(kind("image", [:], of: ["draw/map.png"]), ["draw/map.png": svg])
    guard case .image(let picture) = image.content else { Issue.record("no image"); return }
    #expect(picture.mediaType == .svg && picture.alternative == "map.png")
    let jpeg = try PlotImage(checking: [0xFF, 0xD8, 0xFF, 0xE0], source: "a", alternative: "")
    #expect(jpeg.mediaType == .jpeg)
    for text in ["", "<html><body>", "GIF8", "text <svg", "<svg><!ENTITY a \"b\"></svg>"] {
      #expect(throws: StepFailure.self, "\(text)") {
        try self.plot(kind("image", [:], of: ["draw/map.svg"]), ["draw/map.svg": text])
      }
    }
  }
}
