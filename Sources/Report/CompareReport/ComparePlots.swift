/// The user's plots of all runs: numbers superimposed, matrices and pictures side by side.
///
/// Plots of different runs belong together where their titles and kinds are equal.
struct ComparePlots {
  /// The limit of the bytes of pictures in one page, before encoding.
  private static let imageLimit = 8_000_000
  /// The most matrices of one title.
  private static let matrixLimit = 12

  private let comparison: Comparison
  /// What is drawn of each title.
  private var figures: [PageSection.Writing] = []
  private var hasLines = false
  /// The bytes of pictures so far.
  private var imageBytes = 0

  /// `nil` if no run has a plot to compare.
  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    self.comparison = comparison
    var seen: Set<String> = []
    for plot in model.runs.flatMap(\.plots) where seen.insert(Self.identity(plot)).inserted {
      let own = model.runs.enumerated().compactMap { number, run in
        run.plots.first { Self.identity($0) == Self.identity(plot) }.map { (number, $0) }
      }
      add(own, title: plot.title, id: "plot-\(figures.count)")
    }
    if figures.isEmpty { return nil }
  }

  var section: PageSection {
    PageSection(
      "plots", entry: "Plots", heading: "Plots",
      tools: hasLines ? { $0.curveTools(of: "plots") } : nil
    ) { section in
      section.legend(of: comparison.runs)
      section.element("div", ["class": "pair"]) { pair in
        for figure in figures { figure(&pair) }
      }
    }
  }

  /// What two plots must share to be shown together.
  private static func identity(_ plot: Plot) -> String {
    switch plot.content {
    case .lines(let curve): "lines \(curve.axis)\n\(plot.title)"
    case .points(let cloud): "points \(cloud.xName)\n\(cloud.yName)\n\(plot.title)"
    case .bars(let bars): "bars \(bars.axis)\n\(plot.title)"
    case .histogram(let column, _, _): "histogram \(column)\n\(plot.title)"
    case .confusion: "confusion\n\(plot.title)"
    case .table: "table\n\(plot.title)"
    case .image: "image\n\(plot.title)"
    }
  }

  private mutating func add(_ own: [(number: Int, plot: Plot)], title: String, id: String) {
    switch own[0].plot.content {
    case .lines:
      figures += lines(own, title: title, id: id).map { $0.write }
      hasLines = true
    case .points: figures.append(points(own, title: title, id: id).write)
    case .bars: figures += bars(own, title: title, id: id).map { $0.write }
    case .histogram(let column, _, let bins):
      figures.append(histogram(own, column: column, bins: bins, title: title, id: id).write)
    case .confusion: figures.append(matrices(own, title: title, id: id))
    case .image: figures.append(images(own, title: title))
    // The report of each run shows its table; here the digests show whether they differ.
    case .table: break
    }
  }

  private func name(_ number: Int) -> String {
    "\(comparison.runs[number].letter) \(comparison.runs[number].label)"
  }

  /// One chart for each series, since the runs take up the colours.
  private func lines(
    _ own: [(number: Int, plot: Plot)], title: String, id: String
  ) -> [ChartView] {
    let curves = own.compactMap { number, plot -> (number: Int, curve: Curve)? in
      if case .lines(let curve) = plot.content { (number, curve) } else { nil }
    }
    let names = unique(curves.flatMap { $0.curve.series.map(\.name) })
    return names.enumerated().map { index, series in
      let found = curves.compactMap { number, curve -> (number: Int, series: CurveSeries)? in
        curve.series.first { $0.name == series }.map { (number, $0) }
      }
      var curve = curves[0].curve
      curve.name = series
      curve.series = found.map { number, series in
        CurveSeries(name: name(number), positions: series.positions, values: series.values)
      }
      var chart = CurveChart(
        id: "\(id)-\(index)", curve: curve,
        title: names.count > 1 ? "\(title): \(series)" : title)
      chart.styles = found.map(\.number)
      chart.endLabels = found.map { comparison.runs[$0.number].letter }
      chart.important = [0]
      return chart.view
    }
  }

  private func points(_ own: [(number: Int, plot: Plot)], title: String, id: String) -> ChartView {
    var groups: [PointCloud.Group] = []
    var styles: [Int] = []
    var names = ("", "")
    for (number, plot) in own {
      guard case .points(let cloud) = plot.content else { continue }
      names = (cloud.xName, cloud.yName)
      groups.append(
        .init(name: name(number), x: cloud.groups.flatMap(\.x), y: cloud.groups.flatMap(\.y)))
      styles.append(number)
    }
    var view = PointView(
      PointCloud(xName: names.0, yName: names.1, groups: groups), id: id, title: title)
    view.styles = styles
    view.hasLegend = false
    return view.chart(note: "")
  }

  /// One chart for each series, with a bar for each run.
  private func bars(_ own: [(number: Int, plot: Plot)], title: String, id: String) -> [ChartView] {
    let all = own.compactMap { number, plot -> (number: Int, bars: BarGroups)? in
      if case .bars(let bars) = plot.content { (number, bars) } else { nil }
    }
    let categories = unique(all.flatMap(\.bars.categories))
    let names = unique(all.flatMap { $0.bars.series.map(\.name) })
    return names.enumerated().map { index, name in
      let found = all.compactMap { number, bars -> (number: Int, series: BarGroups.Series)? in
        guard let series = bars.series.first(where: { $0.name == name }) else { return nil }
        let values = Dictionary(
          zip(bars.categories, series.values), uniquingKeysWith: { first, _ in first })
        return (
          number,
          .init(name: self.name(number), values: categories.map { values[$0] ?? .nan })
        )
      }
      var view = BarView(
        BarGroups(axis: all[0].bars.axis, categories: categories, series: found.map(\.series)),
        id: "\(id)-\(index)", title: names.count > 1 ? "\(title): \(name)" : title)
      view.styles = found.map(\.number)
      view.letters = found.map { comparison.runs[$0.number].letter }
      view.quantity = name
      return view.chart(note: "")
    }
  }

  private func histogram(
    _ own: [(number: Int, plot: Plot)], column: String, bins: Int, title: String, id: String
  ) -> ChartView {
    HistogramChart(
      id: id, title: title, column: column, bins: bins,
      series: own.compactMap { number, plot in
        guard case .histogram(_, let values, _) = plot.content else { return nil }
        return .init(label: name(number), style: number, values: values)
      }
    ).view(note: nil)
  }

  private func matrices(
    _ own: [(number: Int, plot: Plot)], title: String, id: String
  ) -> PageSection.Writing {
    let shown = own.prefix(Self.matrixLimit)
    let note =
      shown.count < own.count
      ? "The first \(shown.count) of \(own.count) runs; the pages of the others show theirs." : nil
    let entries = shown.compactMap { number, plot -> GalleryEntry? in
      guard case .confusion(let matrix) = plot.content else { return nil }
      return GalleryEntry(number: number, remark: matrix.plotNote) { item in
        item.plotMatrix(
          matrix, id: "\(id)-\(number)",
          title: "\(title) of run \(comparison.runs[number].letter)")
      }
    }
    return gallery(entries, title: title, note: note)
  }

  /// The pictures of the runs as long as the page has room; one that an earlier run has too is not shown again.
  private mutating func images(
    _ own: [(number: Int, plot: Plot)], title: String
  ) -> PageSection.Writing {
    var first: [[UInt8]: Int] = [:]
    var entries: [GalleryEntry] = []
    for (number, plot) in own {
      guard case .image(let image) = plot.content else { continue }
      if let before = first[image.bytes] {
        entries.append(
          GalleryEntry(
            number: number,
            remark: "The same as that of \(comparison.runs[before].letter), byte for byte."))
      } else if imageBytes + image.bytes.count > Self.imageLimit {
        entries.append(
          GalleryEntry(
            number: number,
            remark: "Left out: this page shows at most \(NumberText.bytes(Self.imageLimit)) of "
              + "pictures."))
      } else {
        first[image.bytes] = number
        imageBytes += image.bytes.count
        let letter = comparison.runs[number].letter
        entries.append(
          GalleryEntry(number: number) {
            $0.picture(image, alternative: "\(image.alternative), run \(letter)")
          })
      }
    }
    return gallery(entries, title: title, note: nil)
  }

  /// What one run shows among others.
  private struct GalleryEntry {
    var number: Int
    var remark = ""
    var body: PageSection.Writing = { _ in }
  }

  private func gallery(
    _ entries: [GalleryEntry], title: String, note: String?
  ) -> PageSection.Writing {
    { [runs = comparison.runs] page in
      page.plotFigure(title, note: note, look: "wide") { figure in
        figure.element("ul", ["class": "side-by-side"]) { list in
          for entry in entries {
            list.element("li", ["data-run": "\(entry.number)"]) { item in
              item.element("p", ["class": "note"]) { line in
                line.label(
                  runs[entry.number], entry.number,
                  followedBy: entry.remark.isEmpty ? "" : ": \(entry.remark)")
              }
              entry.body(&item)
            }
          }
        }
      }
    }
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
