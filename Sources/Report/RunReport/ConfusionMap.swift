/// A confusion matrix of many classes as a picture.
struct ConfusionMap {
  var matrix: ConfusionMatrix

  func svg() -> Markup {
    let count = matrix.classNames.count
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "map", "role": "img", "viewBox": "0 0 \(count) \(count)",
        "aria-labelledby": "map-title map-desc",
      ]
    ) { svg in
      svg.element("title", ["id": "map-title"], text: "Confusion matrix of \(count) classes")
      svg.element(
        "desc", ["id": "map-desc"],
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
