/// The confusion matrix and the scores of each class.
struct ErrorsView {
  let classification: Classification

  private var matrix: ConfusionMatrix { classification.confusion }

  var section: PageSection {
    let isTable = matrix.isTable
    let tools: PageSection.Writing? = isTable ? { Self.writeTools(to: &$0) } : nil
    return PageSection(
      "errors", entry: "Errors", heading: "Confusion matrix and classes", look: "matrix-part",
      note: summary, tools: tools
    ) { section in
      section.element("div", ["class": "pair lopsided"]) { pair in
        pair.element("div") { column in
          if isTable {
            writeMatrix(to: &column)
          } else {
            column.append(ConfusionMap(matrix: matrix).svg())
            column.element("details", ["open": "open"]) { details in
              details.element("summary", text: "Most frequent confusions")
              confusions.write(to: &details)
            }
          }
        }
        pair.element("div") { column in
          column.element("h3", text: "Per class")
          let scores = ScoreTable(
            scores: classification.classScores, means: classification.meanScores)
          scores.table.write(to: &column)
        }
      }
    }
  }

  private static func writeTools(to header: inout MarkupWriter) {
    header.element(
      "div",
      ["class": "tools", "role": "group", "aria-label": "What the cells of the matrix show"]
    ) { tools in
      for (id, name, checked) in [
        ("matrix-counts", "Counts", "checked"), ("matrix-shares", "Share of row", ""),
      ] {
        tools.element("label") { label in
          label.element(
            "input", ["type": "radio", "name": "matrix", "id": id, "checked": checked])
          label.write(" " + name)
        }
      }
    }
  }

  private func writeMatrix(to column: inout MarkupWriter) {
    let links = SamplesView.links(classification.worstSamples)
    column.scrolling("Confusion matrix") { region in
      region.matrix(
        matrix, links: links,
        caption: "Rows are true classes, columns are predictions."
          + (links.isEmpty ? "" : " A dotted number leads to its samples."))
    }
  }

  private var summary: String {
    let wrong = matrix.total - matrix.correct
    let base =
      "\(NumberText.count(matrix.correct)) of \(NumberText.count(matrix.total)) "
      + "\(classification.split) samples are right, \(NumberText.count(wrong)) wrong."
    guard let worst = Self.pairs(matrix).first else { return base }
    return base + " Most often \(matrix.classNames[worst.row]) is predicted as "
      + "\(matrix.classNames[worst.column]): \(Text.counted(worst.count, "time"))."
  }

  /// Pairs of classes that are confused, the most frequent first.
  static func pairs(_ matrix: ConfusionMatrix) -> [(row: Int, column: Int, count: Int)] {
    var pairs: [(row: Int, column: Int, count: Int)] = []
    for row in matrix.counts.indices {
      for column in matrix.counts[row].indices
      where row != column && matrix.counts[row][column] > 0 {
        pairs.append((row, column, matrix.counts[row][column]))
      }
    }
    return pairs.sorted { ($1.count, $0.row, $0.column) < ($0.count, $1.row, $1.column) }
  }

  private var confusions: TableView {
    TableView(
      name: "Most frequent confusions",
      columns: [
        .init(name: "True"), .init(name: "Predicted"), .init(name: "Samples", isNumber: true),
      ],
      rows: Self.pairs(matrix).prefix(25).map {
        [
          .head(matrix.classNames[$0.row]), .init(text: matrix.classNames[$0.column]),
          .number(NumberText.count($0.count)),
        ]
      })
  }
}

extension ConfusionMatrix {
  /// Whether it has few enough classes for a table of cells.
  var isTable: Bool { classNames.count <= 20 }

  /// The class of a cell's shade: ten depths by the square root of the share.
  static func shade(_ share: Double, isHit: Bool) -> String {
    guard share > 0 else { return "zero" }
    let depth = min(max(Int((share.squareRoot() * 10).rounded(.up)), 1), 10)
    return (isHit ? "hit" : "miss") + String(depth)
  }
}

extension MarkupWriter {
  /// Writes a confusion matrix as a table: counts, and shares of the row.
  ///
  /// `links` is where the samples of a cell are, by its pair of classes.
  mutating func matrix(
    _ matrix: ConfusionMatrix, links: [String: String] = [:], caption: String = "",
    look: String = ""
  ) {
    element("table", ["class": look.isEmpty ? "matrix" : "matrix \(look)"]) { table in
      if !caption.isEmpty { table.element("caption", text: caption) }
      table.matrixHead(matrix.classNames)
      table.element("tbody") { body in
        for row in matrix.counts.indices {
          body.element("tr") { line in
            line.element("th", ["scope": "row"], text: matrix.classNames[row])
            for column in matrix.counts[row].indices {
              line.cell(matrix, row, column, link: links["\(row)-\(column)"])
            }
          }
        }
      }
    }
  }

  mutating func matrixHead(_ names: [String]) {
    element("thead") { head in
      head.element("tr") { row in
        row.element("td", ["class": "corner"], text: "true ↓ predicted →")
        for name in names { row.element("th", ["scope": "col"], text: name) }
      }
    }
  }

  private mutating func cell(_ matrix: ConfusionMatrix, _ row: Int, _ column: Int, link: String?) {
    let count = matrix.counts[row][column]
    let total = matrix.counts[row].reduce(0, +)
    let share = total == 0 ? 0 : Double(count) / Double(total)
    let words = count == 0 ? "0" : NumberText.percent(share, decimals: share < 0.0995 ? 1 : 0)
    let numbers = { (cell: inout MarkupWriter) in
      cell.element("span", ["class": "count"], text: NumberText.count(count))
      cell.element("span", ["class": "share"], text: words)
    }
    element(
      "td",
      [
        "class": ConfusionMatrix.shade(share, isHit: row == column),
        "data-pair": "\(row)-\(column)",
      ]
    ) { cell in
      guard let link, count > 0 else { return numbers(&cell) }
      cell.element(
        "a",
        [
          "href": link,
          "aria-label": "\(NumberText.count(count)) of \(matrix.classNames[row]) predicted as "
            + "\(matrix.classNames[column]): show samples",
        ], numbers)
    }
  }
}
