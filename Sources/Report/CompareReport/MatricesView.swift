internal import ContentAddressing

/// The changes of each run's confusion matrix against the baseline.
struct MatricesView {
  /// The most confusions that are listed beside a picture.
  private static let listedChanges = 12

  private let baseline: ConfusionMatrix
  /// The runs but the baseline whose classes are the same.
  private let others: [(number: Int, run: Comparison.Run, matrix: ConfusionMatrix)]
  private let all: [ConfusionMatrix?]

  /// `nil` if fewer than two runs have matrices over the same classes.
  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    guard let baseline = model.runs[0].confusion else { return nil }
    self.baseline = baseline
    all = model.runs.map { run in
      run.confusion.flatMap { $0.classNames == baseline.classNames ? $0 : nil }
    }
    others = all.enumerated().dropFirst().compactMap { number, matrix in
      matrix.map { (number, comparison.runs[number], $0) }
    }
    if others.isEmpty { return nil }
  }

  var section: PageSection {
    PageSection(
      "errors", entry: "Confusions", heading: "Changes of the confusion matrix",
      note: "Counts of each run minus those of the baseline. Blue is better: more on the diagonal, "
        + "fewer beside it."
    ) { section in
      section.json(data, id: "matrix-data")
      section.element("div", ["class": "matrices"]) { matrices in
        for (place, other) in others.enumerated() {
          matrices.element(
            "details",
            [
              "class": "matrix-change", "data-run": "\(other.number)",
              "open": place == 0 ? "open" : "",
            ]
          ) { write(other, to: &$0) }
        }
      }
    }
  }

  private func write(
    _ other: (number: Int, run: Comparison.Run, matrix: ConfusionMatrix),
    to details: inout MarkupWriter
  ) {
    let gained = other.matrix.correct - baseline.correct
    details.element("summary") { summary in
      summary.label(other.run, other.number, followedBy: ": ")
      summary.element(
        "span", ["data-matrix-note": "yes"],
        text: "\(NumberText.signed(NumberText.count(gained))) right")
    }
    guard baseline.isTable else {
      return details.element("div", ["class": "pair"]) { pair in
        pair.element("div") { $0.append(map(other.matrix, number: other.number)) }
        pair.element("div", ["class": "change-list"], changes(other.matrix, other.run).write)
      }
    }
    details.scrolling("Change of the confusion matrix of run \(other.run.letter)") { region in
      region.element("table", ["class": "matrix"]) { table in
        table.matrixHead(baseline.classNames)
        table.element("tbody") { body in
          for row in baseline.counts.indices { write(row, of: other.matrix, to: &body) }
        }
      }
    }
  }

  private func write(_ row: Int, of matrix: ConfusionMatrix, to body: inout MarkupWriter) {
    let total = max(baseline.counts[row].reduce(0, +), 1)
    body.element("tr") { line in
      line.element("th", ["scope": "row"], text: baseline.classNames[row])
      for column in baseline.counts[row].indices {
        let change = matrix.counts[row][column] - baseline.counts[row][column]
        line.element(
          "td", ["class": Self.shade(change, of: total, isHit: row == column)],
          text: change == 0 ? "0" : NumberText.signed(NumberText.count(change)))
      }
    }
  }

  /// The counts of each run: as `[row, column, count, row, …]` of what is not zero, since most is.
  private var data: CanonicalValue {
    .object([
      "names": .array(baseline.classNames.map { .string(HTMLText.visible($0)) }),
      "listed": .integer(Self.listedChanges),
      "runs": .array(
        all.map { matrix in
          guard let matrix else { return .null }
          return .array(
            matrix.counts.indices.flatMap { row in
              matrix.counts[row].indices.filter { matrix.counts[row][$0] != 0 }.flatMap {
                [.integer(row), .integer($0), .integer(matrix.counts[row][$0])]
              }
            })
        }),
    ])
  }

  /// What changed, cell by cell.
  private func changed(
    _ matrix: ConfusionMatrix
  ) -> [(row: Int, column: Int, change: Int)] {
    matrix.counts.indices.flatMap { row in
      matrix.counts[row].indices.compactMap { column in
        let change = matrix.counts[row][column] - baseline.counts[row][column]
        return change == 0 ? nil : (row, column, change)
      }
    }
  }

  private func map(_ matrix: ConfusionMatrix, number: Int) -> Markup {
    let totals = baseline.support
    return ConfusionMap(
      matrix: matrix, id: "change-\(number)",
      title: "Change of the confusion matrix of \(matrix.classNames.count) classes",
      description:
        "Rows are true classes from the top, columns predictions from the left. The table "
        + "beside it lists what changed most."
    ).svg { cells in
      for (row, column, change) in changed(matrix) {
        cells.mapCell(
          row, column, Self.shade(change, of: max(totals[row], 1), isHit: row == column))
      }
    }
  }

  private func changes(_ matrix: ConfusionMatrix, _ run: Comparison.Run) -> TableView {
    let most = changed(matrix).sorted {
      (abs($1.change), $0.row, $0.column) < (abs($0.change), $1.row, $1.column)
    }
    return TableView(
      name: "Largest changes in run \(run.letter)", look: "most-changed",
      columns: [
        .init(name: "True"), .init(name: "Predicted"), .init(name: "Change", isNumber: true),
      ],
      rows: most.prefix(Self.listedChanges).map { row, column, change in
        [
          .head(matrix.classNames[row]), .init(text: matrix.classNames[column]),
          .init(
            text: NumberText.signed(NumberText.count(change)),
            look: "num " + ((change > 0) == (row == column) ? "up" : "down")),
        ]
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
