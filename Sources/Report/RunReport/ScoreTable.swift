/// The per-class table in the columns of scikit-learn's classification report.
struct ScoreTable {
  let scores: [ClassScore]
  /// The rows below: means over the classes.
  let means: [ClassScore]

  var table: TableView {
    TableView(
      name: "Precision, recall and F1 of each class",
      columns: [.init(name: "Class")]
        + ["Precision", "Recall", "F1", "Support"].map { .init(name: $0, isNumber: true) },
      rows: scores.map { row($0, bar: $0.f1) }, footer: means.map { row($0, bar: nil) },
      isSortable: true)
  }

  private func row(_ score: ClassScore, bar: Double?) -> TableView.Row {
    [
      .head(score.name), .number(rate(score.precision)), .number(rate(score.recall)),
      .number(rate(score.f1), bar: bar), .number(NumberText.count(score.support)),
    ]
  }

  private func rate(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }
}
