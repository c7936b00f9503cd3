internal import FoundationEssentials
internal import Pipeline
internal import PipelineSpec
internal import Report
internal import VegaLite

extension PlotBuilder {
  /// The largest template that is read.
  private static let largestTemplate = 256_000

  /// Makes a plot by a template, which may have a title of its own.
  ///
  /// - Throws: What `read` throws; ``StepFailure`` that names the template, the place in it and what there is instead.
  func plot(
    by file: PlotDefinition.Source, x: String?, y: String?,
    reading read: (PlotDefinition.Source) throws -> [UInt8]
  ) throws -> Plot {
    let bytes = try read(file)
    guard bytes.count <= Self.largestTemplate else {
      throw StepFailure(
        .malformedData,
        "\(file.name) has \(bytes.count) bytes; a template is read up to \(Self.largestTemplate)")
    }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      throw StepFailure(.malformedData, "\(file.name) is no JSON, as a Vega-Lite template is")
    }
    let source = definition.sources[0]
    let cells = try PlotTable(read(source), source: source.name)
    var table = DataTable(source: cells.source, names: cells.columns, rows: cells.rows)
    // Without x the rows are counted, and the run is the one revision there is.
    if x == nil, !table.names.contains("row") { table = table.numbered("row") }
    if !table.names.contains(Specification.revision) {
      table = table.with(Specification.revision, "this run")
    }
    let anchors = TemplateAnchors(
      source: file.name, x: x ?? (table.names.contains("row") ? "row" : nil), y: y,
      title: definition.heading)
    let whole = try anchors.replacing(value)
    do throws(VegaLiteError) {
      let specification = try Specification(whole)
      let content: Plot.Content
      if let chart = try specification.plainChart(over: table) {
        content = Self.content(of: chart)
      } else {
        content = .graphic(try Graphic(specification: whole, table: table))
      }
      let given = [definition.title, specification.title].compactMap { $0 }.first { !$0.isEmpty }
      return Plot(
        title: given ?? definition.heading, source: definition.source, content: content)
    } catch {
      throw Self.failure(error, in: file.name)
    }
  }

  /// What cannot be drawn, with the nearest of what can be.
  private static func failure(_ error: VegaLiteError, in file: String) -> StepFailure {
    var hint = ""
    if let stranger = error.stranger {
      if let near = Suggestion.nearest(to: stranger, among: error.known) {
        hint = "; did you mean “\(near)”?"
      } else if !error.known.isEmpty {
        let shown = error.known.prefix(24).joined(separator: ", ")
        hint = "; there are \(shown)" + (error.known.count > 24 ? ", …" : "")
      }
    }
    return StepFailure(.invalidSpec, "\(file), \(error)\(hint)")
  }

  /// The charts that pages have themselves, with their switches and their cursor.
  private static func content(of chart: PlainChart) -> Plot.Content {
    switch chart {
    case .lines(let x, let y, let series):
      .lines(
        Curve(
          name: y, axis: x, goal: .none,
          series: series.map { one in
            let rows = ascending(one.x.indices.filter { one.x[$0].isFinite }, by: one.x)
            return CurveSeries(
              name: one.name, positions: rows.map { one.x[$0] }, values: rows.map { one.y[$0] })
          }))
    case .points(let x, let y, let series):
      .points(
        PointCloud(
          xName: x, yName: y, groups: series.map { .init(name: $0.name, x: $0.x, y: $0.y) }))
    case .bars(let axis, let categories, let series):
      .bars(
        BarGroups(
          axis: axis, categories: categories,
          series: series.map { .init(name: $0.name, values: $0.values) }))
    }
  }
}
