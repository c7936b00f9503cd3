internal import Report
internal import Settings

/// The first rows of a table.
struct TablePlot: PlotKind {
  static let word = "table"
  static let summary = "The first 200 rows of a table."
  static let settings: [Setting<Self>] = [
    .table(\.data),
    Setting(
      "columns", \.columns, .list(.text(), atLeast: 1), "The columns to show; all by default."),
    .title,
  ]
  static let shorthand: String? = "data"

  var data = Input()
  var columns: [String]?
  var title: String?

  var sources: [Input] { [data] }

  func standardHeading(_ file: String) -> String { file }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    let table = try files.table(data)
    let places =
      try columns?.map { try table.index(of: $0) } ?? Array(table.columns.indices)
    return .table(
      PlainTable(
        columns: places.map { table.columns[$0] },
        rows: table.rows.prefix(200).map { row in places.map { row[$0] } },
        rowCount: table.rows.count))
  }
}
