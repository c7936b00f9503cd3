/// The table of metrics: a row for each run, for each metric its value and what it changed.
struct MetricsView {
  struct MetricColumn {
    var metricName: String
    var goal: String
    /// The columns of one metric: last, change, and best where it was followed.
    var span: Int
    var subcolumns: [String]
  }

  struct MetricsRow {
    var letter: String
    var label: String
    var id: String
    var number: Int
    var colour: String
    var swatch: String
    var isBaseline: Bool
    var metricCells: [MetricCell]
  }

  struct MetricCell {
    var text: String
    var value: String
    var cellClass: String
    /// `last`, `delta`, `best`: what the script recomputes.
    var role: String
    var goal: String
    /// Whether the metric is read as a percentage.
    var rate: String
    var sub: String?
  }

  var columns: [MetricColumn]
  var rows: [MetricsRow]
  var metricsNote: String

  init?(_ comparison: Comparison) {
    let metrics = comparison.metrics
    guard !metrics.isEmpty else { return nil }
    columns = metrics.map { metric in
      let followed = Self.isFollowed(metric)
      return MetricColumn(
        metricName: metric.name, goal: metric.goal.words ?? "",
        span: followed ? 3 : 2, subcolumns: ["last", "change"] + (followed ? ["best"] : []))
    }
    rows = comparison.runs.enumerated().map { index, run in
      MetricsRow(
        letter: run.letter, label: run.label, id: run.id, number: index,
        colour: LineStyle.colour(index), swatch: Swatch(style: index).svg().text,
        isBaseline: index == 0, metricCells: metrics.flatMap { Self.cells($0, run: index) })
    }
    metricsNote =
      "Change is against the baseline; ▲ is better, ▼ is worse by the metric's declared direction. "
      + "The best of a column is bold."
  }

  private static func isFollowed(_ metric: Comparison.MetricRow) -> Bool {
    metric.values.contains { $0?.best != nil }
  }

  private static func cells(_ metric: Comparison.MetricRow, run: Int) -> [MetricCell] {
    let value = metric.values[run]
    let rate = NumberText.isRate(metric.name) ? "1" : ""
    let text = value.map { NumberText.metric($0.last, named: metric.name) } ?? "–"
    var cells = [
      MetricCell(
        text: text, value: value.map { NumberText.exact($0.last) } ?? "",
        cellClass: metric.best == run ? "num best" : "num", role: "last",
        goal: metric.goal.rawValue, rate: rate),
      delta(metric, value, run: run, rate: rate),
    ]
    if isFollowed(metric) {
      cells.append(
        MetricCell(
          text: value?.best.map { NumberText.metric($0, named: metric.name) } ?? "–",
          value: value?.best.map(NumberText.exact) ?? "", cellClass: "num", role: "best",
          goal: metric.goal.rawValue, rate: rate,
          sub: value?.bestEpoch.map { "at \(NumberText.significant($0, 7))" }))
    }
    return cells
  }

  private static func delta(
    _ metric: Comparison.MetricRow, _ value: Comparison.MetricRow.Value?, run: Int, rate: String
  ) -> MetricCell {
    let delta = run == 0 ? nil : value?.delta
    let mark = value?.isBetter.map { $0 ? " ▲" : " ▼" } ?? ""
    let colour = value?.isBetter.map { $0 ? " up" : " down" } ?? ""
    return MetricCell(
      text: delta.map { NumberText.metricDelta($0, named: metric.name) + mark } ?? "",
      value: delta.map(NumberText.exact) ?? "", cellClass: "num" + (run == 0 ? "" : colour),
      role: "delta", goal: metric.goal.rawValue, rate: rate)
  }
}
