/// A confusion matrix of many classes as a picture.
struct ConfusionMap {
  var matrix: ConfusionMatrix
  /// Unique on the page.
  var id = "map"

  func svg() -> Markup {
    let count = matrix.classNames.count
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "map", "role": "img", "viewBox": "0 0 \(count) \(count)",
        "aria-labelledby": "\(id)-title \(id)-desc",
      ]
    ) { svg in
      svg.element("title", ["id": "\(id)-title"], text: "Confusion matrix of \(count) classes")
      svg.element(
        "desc", ["id": "\(id)-desc"],
        text: "Rows are true classes from the top, columns predictions from the left; "
          + "\(NumberText.count(matrix.correct)) of \(NumberText.count(matrix.total)) samples lie "
          + "on the diagonal.")
      svg.element("rect", ["class": "field", "width": "\(count)", "height": "\(count)"])
      for row in matrix.counts.indices {
        let total = matrix.counts[row].reduce(0, +)
        for (column, cell) in matrix.counts[row].enumerated() where cell > 0 {
          let share = Double(cell) / Double(total)
          svg.element(
            "rect",
            [
              "class": ConfusionView.shade(share, isHit: row == column), "x": "\(column)",
              "y": "\(row)", "width": "1", "height": "1",
            ])
        }
      }
    }
    return writer.markup
  }
}
