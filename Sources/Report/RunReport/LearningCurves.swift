/// The learning curves with what they tell: the best epoch, and where overfitting begins.
struct LearningCurves {
  let curves: [Curve]
  /// The position marked on every chart.
  let best: Double?

  init(_ model: RunReportModel) {
    curves = model.curves.filter { !$0.series.isEmpty }
    best = model.bestEpoch ?? Self.bestPosition(in: curves)
  }

  var section: RunPageView.Charts? {
    guard !curves.isEmpty else { return nil }
    let charts = curves.enumerated().map { index, curve in
      var chart = CurveChart(id: "curve-\(index)", curve: curve)
      chart.best = best
      chart.mayBeResumed = true
      chart.overfitFrom = Self.overfitting(in: curve)
      chart.note = note(on: curve, chart)
      return chart.view
    }
    return RunPageView.Charts(charts: charts, curvesNote: overfittingNote)
  }

  /// The series that stands for samples that training does not see.
  static func validation(of curve: Curve) -> CurveSeries? {
    curve.series.first { ["validation", "val", "valid", "test"].contains($0.name.lowercased()) }
  }

  static func training(of curve: Curve) -> CurveSeries? {
    curve.series.first { ["train", "training"].contains($0.name.lowercased()) }
  }

  /// The index of the best value; the first of equals.
  static func best(of values: [Double], goal: MetricGoal) -> Int? {
    let finite = values.indices.filter { values[$0].isFinite }
    switch goal {
    case .minimize: return finite.min { (values[$0], $0) < (values[$1], $1) }
    case .maximize: return finite.max { (values[$0], $1) < (values[$1], $0) }
    case .none: return nil
    }
  }

  /// Where the first curve with a direction is best in validation.
  private static func bestPosition(in curves: [Curve]) -> Double? {
    for curve in curves {
      if let series = validation(of: curve), let index = best(of: series.values, goal: curve.goal) {
        return series.positions[index]
      }
    }
    return nil
  }

  /// The position from which validation got worse while training got better, if it is so.
  ///
  /// Said only where the last validation value is more than 2 % worse than the best, at least two
  /// positions later, and training improved in between.
  static func overfitting(in curve: Curve) -> Double? {
    guard let held = validation(of: curve), let seen = training(of: curve),
      held.positions == seen.positions,
      let best = best(of: held.values, goal: curve.goal),
      held.values.count - best > 2, let last = held.values.last, let end = seen.values.last,
      curve.goal.prefers(held.values[best], to: last) == true,
      abs(last - held.values[best]) > 0.02 * abs(held.values[best]),
      curve.goal.prefers(end, to: seen.values[best]) == true
    else { return nil }
    return held.positions[best]
  }

  private var overfittingNote: String? {
    for curve in curves {
      guard let from = Self.overfitting(in: curve) else { continue }
      return "Validation \(curve.name) is best at \(curve.axis) "
        + "\(NumberText.significant(from, 7)) and gets worse after it while training goes on to "
        + "improve: the model begins to learn the training samples by heart."
    }
    return nil
  }

  private func note(on curve: Curve, _ chart: CurveChart) -> String? {
    let goal = curve.goal.words.map { Text.capitalized($0) + "." }
    let values = curve.series.compactMap { series -> String? in
      guard let best, let at = series.positions.firstIndex(of: best) else { return nil }
      return "\(series.name) \(chart.value(series.values[at]))"
    }
    let atBest = best.map { "At \(curve.axis) \(NumberText.significant($0, 7)): " }
    let sentence = values.isEmpty ? nil : (atBest ?? "") + values.joined(separator: ", ") + "."
    return [goal, sentence].compactMap { $0 }.joined(separator: " ").nonEmpty
  }
}
