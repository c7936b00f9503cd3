internal import Report

/// The learning curves of a training.
enum CurveBuilder {
  static func curves(of training: StageResults) -> [Curve] {
    guard let history = training.decoded("history.json", HistoryFile.init(bytes:)),
      !history.epochs.isEmpty
    else { return [] }
    return [
      curve("loss", .minimize, history, \.loss), curve("accuracy", .maximize, history, \.accuracy),
    ]
  }

  private static func curve(
    _ name: String, _ goal: MetricGoal, _ history: HistoryFile,
    _ value: (HistoryFile.Scores) -> Double
  ) -> Curve {
    var series = [CurveSeries(name: "train", values: history.epochs.map { value($0.train) })]
    let validation = history.epochs.compactMap(\.validation).map(value)
    if validation.count == history.epochs.count {
      series.append(CurveSeries(name: "validation", values: validation))
    }
    return Curve(name: name, goal: goal, series: series)
  }
}
