internal import Report
internal import Settings

/// A point for each row.
struct ScatterPlot: PlotKind {
  static let word = "scatter"
  static let summary = "A point for each row."
  static let settings: [Setting<Self>] = [
    .tables(\.sources),
    Setting("x", \.x, .text(), isRequired: true, "The column of the horizontal axis."),
    .horizontalTable(\.horizontal),
    Setting("y", \.y, .text(), isRequired: true, "The column of the vertical axis."),
    .groups(\.by), .title,
  ]

  var sources: [Input] = [Input()]
  var x = "x"
  var horizontal: Input?
  var y = "y"
  var by: String?
  var title: String?

  func standardHeading(_ file: String) -> String { "\(y) over \(x)" }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    let tables = try sources.map(files.table)
    let other = try horizontal.map(files.table)
    var clouds: [PointCloud.Group] = []
    for (table, label) in zip(tables, PlotTable.labels(tables)) {
      let across = try table.horizontal(x, other)
      let up = try table.numbers(y)
      clouds += try table.groups(by).map { group in
        let name = [label, group.name].compactMap { $0 }.joined(separator: " ")
        return .init(
          name: name.isEmpty ? y : name, x: group.rows.map { across[$0] },
          y: group.rows.map { up[$0] })
      }
    }
    return .points(PointCloud(xName: x, yName: y, groups: clouds))
  }
}
