import Pipeline
import Report
import Testing

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
        "x": {"aggregate": "\(name)", "field": "v"}, "color": {"field": "g", "type": "nominal"}}}
      """, table)
    guard case .bars(let bars) = plot.content else { Issue.record("no bars"); return }
    let expected = ["b": b, "a": a]
    #expect(bars.series.map(\.name) == ["x", "y"] && bars.axis == "k")
    #expect(zip(bars.categories, bars.series[0].values).allSatisfy { expected[$0] == $1 })
    #expect(bars.series[0].values == bars.series[0].values.sorted(by: >))
    let second = Dictionary(uniqueKeysWithValues: zip(bars.categories, bars.series[1].values))
    #expect(second["a"] == 1 && second["b"]?.isNaN == true)
  }

  @Test("draws the mean of a line by colour, and counts parts of a range")
  func others() throws {
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
    let bins = """
      {"mark": "bar", "encoding": {"x": {"field": "v", "bin": {"maxbins": 7}, "title": "value"},
        "y": {"aggregate": "count"}}}
      """
    guard
      case .histogram(let column, let values, let parts) = try self.plot(bins, "v\n1\n2\n").content
    else { Issue.record("no histogram"); return }
    #expect(column == "value" && values == [1, 2] && parts == 7)
  }

  @Test(
    "of which something is not understood is refused with the place",
    arguments: [
      (#"{"mark": "line""#, "is no JSON"), ("[1]", "t.json, the whole: must be an object"),
      (
        #"{"mark": "arc", "encoding": {}}"#, "t.json, mark: “arc” is not drawn here; there are line"
      ),
      (#"{"transform": [], "mark": "bar"}"#, "t.json, transform: is not drawn here"),
      (#"{"layer": [], "mark": "bar"}"#, "t.json, layer: is not drawn here"),
      (#"{"mark": "point"}"#, "t.json, encoding: is missing"),
      (
        #"{"data": {"url": "https://example.org/x.csv"}, "mark": "bar"}"#,
        "t.json, data.url: is not"
      ),
      (
        #"{"data": {"values": [{"a": 1}]}, "mark": "bar"}"#,
        "data.values: must be “<DVC_METRIC_DATA>”"
      ),
      (#"{"params": [{"name": "p"}], "mark": "bar"}"#, "t.json, params: is not drawn"),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "b", "typ": 1}}}"#,
        "encoding.y.typ: is not drawn here; did you mean “type”?"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "b", "type": "temporal"}}}"#,
        "encoding.y.type: “temporal”"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "b"}}}"#,
        "encoding.y.type: a point stands over numbers"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"aggregate": "argmax", "field": "b"}}}"#,
        "encoding.y.aggregate: “argmax”"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "<DVC_METRIC_Y>", "type": "quantitative"}}}"#,
        "say `y` beside `template`"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "<DVC_METRIC_REV>"}}}"#,
        "<DVC_METRIC_REV> is no anchor here"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "b", "type": "quantitative", "scale": {"type": "log"}}}}"#,
        "encoding.y.scale.type: “log”"
      ),
      (
        #"{"mark": "line", "encoding": {"x": X, "y": {"field": "b", "bin": 3}}}"#,
        "encoding.y.bin: must be"
      ),
      (#"{"mark": "bar", "encoding": {"x": X, "y": X}}"#, "encoding.x.type: bars need"),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": X, "size": X}}"#,
        "encoding.size: is not drawn here"
      ),
      (
        #"{"mark": "point", "encoding": {"x": X, "y": {"field": "c", "type": "quantitative"}}}"#,
        "fit/data.csv has no column “c”"
      ),
      (
        #"{"mark": "bar", "encoding": {"x": {"field": "b"}, "y": X}}"#,
        "has 2 rows of “2”; say what to make of them"
      ),
      (
        #"{"mark": {"type": {"signal": "alert(1)"}}, "encoding": {}}"#,
        "t.json, mark.type: must be a text"
      ),
    ])
  func refused(template: String, reason: String) throws {
    let text = template.replacing("X", with: #"{"field": "a", "type": "quantitative"}"#)
    let error = #expect(throws: StepFailure.self) { try plot(text, "a,b\n1,2\n3,2\n") }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}
