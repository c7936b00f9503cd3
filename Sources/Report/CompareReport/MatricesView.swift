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
    /// The matrix as a picture, where a table would be too large.
    var map: String
    var hasMap: Bool
    /// With the picture: which confusions changed most.
    var changes: TableView?
  }

  struct MatrixRow {
    var rowName: String
    var matrixCells: [MatrixCell]
  }

  struct MatrixCell {
    var shade: String
    var text: String
  }

  /// The most confusions that are listed beside a picture.
  static let listedChanges = 12

  var matrices: [Matrix]
  /// Counts of all runs for the script, so that the reader can choose a baseline.
  var matrixData: String
  var matricesNote: String

  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    guard let baseline = model.runs[0].confusion else { return nil }
    let others = model.runs.indices.dropFirst().filter {
      model.runs[$0].confusion?.classNames == baseline.classNames
    }
    guard !others.isEmpty else { return nil }
    matrices = others.enumerated().compactMap { place, index in
      guard let confusion = model.runs[index].confusion else { return nil }
      return Self.matrix(
        confusion, baseline, comparison.runs[index], number: index, isFirst: place == 0)
    }
    matricesNote =
      "Counts of each run minus those of the baseline. Blue is better: more on the diagonal, fewer "
      + "beside it."
    matrixData = Self.data(model, baseline).text
  }

  /// The counts of each run: as `[row, column, count, row, …]` of what is not zero, since most is.
  private static func data(_ model: CompareReportModel, _ baseline: ConfusionMatrix) -> JSONText {
    .object([
      "names": .array(baseline.classNames.map { .string(HTMLText.visible($0)) }),
      "listed": .integer(listedChanges),
      "runs": .array(
        model.runs.map { run in
          guard let confusion = run.confusion, confusion.classNames == baseline.classNames else {
            return .null
          }
          return .array(
            confusion.counts.indices.flatMap { row in
              confusion.counts[row].indices.filter { confusion.counts[row][$0] != 0 }.flatMap {
                [.integer(row), .integer($0), .integer(confusion.counts[row][$0])]
              }
            })
        }),
    ])
  }

  private static func matrix(
    _ confusion: ConfusionMatrix, _ baseline: ConfusionMatrix, _ run: Comparison.Run, number: Int,
    isFirst: Bool
  ) -> Matrix {
    let gained = confusion.correct - baseline.correct
    let isTable = confusion.classNames.count <= ConfusionView.tableLimit
    return Matrix(
      letter: run.letter, label: run.label, number: number, colour: LineStyle.colour(number),
      isFirst: isFirst, matrixNote: "\(NumberText.signed(NumberText.count(gained))) right",
      names: isTable ? confusion.classNames : [],
      matrixRows: !isTable
        ? []
        : confusion.counts.indices.map { row in
          let total = max(baseline.counts[row].reduce(0, +), 1)
          return MatrixRow(
            rowName: confusion.classNames[row],
            matrixCells: confusion.counts[row].indices.map { column in
              let change = confusion.counts[row][column] - baseline.counts[row][column]
              return MatrixCell(
                shade: shade(change, of: total, isHit: row == column),
                text: change == 0 ? "0" : NumberText.signed(NumberText.count(change)))
            })
        },
      map: isTable ? "" : map(confusion, baseline, run, number: number).text, hasMap: !isTable,
      changes: isTable ? nil : changes(confusion, baseline, run))
  }

  /// What changed, cell by cell.
  private static func changed(
    _ confusion: ConfusionMatrix, _ baseline: ConfusionMatrix
  ) -> [(row: Int, column: Int, change: Int)] {
    confusion.counts.indices.flatMap { row in
      confusion.counts[row].indices.compactMap { column in
        let change = confusion.counts[row][column] - baseline.counts[row][column]
        return change == 0 ? nil : (row, column, change)
      }
    }
  }

  private static func map(
    _ confusion: ConfusionMatrix, _ baseline: ConfusionMatrix, _ run: Comparison.Run, number: Int
  ) -> Markup {
    let count = confusion.classNames.count
    let totals = baseline.support
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "map", "role": "img", "viewBox": "0 0 \(count) \(count)",
        "aria-labelledby": "change-\(number)-title change-\(number)-desc",
      ]
    ) { svg in
      svg.element(
        "title", ["id": "change-\(number)-title"],
        text: "Change of the confusion matrix of \(count) classes")
      svg.element(
        "desc", ["id": "change-\(number)-desc"],
        text: "Rows are true classes from the top, columns predictions from the left. The table "
          + "beside it lists what changed most.")
      svg.element("rect", ["class": "field", "width": "\(count)", "height": "\(count)"])
      svg.element("g", ["class": "cells"]) { cells in
        for (row, column, change) in changed(confusion, baseline) {
          cells.element(
            "rect",
            [
              "class": shade(change, of: max(totals[row], 1), isHit: row == column),
              "x": "\(column)", "y": "\(row)", "width": "1", "height": "1",
            ])
        }
      }
    }
    return writer.markup
  }

  private static func changes(
    _ confusion: ConfusionMatrix, _ baseline: ConfusionMatrix, _ run: Comparison.Run
  ) -> TableView {
    let most = changed(confusion, baseline).sorted {
      (abs($1.change), $0.row, $0.column) < (abs($0.change), $1.row, $1.column)
    }
    return TableView(
      tableName: "What changed most in run \(run.letter)", tableClass: "most-changed",
      columns: [
        .init(name: "True"), .init(name: "Predicted"), .init(name: "Change", isNumber: true),
      ],
      rows: most.prefix(listedChanges).map { row, column, change in
        TableView.Row(cells: [
          .head(confusion.classNames[row]), .init(text: confusion.classNames[column]),
          .init(
            text: NumberText.signed(NumberText.count(change)),
            cellClass: "num " + ((change > 0) == (row == column) ? "up" : "down")),
        ])
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
