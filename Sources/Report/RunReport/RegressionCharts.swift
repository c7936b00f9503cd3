/// Predictions over true values, and what remains between them.
struct RegressionCharts {
  let charts: [ChartView]
  let note: String

  /// `nil` if no value is finite.
  init?(_ regression: Regression) {
    let truth = regression.trueValues
    let residuals = zip(regression.predictions, truth).map { $0 - $1 }
    guard let xRange = LineData.range(of: truth),
      let yRange = LineData.range(of: regression.predictions),
      let residualRange = LineData.range(of: residuals)
    else { return nil }
    note = Self.errors(regression, residuals)
    let both =
      min(xRange.lowerBound, yRange.lowerBound)...max(xRange.upperBound, yRange.upperBound)
    let reach = max(abs(residualRange.lowerBound), abs(residualRange.upperBound)) * 1.05
    let name = HTMLText.visible(regression.target)
    let predicted = ScatterChart(
      id: "predicted", title: "Predicted against true",
      description: "Predicted over true \(name) for \(Text.counted(truth.count, "sample")).",
      xLabel: "true \(name)", x: truth, y: regression.predictions, xRange: Self.widened(both),
      yRange: Self.widened(both),
      reference: ((both.lowerBound, both.lowerBound), (both.upperBound, both.upperBound)))
    let residual = ScatterChart(
      id: "residuals", title: "Residuals",
      description: "Predicted minus true over predicted \(name).",
      xLabel: "predicted \(name)", x: regression.predictions, y: residuals,
      xRange: Self.widened(yRange), yRange: reach > 0 ? -reach...reach : -1...1,
      reference: (
        (Self.widened(yRange).lowerBound, 0), (Self.widened(yRange).upperBound, 0)
      ))
    charts = [
      Self.view(predicted, "On the line, the prediction is exact.", regression, residuals),
      Self.view(
        residual, "Predicted minus true; a pattern shows what the model has not learned.",
        regression,
        residuals),
    ]
  }

  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let margin = (range.upperBound - range.lowerBound) * 0.04
    return (range.lowerBound - margin)...(range.upperBound + margin)
  }

  private static func errors(_ regression: Regression, _ residuals: [Double]) -> String {
    let finite = residuals.filter(\.isFinite)
    let count = Double(max(finite.count, 1))
    let mean = finite.reduce(0, +) / count
    let square = (finite.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    let absolute = finite.reduce(0) { $0 + abs($1) } / count
    return "\(Text.counted(residuals.count, "\(regression.split) sample")) of "
      + "\(regression.target): root mean square error \(NumberText.significant(square)), "
      + "mean absolute error \(NumberText.significant(absolute)), "
      + "mean residual \(NumberText.significant(mean))."
  }

  private static func view(
    _ chart: ScatterChart, _ note: String, _ regression: Regression, _ residuals: [Double]
  ) -> ChartView {
    let drawn = chart.drawn.count
    let worst = residuals.indices.sorted { (abs(residuals[$1]), $0) < (abs(residuals[$0]), $1) }
    return ChartView(
      title: chart.title,
      note: drawn < chart.x.count
        ? note + " \(NumberText.count(drawn)) of \(NumberText.count(chart.x.count)) points drawn."
        : note,
      frame: "unlabelled", svg: chart.svg(),
      table: TableView(
        name: "\(chart.title): samples with the greatest residuals",
        remark: "The samples with the greatest residuals.",
        columns: ["Sample", "True", "Predicted", "Residual"].map {
          .init(name: $0, isNumber: true)
        },
        rows: worst.prefix(50).map { index in
          [.number(NumberText.count(index))]
            + [regression.trueValues[index], regression.predictions[index], residuals[index]]
            .map { .number(NumberText.significant($0, 6)) }
        }))
  }
}
