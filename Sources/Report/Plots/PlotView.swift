/// One of the user's plots, as the templates `plots` and `compare` show it.
///
/// Exactly one of the parts is there.
struct PlotView {
  var chart: ChartView?
  var matrix: PlotMatrixView?
  var picture: PictureView?
  var sheet: SheetView?

  struct PictureView {
    var pictureTitle: String
    var pictureNote: String
    /// An address of our own making, in base64: never escaped, never cut.
    var address: String
    var alternative: String
  }

  struct SheetView {
    var sheetTitle: String
    var sheetNote: String
    var sheetTable: TableView
  }

  /// The rows of a table that a page shows.
  static let rowLimit = 200

  init(_ plot: Plot, id: String) {
    let note = "From \(plot.source)."
    switch plot.content {
    case .lines(let curve):
      chart = Self.lines(curve, id: id, title: plot.title, note: note)
    case .points(let cloud):
      chart = PointView(cloud, id: id, title: plot.title).chart(note: note)
    case .bars(let bars):
      chart = BarView(bars, id: id, title: plot.title).chart(note: note)
    case .histogram(let column, let values, let bins):
      chart = HistogramChart(
        id: id, title: plot.title, column: column, bins: bins,
        series: [.init(label: column, style: 0, values: values)]
      ).view(note: note)
    case .confusion(let matrix):
      self.matrix = PlotMatrixView(matrix, id: id, title: plot.title, note: note)
    case .table(let table):
      sheet = SheetView(
        sheetTitle: plot.title, sheetNote: note, sheetTable: Self.sheet(table, title: plot.title))
    case .image(let image):
      picture = PictureView(
        pictureTitle: plot.title, pictureNote: note, address: image.dataURL,
        alternative: image.alternative)
    }
  }

  private static func lines(_ curve: Curve, id: String, title: String, note: String) -> ChartView {
    var chart = CurveChart(id: id, curve: curve, title: title)
    chart.note = note
    if curve.series.count > 8 {
      chart.legend = curve.series.enumerated().map { index, series in
        .init(label: series.name, swatch: Swatch(style: index).svg().text)
      }
    }
    return chart.view
  }

  private static func sheet(_ table: PlainTable, title: String) -> TableView {
    let isNumber = table.columns.indices.map { column in
      table.rows.allSatisfy { Double($0[column]) != nil || $0[column].isEmpty }
    }
    let shown = table.rows.prefix(rowLimit)
    return TableView(
      tableName: title,
      remark: shown.count < table.rowCount
        ? "The first \(NumberText.count(shown.count)) of \(NumberText.count(table.rowCount)) rows."
        : nil,
      columns: zip(table.columns, isNumber).map { .init(name: $0, isNumber: $1) },
      rows: shown.map { row in
        TableView.Row(cells: zip(row, isNumber).map { $1 ? .number($0) : .init(text: $0) })
      })
  }
}

/// A confusion matrix of the user's: counts with shares of the row below them.
struct PlotMatrixView {
  var plotTitle: String
  var plotNote: String
  var plotNames: [String]
  var plotRows: [ConfusionView.MatrixRow]
  /// The matrix as a picture, where a table would be too large.
  var plotMap: String
  var isGrid: Bool
  /// Few enough classes for the narrowest screen.
  var isSmall: Bool

  init(_ matrix: ConfusionMatrix, id: String, title: String, note: String) {
    let wrong = matrix.total - matrix.correct
    plotTitle = title
    plotNote =
      "\(NumberText.count(matrix.correct)) of \(NumberText.count(matrix.total)) on the diagonal, "
      + "\(NumberText.count(wrong)) beside it. \(note)"
    isGrid = matrix.classNames.count <= ConfusionView.tableLimit
    isSmall = matrix.classNames.count <= 5
    plotNames = isGrid ? matrix.classNames : []
    plotRows =
      isGrid ? matrix.classNames.indices.map { ConfusionView.row($0, matrix, links: [:]) } : []
    plotMap = isGrid ? "" : ConfusionMap(matrix: matrix, id: "\(id)-map").svg().text
  }
}

/// The section of the user's plots on the page of a run.
struct PlotsView {
  var plots: [PlotView]
  /// Whether there is anything to smooth.
  var hasLines: Bool

  init?(_ plots: [Plot]) {
    guard !plots.isEmpty else { return nil }
    self.plots = plots.enumerated().map { PlotView($1, id: "plot-\($0)") }
    hasLines = plots.contains { if case .lines = $0.content { true } else { false } }
  }
}
