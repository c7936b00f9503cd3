/// The per-class table in the columns of scikit-learn's classification report.
struct ScoreTable {
  let scores: [ClassScore]

  init(_ scores: [ClassScore]) { self.scores = scores }

  var view: TableView {
    TableView(
      tableName: "Precision, recall and F1 of each class",
      columns: [
        .init(name: "Class"), .init(name: "Precision", isNumber: true),
        .init(name: "Recall", isNumber: true), .init(name: "F1", isNumber: true),
        .init(name: "Support", isNumber: true),
      ],
      rows: scores.map { score in
        TableView.Row(cells: [
          .head(score.name), .number(rate(score.precision)), .number(rate(score.recall)),
          .number(rate(score.f1), bar: RateBar(part: score.f1).svg()),
          .number(NumberText.count(score.support)),
        ])
      },
      footer: scores.isEmpty
        ? []
        : [
          mean("Macro mean") { _ in 1 },
          mean("Weighted mean") {
            Double($0.support)
          },
        ])
  }

  private func rate(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }

  private func mean(_ name: String, weight: (ClassScore) -> Double) -> TableView.Row {
    let weights = scores.map(weight)
    let total = weights.reduce(0, +)
    let mean = { (value: (ClassScore) -> Double) in
      total == 0 ? 0 : zip(weights, scores).reduce(0) { $0 + $1.0 * value($1.1) } / total
    }
    return TableView.Row(cells: [
      .head(name), .number(rate(mean(\.precision))), .number(rate(mean(\.recall))),
      .number(rate(mean(\.f1))), .number(NumberText.count(scores.reduce(0) { $0 + $1.support })),
    ])
  }
}

/// A bar as long as a part of one, to sit in a table's cell.
struct RateBar {
  var part: Double

  func svg() -> Markup {
    var writer = MarkupWriter()
    let part = part.isFinite ? min(max(part, 0), 1) : 0
    writer.element("svg", ["class": "bar", "aria-hidden": "true"]) { svg in
      svg.element("rect", ["class": "track", "width": "100%", "height": "6"])
      svg.element("rect", ["width": NumberText.percent(part, decimals: 1), "height": "6"])
    }
    return writer.markup
  }
}
