/// What each run confuses more and less often than the baseline.
struct MatricesView {
  struct Matrix {
    var letter: String
    var label: String
    var number: Int
    var colour: String
    var isFirst: Bool
    var matrixNote: String
    var names: [String]
    var matrixRows: [MatrixRow]
  }

  struct MatrixRow {
    var rowName: String
    var matrixCells: [MatrixCell]
  }

  struct MatrixCell {
    var shade: String
    var text: String
  }

  /// More than this many tables would bury the page: the script shows any other pair.
  static let shownRuns = 12

  var matrices: [Matrix]
  /// Counts of all runs for the script, so that the reader can choose a baseline.
  var matrixData: String
  var matricesNote: String

  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    guard let baseline = model.runs[0].confusion,
      baseline.classNames.count <= ConfusionView.tableLimit
    else { return nil }
    let others = model.runs.indices.dropFirst().filter {
      model.runs[$0].confusion?.classNames == baseline.classNames
    }
    guard !others.isEmpty else { return nil }
    matrices = others.prefix(Self.shownRuns).enumerated().compactMap { place, index in
      guard let confusion = model.runs[index].confusion else { return nil }
      return Self.matrix(
        confusion, baseline, comparison.runs[index], number: index, isFirst: place == 0)
    }
    let hidden = others.count - matrices.count
    matricesNote =
      "Counts of each run minus those of the baseline. Blue is better: more on the diagonal, fewer "
      + "beside it."
      + (hidden > 0 ? " \(Text.counted(hidden, "further run")) can be seen with scripts on." : "")
    matrixData =
      JSONText.array(
        model.runs.map { run in
          guard let confusion = run.confusion, confusion.classNames == baseline.classNames else {
            return .null
          }
          return .array(confusion.counts.map { .array($0.map { .integer($0) }) })
        }
      ).text
  }

  private static func matrix(
    _ confusion: ConfusionMatrix, _ baseline: ConfusionMatrix, _ run: Comparison.Run, number: Int,
    isFirst: Bool
  ) -> Matrix {
    let gained = confusion.correct - baseline.correct
    return Matrix(
      letter: run.letter, label: run.label, number: number, colour: LineStyle.colour(number),
      isFirst: isFirst, matrixNote: "\(NumberText.signed(NumberText.count(gained))) right",
      names: confusion.classNames,
      matrixRows: confusion.counts.indices.map { row in
        let total = max(baseline.counts[row].reduce(0, +), 1)
        return MatrixRow(
          rowName: confusion.classNames[row],
          matrixCells: confusion.counts[row].indices.map { column in
            let change = confusion.counts[row][column] - baseline.counts[row][column]
            return MatrixCell(
              shade: shade(change, of: total, isHit: row == column),
              text: change == 0 ? "0" : NumberText.signed(NumberText.count(change)))
          })
      })
  }

  /// Ten depths by the square root of the change's share of the row, four times as deep as a count's.
  static func shade(_ change: Int, of total: Int, isHit: Bool) -> String {
    guard change != 0 else { return "zero" }
    let share = Double(abs(change)) / Double(total)
    let depth = min(max(Int(((share * 4).squareRoot() * 10).rounded(.up)), 1), 10)
    return ((change > 0) == isHit ? "better" : "worse") + String(depth)
  }
}
