/// One of the user's plots.
struct PlotView {
  let plot: Plot
  let id: String

  /// The rows of a table that a page shows.
  static let rowLimit = 200

  func write(to page: inout MarkupWriter) {
    let note = "From \(plot.source)."
    switch plot.content {
    case .lines(let curve): lines(curve, note: note).write(to: &page)
    case .points(let cloud):
      PointView(cloud, id: id, title: plot.title).chart(note: note).write(to: &page)
    case .bars(let bars):
      BarView(bars, id: id, title: plot.title).chart(note: note).write(to: &page)
    case .histogram(let column, let values, let bins):
      HistogramChart(
        id: id, title: plot.title, column: column, bins: bins,
        series: [.init(label: column, style: 0, values: values)]
      ).view(note: note).write(to: &page)
    case .confusion(let matrix):
      page.plotFigure(plot.title, note: "\(matrix.plotNote) \(note)") {
        $0.plotMatrix(matrix, id: id, title: plot.title)
      }
    case .table(let table):
      page.plotFigure(plot.title, note: note, look: "wide") { figure in
        figure.element("div", ["class": "sheet"], sheet(table).write)
      }
    case .image(let image):
      page.plotFigure(plot.title, note: note) { $0.picture(image, alternative: image.alternative) }
    }
  }

  private func lines(_ curve: Curve, note: String) -> ChartView {
    var chart = CurveChart(id: id, curve: curve, title: plot.title)
    chart.note = note
    if curve.series.count > 8 {
      chart.legend = curve.series.enumerated().map { index, series in
        .init(label: series.name, swatch: Swatch(style: index))
      }
    }
    return chart.view
  }

  private func sheet(_ table: PlainTable) -> TableView {
    let isNumber = table.columns.indices.map { column in
      table.rows.allSatisfy { Double($0[column]) != nil || $0[column].isEmpty }
    }
    let shown = table.rows.prefix(Self.rowLimit)
    return TableView(
      name: plot.title,
      remark: shown.count < table.rowCount
        ? "The first \(NumberText.count(shown.count)) of \(NumberText.count(table.rowCount)) rows."
        : nil,
      columns: zip(table.columns, isNumber).map { .init(name: $0, isNumber: $1) },
      rows: shown.map { row in
        zip(row, isNumber).map { $1 ? .number($0) : .init(text: $0) }
      })
  }
}

extension ConfusionMatrix {
  /// The number of counts on the diagonal.
  var plotNote: String {
    "\(NumberText.count(correct)) of \(NumberText.count(total)) on the diagonal, "
      + "\(NumberText.count(total - correct)) off it."
  }
}

extension MarkupWriter {
  /// Writes a figure that is no chart.
  mutating func plotFigure(
    _ title: String, note: String?, look: String = "", _ body: PageSection.Writing
  ) {
    element(
      "figure", ["class": look.isEmpty ? "figure plot-figure" : "figure plot-figure \(look)"]
    ) { figure in
      figure.caption(title, note: note)
      body(&figure)
    }
  }

  mutating func picture(_ image: PlotImage, alternative: String) {
    element("img", ["class": "picture", "src": image.dataURL, "alt": alternative])
  }

  /// Writes a matrix of the user's: a table with shares below the counts, or a picture of many classes.
  mutating func plotMatrix(_ matrix: ConfusionMatrix, id: String, title: String) {
    guard matrix.isTable else { return append(ConfusionMap(matrix: matrix, id: "\(id)-map").svg()) }
    scrolling(title) { region in
      // Few enough classes for the narrowest screen keep their size.
      region.matrix(matrix, look: matrix.classNames.count <= 5 ? "both small" : "both")
    }
  }
}
