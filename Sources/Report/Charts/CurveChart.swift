/// Turns a ``Curve`` into a chart with its note, its data for the script and its table.
struct CurveChart {
  var id: String
  var curve: Curve
  /// The words over the chart.
  var title: String
  /// The selected position, marked by a line.
  var best: Double?
  /// Where validation stopped improving while training continued to improve.
  var overfitFrom: Double?
  var mayBeResumed = false
  /// The colour of each series.
  var styles: [Int]
  /// Labels at the ends of lines that must be shown.
  var important: Set<Int> = []
  var note: String?
  var legend: [ChartView.LegendEntry] = []
  /// The labels at the ends, when they are not the names of the series.
  var endLabels: [String]?

  init(id: String, curve: Curve, title: String? = nil) {
    self.id = id
    self.curve = curve
    self.title = title ?? Text.capitalized(curve.name)
    styles = Array(curve.series.indices)
  }

  var chart: LineChart {
    var chart = LineChart(
      id: id, title: title, description: description, xLabel: curve.axis,
      lines: curve.series.enumerated().map { index, series in
        LineChart.Line(
          label: HTMLText.visible(endLabels?[index] ?? series.name),
          data: LineData(x: series.positions, y: series.values), style: styles[index],
          isImportant: important.contains(index))
      })
    chart.isPercent = isPercent
    chart.hasEndLabels = !isAlone
    chart.hasWholeX = curve.series.allSatisfy { series in
      series.positions.allSatisfy { $0.rounded() == $0 }
    }
    if let best { chart.marks.append(.init(x: best, label: "best: \(place(best))", kind: "best")) }
    chart.mayBeResumed = mayBeResumed
    if let overfitFrom { chart.shade = (overfitFrom, "overfitting") }
    if let best {
      for (index, series) in curve.series.enumerated() {
        guard let at = series.positions.firstIndex(of: best) else { continue }
        chart.dots.append((styles[index], best, series.values[at]))
      }
    }
    return chart
  }

  var view: ChartView {
    ChartView(
      title: title, note: [note, reductionNote].compactMap { $0 }.joined(separator: " ").nonEmpty,
      frame: [
        chart.marks.isEmpty ? "" : "marked",
        (curve.series.map(\.values.count).max() ?? 0) > 500 ? "dense" : "",
        curve.series.count > 6 ? "many" : "",
        endLabels == nil ? "" : "lettered", isAlone ? "unlabelled" : "",
      ]
      .filter { !$0.isEmpty }.joined(separator: " "),
      svg: chart.svg(), data: data, legend: legend, table: table)
  }

  /// Whether the title already says what the only line is.
  private var isAlone: Bool { curve.series.count == 1 && endLabels == nil }

  /// Values in [0, 1] of a rate are read as percentages.
  var isPercent: Bool {
    NumberText.isRate(curve.name)
      && curve.series.allSatisfy { $0.values.allSatisfy { !$0.isFinite || ($0 >= 0 && $0 <= 1) } }
  }

  private func place(_ position: Double) -> String {
    curve.axis + " " + NumberText.significant(position, 7)
  }

  func value(_ value: Double) -> String {
    isPercent ? NumberText.percent(value) : NumberText.significant(value)
  }

  /// A description for readers who cannot see the chart.
  private var description: String {
    let lines = curve.series.prefix(8).map { series -> String in
      let finite = series.values.filter(\.isFinite)
      guard let first = finite.first, let last = finite.last else {
        return "\(HTMLText.visible(series.name)): no values."
      }
      return "\(HTMLText.visible(series.name)): from \(value(first)) to \(value(last)) over "
        + "\(Text.counted(series.values.count, "point"))."
    }
    let rest = curve.series.count - lines.count
    let more = rest > 0 ? ["And \(Text.counted(rest, "more line"))."] : []
    let mark = best.map { ["The best \(place($0)) is marked."] } ?? []
    return (["Line chart of \(curve.name) by \(curve.axis)."] + lines + more + mark)
      .joined(separator: " ")
  }

  private var reductionNote: String? {
    guard let longest = curve.series.map(\.values.count).max(), longest > LineData.limit else {
      return nil
    }
    let limit = LineData.dataLimit
    return "\(NumberText.count(longest)) points drawn as at most "
      + "\(NumberText.count(LineData.limit)) a line: the least and the greatest of each stretch."
      + (longest > limit ? " Smoothing and zooming use \(NumberText.count(limit)) of them." : "")
  }
}
