internal import Report
internal import Settings

/// The distribution of a column's values.
struct HistogramPlot: PlotKind {
  static let word = "histogram"
  static let summary = "Distribution of a column's values."
  static let settings: [Setting<Self>] = [
    .table(\.data), Setting("x", \.x, .text(), isRequired: true, "The column of values."),
    Setting(
      "bins", \.bins, .integer(1...200),
      "The number of bins between the least and the greatest value."), .title,
  ]

  var data = Input()
  var x = "x"
  var bins = 30
  var title: String?

  var sources: [Input] { [data] }

  func standardHeading(_ file: String) -> String { "Distribution of \(x)" }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    .histogram(column: x, values: try files.table(data).numbers(x), bins: bins)
  }
}
