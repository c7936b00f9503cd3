/// A confusion matrix of many classes as a picture.
struct ConfusionMap {
  let matrix: ConfusionMatrix
  /// Unique on the page.
  let id: String
  let title: String
  let description: String

  init(matrix: ConfusionMatrix, id: String = "map") {
    self.init(
      matrix: matrix, id: id, title: "Confusion matrix of \(matrix.classNames.count) classes",
      description: "Rows are true classes from the top, columns predictions from the left; "
        + "\(NumberText.count(matrix.correct)) of \(NumberText.count(matrix.total)) samples lie "
        + "on the diagonal.")
  }

  init(matrix: ConfusionMatrix, id: String, title: String, description: String) {
    self.matrix = matrix
    self.id = id
    self.title = title
    self.description = description
  }

  /// The matrix itself: each cell in the shade of its share of the row.
  func svg() -> Markup {
    svg { cells in
      for row in matrix.counts.indices {
        let total = matrix.counts[row].reduce(0, +)
        for (column, count) in matrix.counts[row].enumerated() where count > 0 {
          let share = Double(count) / Double(total)
          cells.mapCell(row, column, ConfusionMatrix.shade(share, isHit: row == column))
        }
      }
    }
  }

  /// A field of as many cells, of which `body` writes those that are not empty.
  func svg(_ body: PageSection.Writing) -> Markup {
    let count = matrix.classNames.count
    return Markup { writer in
      writer.element(
        "svg",
        [
          "class": "map", "role": "img", "viewBox": "0 0 \(count) \(count)",
          "aria-labelledby": "\(id)-title \(id)-desc",
        ]
      ) { svg in
        svg.element("title", ["id": "\(id)-title"], text: title)
        svg.element("desc", ["id": "\(id)-desc"], text: description)
        svg.element("rect", ["class": "field", "width": "\(count)", "height": "\(count)"])
        svg.element("g", ["class": "cells"], body)
      }
    }
  }
}

extension MarkupWriter {
  mutating func mapCell(_ row: Int, _ column: Int, _ shade: String) {
    element(
      "rect",
      ["class": shade, "x": "\(column)", "y": "\(row)", "width": "1", "height": "1"])
  }
}
