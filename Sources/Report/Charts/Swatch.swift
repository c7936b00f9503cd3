/// A piece of a line, for a legend.
struct Swatch {
  var style: Int

  func svg() -> Markup {
    var writer = MarkupWriter()
    writer.element("svg", ["class": "swatch", "aria-hidden": "true"]) { svg in
      svg.element(
        "line",
        ["class": LineStyle.classes(style), "x1": "0", "x2": "100%", "y1": "4", "y2": "4"])
    }
    return writer.markup
  }
}
