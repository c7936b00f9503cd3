import Foundation
import Pipeline
import Report
import Testing
import VegaLite

@testable import Steps

@Suite("A Vega-Lite template")
struct PlotTemplateTests {
  private func plot(
    _ template: String, _ table: String, x: String? = nil, y: String? = nil, title: String? = nil
  ) throws -> Plot {
    let files = ["t.json": template, "fit/data.csv": table]
    return try PlotBuilder(
      definition: PlotDefinition(
        kind: .template(file: .init(input: "t.json", name: "t.json"), x: x, y: y), title: title,
        sources: [.init(input: "fit/data.csv", name: "fit/data.csv")])
    ).plot { Array((files[$0.input] ?? "").utf8) }
  }

  /// The shape of the templates that DVC comes with.
  private static func anchored(_ mark: String) -> String {
    """
    {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"values": "<DVC_METRIC_DATA>"},
     "title": "<DVC_METRIC_TITLE>", "width": 300, "height": "<DVC_METRIC_PLOT_HEIGHT>",
     "params": ["<DVC_METRIC_ZOOM_AND_PAN>"], "mark": {"type": "\(mark)", "tooltip": {"content": "data"}},
     "encoding": {
       "x": {"field": "<DVC_METRIC_X>", "type": "quantitative", "title": "<DVC_METRIC_X_LABEL>"},
       "y": {"field": "<DVC_METRIC_Y>", "type": "quantitative", "title": "<DVC_METRIC_Y_LABEL> (nats)",
             "scale": {"zero": false}},
       "color": "<DVC_METRIC_COLOR>"}}
    """
  }

  @Test("with anchors draws what the columns of the spec say, as the plot of that name does")
  func anchors() throws {
    let table = "step,loss\n2,1\n1,3\n3,\n"
    let plot = try plot(Self.anchored("line"), table, x: "step", y: "loss", title: "How it fell")
    #expect(plot.title == "How it fell" && plot.source == "fit/data.csv")
    guard case .lines(let curve) = plot.content else { Issue.record("no lines"); return }
    #expect(curve.axis == "step" && curve.name == "loss (nats)")
    #expect(curve.series[0].positions == [1, 2, 3] && curve.series[0].values[..<2] == [3, 1])
    #expect(curve.series[0].values[2].isNaN)
    let rows = try self.plot(Self.anchored("line"), table, y: "loss")
    guard case .lines(let counted) = rows.content else { Issue.record("no lines"); return }
    #expect(counted.axis == "row" && counted.series[0].positions == [1, 2, 3])
    let cloud = try self.plot(Self.anchored("circle"), table, x: "step", y: "loss")
    guard case .points(let points) = cloud.content else { Issue.record("no points"); return }
    #expect(points.groups.count == 1 && points.groups[0].x == [2, 1, 3])
    #expect(cloud.title == "loss over step")
  }

  @Test(
    "parts rows by colour and makes one value of many",
    arguments: [
      ("count", 3, 1), ("mean", 5, 7), ("average", 5, 7), ("median", 5, 7), ("sum", 10, 7),
      ("min", 4, 7), ("max", 6, 7),
    ])
  func aggregates(name: String, b: Double, a: Double) throws {
    let table = "k,v,g\nb,4,x\na,7,x\nb,6,x\nb,,x\na,1,y\n"
    let plot = try plot(
      """
      {"mark": "bar", "encoding": {"y": {"field": "k", "type": "nominal", "sort": "-x"},
        "x": {"aggregate": "\(name)", "field": "v", "stack": null},
        "color": {"field": "g", "type": "nominal"}}}
      """, table)
    guard case .bars(let bars) = plot.content else { Issue.record("no bars"); return }
    let expected = ["b": b, "a": a]
    #expect(bars.series.map(\.name) == ["x", "y"] && bars.axis == "k")
    #expect(zip(bars.categories, bars.series[0].values).allSatisfy { expected[$0] == $1 })
    let second = Dictionary(uniqueKeysWithValues: zip(bars.categories, bars.series[1].values))
    #expect(second["a"] == 1 && second["b"]?.isNaN == true)
  }

  @Test("draws bars by length, the mean of a line by colour, and anything more as a graphic")
  func others() throws {
    let sorted = """
      {"mark": "bar", "encoding": {"y": {"field": "k", "type": "nominal", "sort": "-x"},
        "x": {"aggregate": "sum", "field": "v"}}}
      """
    let bars = try plot(sorted, "k,v\nb,4\na,7\nc,9\nb,1\n")
    guard case .bars(let groups) = bars.content else { Issue.record("no bars"); return }
    #expect(groups.categories == ["c", "a", "b"] && groups.series[0].values == [9, 7, 5])
    let mean = """
      {"title": "Its own", "mark": {"type": "line", "point": true}, "encoding": {
        "x": {"field": "s", "type": "quantitative"},
        "y": {"aggregate": "mean", "field": "v", "type": "quantitative"},
        "color": {"field": "g", "type": "nominal"}}}
      """
    let plot = try plot(mean, "s,v,g\n1,2,a\n1,4,a\n0,9,a\n1,5,b\n")
    guard case .lines(let curve) = plot.content else { Issue.record("no lines"); return }
    #expect(plot.title == "Its own" && curve.name == "mean of v")
    #expect(curve.series.map(\.name) == ["a", "b"])
    #expect(curve.series[0].positions == [0, 1] && curve.series[0].values == [9, 3])
    let graphics = [
      """
      {"mark": "bar", "encoding": {"x": {"field": "v", "bin": {"maxbins": 7}},
        "y": {"aggregate": "count"}}}
      """,
      """
      {"mark": "rect", "encoding": {"x": {"field": "s"}, "y": {"field": "g"},
        "color": {"field": "v", "type": "quantitative"}}}
      """,
      """
      {"mark": "line", "encoding": {"x": {"field": "s", "type": "quantitative"},
        "y": {"field": "v", "type": "quantitative", "scale": {"type": "log"}}}}
      """,
      """
      {"layer": [{"mark": "line"}, {"transform": [{"filter": "datum.v > 3"}], "mark": "point"}],
        "encoding": {"x": {"field": "s", "type": "quantitative"},
          "y": {"field": "v", "type": "quantitative"}}}
      """,
    ]
    for template in graphics {
      let plot = try self.plot(template, "s,v,g\n1,2,a\n1,4,a\n0,9,a\n1,5,b\n")
      guard case .graphic = plot.content else { Issue.record("no graphic: \(template)"); return }
    }
  }

  /// Where `make setup-test` puts the templates that DVC comes with.
  private static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build/dvc-templates")

  private static let isShipped = FileManager.default.fileExists(
    atPath: shipped.appending(path: "linear.json").path)

  @Test(
    "that DVC comes with is drawn as it is",
    .enabled(if: isShipped, "no templates of DVC here: make setup-test takes them from PyPI"),
    arguments: [
      "simple", "linear", "smooth", "scatter", "scatter_jitter", "confusion",
      "confusion_normalized", "bar_horizontal", "bar_horizontal_sorted",
    ])
  func shippedWithDVC(name: String) throws {
    let file = Self.shipped.appending(path: "\(name).json")
    let template = try String(contentsOf: file, encoding: .utf8)
    let classes = "actual,predicted\ncat,cat\ncat,dog\ndog,dog\ndog,dog\ncat,cat\n"
    let series = "step,loss\n1,3\n2,2\n3,1.5\n4,1.4\n"
    let bars = "weight,name\n3,a\n1,b\n2,c\n"
    let plot: Plot
    switch name {
    case "confusion", "confusion_normalized":
      plot = try self.plot(template, classes, x: "predicted", y: "actual")
    case "bar_horizontal", "bar_horizontal_sorted":
      plot = try self.plot(template, bars, x: "weight", y: "name")
    default: plot = try self.plot(template, series, x: "step", y: "loss")
    }
    switch (name, plot.content) {
    case ("simple", .lines(let curve)): #expect(curve.series[0].values == [3, 2, 1.5, 1.4])
    case ("scatter", .points(let cloud)): #expect(cloud.groups[0].x == [1, 2, 3, 4])
    case ("bar_horizontal", .bars(let bars)): #expect(bars.categories == ["a", "b", "c"])
    case ("bar_horizontal_sorted", .bars(let bars)):
      #expect(bars.categories == ["a", "c", "b"] && bars.series[0].values == [3, 2, 1])
    case ("linear", .graphic(let graphic)), ("smooth", .graphic(let graphic)),
      ("scatter_jitter", .graphic(let graphic)), ("confusion", .graphic(let graphic)),
      ("confusion_normalized", .graphic(let graphic)):
      let page = RunReport.html(
        RunReportModel(title: "t", specName: "s", plots: [plot]))
      #expect(page.contains("graphic-figure") && graphic.specification.members?.isEmpty == false)
    default: Issue.record("\(name) is drawn as \(plot.content)")
    }
  }

  @Test(
    "of which something is not understood is refused with the place",
    arguments: [
      (#"{"mark": "line""#, "is no JSON"), ("[1]", "t.json, the whole: must be an object"),
      (
        #"{"mark": "hexagon", "encoding": {"x": X}}"#,
        "t.json, mark: “hexagon” is not drawn here"
      ),
      (#"{"mark": "bars", "encoding": {"x": X}}"#, "did you mean “bar”?"),
      (
        #"{"transform": [{"extent": "a"}], "mark": "bar", "encoding": {}}"#,
        "transform.0: is no transform"
      ),
      (#"{"transform": {}, "mark": "bar", "encoding": {}}"#, "t.json, transform: must be a list"),
      (#"{"layer": {}}"#, "t.json, layer: must be a list"),
      (#"{"mark": "point"}"#, "t.json, encoding: is missing"),
      (
        #"{"data": {"url": "https://example.org/x.csv"}, "mark": "bar", "encoding": {"x": X}}"#,
        "t.json, data.url: is not fetched"
      ),
      (
        #"{"data": {"values": "x.csv"}, "mark": "bar", "encoding": {"x": X}}"#,
        "t.json, data.values: must be a list of rows"
      ),
      (#"{"params": [{"value": 1}], "mark": "bar", "encoding": {}}"#, "params.0.name: is missing"),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "b", "typ": 1}}}"#,
        "encoding.y.typ: is not drawn here; did you mean “type”?"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "b", "type": "geojson"}}}"#,
        "encoding.y.type: “geojson”"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"aggregate": "ci2", "field": "b"}}}"#,
        "encoding.y.aggregate: “ci2”"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "<DVC_METRIC_Y>", "type": "quantitative"}}}"#,
        "encoding.y.field: is “<DVC_METRIC_Y>”: say `y` beside `template`"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "<DVC_METRIC_REV>"}}}"#,
        "<DVC_METRIC_REV> is no anchor here"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "<DVC_METRIC_Y"}}}"#,
        "encoding.y.field: has an open anchor"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "b", "type": "quantitative", "scale": {"type": "quantile"}}}}"#,
        "encoding.y.scale.type: “quantile”"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "b", "bin": 3}}}"#,
        "encoding.y.bin: must be"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": X, "theta9": X}}"#,
        "encoding.theta9: is not drawn here"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "aa", "type": "quantitative"}}}"#,
        "fit/data.csv has no column “aa”; there are a, b"
      ),
      (
        #"{"mark": "bar", "encoding": {"x": {"field": "b"}, "y": X}}"#,
        "has several rows of “2”; say what to make of them"
      ),
      (
        #"{"mark": {"type": {"signal": "alert(1)"}}, "encoding": {"x": X}}"#,
        "t.json, mark.type: must be a text"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X}, "transform": [{"filter": "alert(1)"}]}"#,
        "t.json, transform.0.filter: the expression calls “alert”"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X}, "transform": [{"filter": {"param": "brush"}}]}"#,
        "transform.0.filter.param: there is no parameter “brush”"
      ),
    ])
  func refused(template: String, reason: String) throws {
    let text = template.replacing("X", with: #"{"field": "a", "type": "quantitative"}"#)
    let error = #expect(throws: StepFailure.self) { try plot(text, "a,b\n1,2\n3,2\n") }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}
