/// The superimposed curves of all runs: a chart for each quantity and split.
struct CompareCurves {
  let runs: [ComparedRun]
  let comparison: Comparison

  init(_ model: CompareReportModel, _ comparison: Comparison) {
    runs = model.runs
    self.comparison = comparison
  }

  var section: PageSection? {
    let charts = quantities.enumerated().compactMap { index, quantity in
      chart(quantity, id: "curve-\(index)")
    }
    guard !charts.isEmpty else { return nil }
    let groupings = Groupings(comparison)
    return PageSection(
      "curves", entry: "Curves", heading: "Curves",
      tools: { header in
        header.curveTools(of: "curves") { tools in
          guard let groupings else { return }
          tools.choice("Group by", act: "group", first: "nothing", of: groupings.names)
        }
      }
    ) { section in
      section.legend(of: comparison.runs)
      if let groupings {
        section.json(groupings.data, id: "group-data")
        section.element(
          "ul", ["class": "legend", "data-group-legend": "yes", "hidden": "hidden"]
        ) { _ in }
      }
      if let times = RunTimes.data(of: runs.map(\.times)) { section.json(times, id: "run-times") }
      section.charts(charts)
    }
  }

  private struct Quantity: Hashable {
    var curve: String
    var series: String
  }

  /// What was followed, by first appearance; what training does not see comes first.
  private var quantities: [Quantity] {
    var found: [Quantity] = []
    for curve in runs.flatMap(\.curves) {
      for series in curve.series {
        let quantity = Quantity(curve: curve.name, series: series.name)
        if !found.contains(quantity) { found.append(quantity) }
      }
    }
    let isTraining = { (quantity: Quantity) in quantity.series.lowercased().hasPrefix("train") }
    return found.filter { !isTraining($0) } + found.filter(isTraining)
  }

  private func chart(_ quantity: Quantity, id: String) -> ChartView? {
    var lines: [CurveSeries] = []
    var styles: [Int] = []
    var goal = MetricGoal.none
    var axis = "epoch"
    for (index, run) in runs.enumerated() {
      guard let curve = run.curves.first(where: { $0.name == quantity.curve }),
        var series = curve.series.first(where: { $0.name == quantity.series })
      else { continue }
      (goal, axis) = (curve.goal, curve.axis)
      series.name = "\(comparison.runs[index].letter) \(comparison.runs[index].label)"
      lines.append(series)
      styles.append(index)
    }
    guard !lines.isEmpty else { return nil }
    var chart = CurveChart(
      id: id, curve: Curve(name: quantity.curve, axis: axis, goal: goal, series: lines),
      title: Text.capitalized("\(quantity.series) \(quantity.curve)"))
    chart.styles = styles
    chart.endLabels = styles.map { comparison.runs[$0].letter }
    chart.important = important(lines, goal: goal)
    chart.note = goal.words.map { Text.capitalized($0) + "." }
    return chart.view
  }

  /// The baseline, the best and the worst: their names must be seen.
  private func important(_ lines: [CurveSeries], goal: MetricGoal) -> Set<Int> {
    let lasts = lines.map { $0.values.last(where: \.isFinite) ?? .nan }
    let best = LearningCurves.best(of: lasts, goal: goal)
    let worst = LearningCurves.best(of: lasts, goal: goal == .maximize ? .minimize : .maximize)
    return Set([0, best, worst].compactMap { $0 })
  }
}
