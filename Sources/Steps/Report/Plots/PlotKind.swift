internal import Pipeline
internal import Report
internal import Settings

/// A kind of plot: its settings, and how it shows outputs.
protocol PlotKind: Described {
  /// The heading; plots of compared runs with the same heading are shown together.
  var title: String? { get set }

  /// The outputs that it shows, at least one.
  var sources: [Input] { get }

  /// The heading of a plot without a title; `file` is the name of the first file.
  func standardHeading(_ file: String) -> String

  /// Makes what the report shows.
  ///
  /// - Throws: What reading throws; ``StepFailure`` that names the output, its column and row.
  func content(_ files: PlotFiles) throws -> Plot.Content
}

/// The outputs that plots show: their names and bytes.
struct PlotFiles {
  /// The output behind an input: `fit/history.csv`.
  let name: (Input) -> String
  let read: (Input) throws -> [UInt8]

  /// Reads a table.
  func table(_ input: Input) throws -> PlotTable {
    try PlotTable(read(input), source: name(input))
  }
}

extension PlotKind {
  /// The words over the plot: those of the spec, or what it shows.
  func heading(_ files: PlotFiles) -> String {
    if let title, !title.isEmpty { return title }
    let name = sources.first.map(files.name) ?? ""
    return standardHeading(name.split(separator: "/").last.map(String.init) ?? name)
  }

  /// The plot with its numbers.
  ///
  /// - Throws: What `files` throws; ``StepFailure`` that names the output, its column and row.
  func plot(of files: PlotFiles) throws -> Plot {
    Plot(
      title: heading(files), source: sources.map(files.name).joined(separator: ", "),
      content: try content(files))
  }
}

/// The kinds of plots.
enum Plots {
  /// The most plots of one report.
  static let largestCount = 64

  /// All kinds of plots.
  static let kinds = Vocabulary(
    "plot",
    [
      LinePlot.self,
      ScatterPlot.self,
      BarPlot.self,
      HistogramPlot.self,
      ConfusionPlot.self,
      TablePlot.self,
      ImagePlot.self,
    ] as [any PlotKind.Type], describe: { (kind: any PlotKind) in kind })
}

// MARK: Settings that several kinds have

extension Setting where Root: PlotKind {
  static var title: Self {
    Setting(
      "title", \.title, .text(),
      "The heading; plots of compared runs with the same heading are shown together.")
  }

  static func table(_ property: any WritableKeyPath<Root, Input> & Sendable) -> Self {
    Setting(
      "data", property, .output, isRequired: true,
      "A table with named columns: CSV, TSV, JSON, JSON lines or YAML, recognized by its file name "
        + "extension.")
  }

  static func tables(_ property: any WritableKeyPath<Root, [Input]> & Sendable) -> Self {
    Setting(
      "data", property, .oneOrMore(.output, count: 1...16), isRequired: true,
      "A table with named columns (CSV, TSV, JSON, JSON lines or YAML, recognized by its file name "
        + "extension), or several, each with its own lines or points.")
  }

  static func horizontalTable(_ property: any WritableKeyPath<Root, Input?> & Sendable) -> Self {
    Setting(
      "x_data", property, .output, "Another table that holds the column `x`, row by row.")
  }

  static func columns(_ property: any WritableKeyPath<Root, [String]> & Sendable) -> Self {
    Setting(
      "y", property, .oneOrMore(.text(), count: 1...16), isRequired: true,
      "One or several columns of values.")
  }

  static func groups(_ property: any WritableKeyPath<Root, String?> & Sendable) -> Self {
    Setting(
      "by", property, .text(),
      "A column whose values divide the rows into groups, each in its own colour.")
  }
}
