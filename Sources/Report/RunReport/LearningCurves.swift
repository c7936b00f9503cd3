/// The learning curves, with the best epoch of each and the begin of overfitting.
struct LearningCurves {
  private let curves: [Curve]

  init(_ curves: [Curve]) { self.curves = curves.filter { !$0.series.isEmpty } }

  var charts: [ChartView] {
    curves.enumerated().map { index, curve in
      var chart = CurveChart(id: "curve-\(index)", curve: curve)
      chart.best = Self.bestPosition(in: curve)
      chart.mayBeResumed = true
      chart.overfitFrom = Self.overfitting(in: curve)
      chart.note = Self.note(on: curve, chart)
      return chart.view
    }
  }

  /// The series for samples that training does not use.
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

  /// Where a curve is best by its own metric: in validation, where there is one.
  static func bestPosition(in curve: Curve) -> Double? {
    guard let series = validation(of: curve) ?? curve.series.first,
      let index = best(of: series.values, goal: curve.goal)
    else { return nil }
    return series.positions[index]
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

  var overfittingNote: String? {
    for curve in curves {
      guard let from = Self.overfitting(in: curve) else { continue }
      return "Validation \(curve.name) is best at \(curve.axis) "
        + "\(NumberText.significant(from, 7)) and gets worse after it while training still "
        + "improves: the model overfits."
    }
    return nil
  }

  private static func note(on curve: Curve, _ chart: CurveChart) -> String? {
    let goal = curve.goal.words.map { Text.capitalized($0) + "." }
    guard let best = chart.best else { return goal }
    let values = curve.series.compactMap { series in
      series.positions.firstIndex(of: best).map {
        "\(series.name) \(chart.value(series.values[$0]))"
      }
    }
    let sentence =
      "At \(curve.axis) \(NumberText.significant(best, 7)): \(values.joined(separator: ", "))."
    return [goal, sentence].compactMap { $0 }.joined(separator: " ")
  }
}
