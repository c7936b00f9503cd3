internal import Pipeline
internal import Report
internal import Settings

/// Lines over the numbers of a column, or over the row numbers.
struct LinePlot: PlotKind {
  static let word = "line"
  static let summary = "Lines over the numbers of a column, or over the row numbers without `x`."
  static let settings: [Setting<Self>] = [
    .tables(\.sources), Setting("x", \.x, .text(), "The column of the horizontal axis."),
    .horizontalTable(\.horizontal), .columns(\.y), .groups(\.by), .title,
  ]

  var sources: [Input] = [Input()]
  var x: String?
  var horizontal: Input?
  var y = ["y"]
  var by: String?
  var title: String?

  func standardHeading(_ file: String) -> String { y.joined(separator: ", ") }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    let tables = try sources.map(files.table)
    let other = try horizontal.map(files.table)
    var series: [CurveSeries] = []
    for (table, label) in zip(tables, PlotTable.labels(tables)) {
      let across = try table.horizontal(x, other)
      let groups = try table.groups(by)
      for column in try columns(of: table, among: tables) {
        let up = try table.numbers(column)
        for group in groups {
          let places = PlotTable.ascending(group.rows.filter { across[$0].isFinite }, by: across)
          let isNamed = y.count > 1 || (group.name == nil && label == nil)
          series.append(
            CurveSeries(
              name: [label, group.name, isNamed ? column : nil].compactMap { $0 }
                .joined(separator: " "),
              positions: places.map { across[$0] }, values: places.map { up[$0] }))
        }
      }
    }
    return .lines(
      Curve(
        name: y.count == 1 ? y[0] : heading(files), axis: x ?? "row", goal: .none, series: series))
  }

  /// The columns that a table has of those that are shown.
  ///
  /// - Throws: ``StepFailure`` if it has none of them, or if no table has one of them.
  private func columns(
    of table: PlotTable, among tables: [PlotTable]
  ) throws(StepFailure) -> [String] {
    let own = y.filter { table.columns.contains($0) }
    for column in y
    where own.isEmpty || !tables.contains(where: { $0.columns.contains(column) }) {
      _ = try table.index(of: column)
    }
    return own
  }
}
