/// ROC, precision over recall, and reliability of a classifier.
struct ConfidenceCharts {
  /// More lines than this cannot be distinguished; the worst classes are drawn.
  private static let lineLimit = 12

  let classification: Classification

  var charts: [ChartView] {
    let drawn = drawnCurves
    return (drawn.isEmpty ? [] : [roc(drawn), precisionRecall(drawn)])
      + (classification.reliability.map { [ReliabilityChart(reliability: $0).view] } ?? [])
  }

  private var drawnCurves: [ThresholdCurve] {
    let curves = classification.thresholdCurves
    guard curves.count > Self.lineLimit else { return curves }
    let worst = curves.indices.sorted {
      (curves[$0].averagePrecision, $0) < (curves[$1].averagePrecision, $1)
    }
    return worst.prefix(Self.lineLimit).sorted().map { curves[$0] }
  }

  var note: String {
    let (drawn, all) = (drawnCurves.count, classification.thresholdCurves.count)
    let base =
      "Each class against the rest on the \(classification.split) split, "
      + "as the threshold on its probability falls."
    guard all > drawn else { return base }
    return base + " Shown are the \(drawn) of \(all) classes with the least average precision."
  }

  private func roc(_ curves: [ThresholdCurve]) -> ChartView {
    let mean = mean(classification.thresholdCurves.map(\.rocArea))
    var chart = LineChart(
      id: "roc", title: "ROC",
      description: "Recall over false-positive rate for \(curves.count) classes; "
        + "mean area \(NumberText.fixed(mean, decimals: 4)).",
      xLabel: "false-positive rate",
      lines: curves.enumerated().map { index, curve in
        .init(
          label: curve.className,
          data: LineData(x: curve.falsePositiveRate, y: curve.truePositiveRate), style: index)
      })
    finish(&chart)
    chart.diagonal = "chance"
    return view(
      chart, note: "Mean area under the curves \(NumberText.fixed(mean, decimals: 4)).",
      values: curves.map(\.rocArea), column: "Area", curves)
  }

  private func precisionRecall(_ curves: [ThresholdCurve]) -> ChartView {
    let mean = mean(classification.thresholdCurves.map(\.averagePrecision))
    var chart = LineChart(
      id: "pr", title: "Precision and recall",
      description: "Precision over recall for \(curves.count) classes; "
        + "mean average precision \(NumberText.fixed(mean, decimals: 4)).",
      xLabel: "recall",
      lines: curves.enumerated().map { index, curve in
        .init(
          label: curve.className, data: LineData(x: curve.truePositiveRate, y: curve.precision),
          style: index)
      })
    finish(&chart)
    return view(
      chart, note: "Mean average precision \(NumberText.fixed(mean, decimals: 4)).",
      values: curves.map(\.averagePrecision), column: "Average precision", curves)
  }

  private func finish(_ chart: inout LineChart) {
    chart.xRange = 0...1
    chart.yRange = 0...1
    chart.hasEndLabels = false
    chart.height = 260
  }

  private func view(
    _ chart: LineChart, note: String, values: [Double], column: String, _ curves: [ThresholdCurve]
  ) -> ChartView {
    ChartView(
      title: chart.title, note: note, frame: "square", svg: chart.svg(),
      legend: zip(curves.indices, values).map { index, value in
        .init(
          label: "\(curves[index].className) \(NumberText.fixed(value, decimals: 3))",
          swatch: Swatch(style: index))
      },
      table: TableView(
        name: "\(chart.title): \(column.lowercased()) of each class",
        columns: [.init(name: "Class"), .init(name: column, isNumber: true)],
        rows: zip(curves, values).map { curve, value in
          [.head(curve.className), .number(NumberText.fixed(value, decimals: 4))]
        }))
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
