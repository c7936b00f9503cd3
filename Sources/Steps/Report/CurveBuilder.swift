internal import Report

/// The learning curves of a training.
enum CurveBuilder {
  static func curves(of training: StageResults) -> [Curve] {
    guard let history = training.decoded("history.json", HistoryFile.init(bytes:)),
      !history.epochs.isEmpty
    else { return [] }
    return [
      curve("loss", .minimize, history, \.loss), curve("accuracy", .maximize, history, \.accuracy),
    ] + learningRate(history)
  }

  /// The learning rate, where a schedule changed it: otherwise it is a setting.
  private static func learningRate(_ history: HistoryFile) -> [Curve] {
    let rates = history.epochs.map(\.learning_rate)
    guard Set(rates).count > 1 else { return [] }
    return [
      Curve(
        name: "learning rate", goal: .none,
        series: [CurveSeries(name: "learning rate", values: rates)])
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
