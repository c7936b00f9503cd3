/// A piece of a line, or a point, for a legend.
struct Swatch {
  var style: Int
  var isPoint = false

  func svg() -> Markup {
    var writer = MarkupWriter()
    writer.element("svg", ["class": "swatch", "aria-hidden": "true"]) { svg in
      guard isPoint else {
        svg.element(
          "line",
          ["class": LineStyle.classes(style), "x1": "0", "x2": "100%", "y1": "4", "y2": "4"])
        return
      }
      svg.element(
        "path",
        [
          "class": "cloud \(LineStyle.colour(style))" + (style % 2 == 1 ? " square" : ""),
          "d": "M13 4h0",
        ])
    }
    return writer.markup
  }
}
