internal import VegaLite

/// What an entry of a graphic's legend looks like.
struct GraphicSwatch {
  var keys: [Scene.Legend.Key]
  var isLine: Bool
  /// Whether it stands on a ramp, beside its neighbours.
  var isContinuous: Bool

  func svg() -> Markup {
    var writer = MarkupWriter()
    var colour = Colour.palette(0)
    var (shape, dash): (Int?, Int?) = (nil, nil)
    var (size, opacity) = (64.0, 1.0)
    for key in keys {
      switch key {
      case .colour(let value): colour = value
      case .shape(let value): shape = value
      case .dash(let value): dash = value
      case .size(let value): size = value
      case .opacity(let value): opacity = value
      }
    }
    writer.element(
      "svg", ["class": isContinuous ? "swatch key" : "swatch", "aria-hidden": "true"]
    ) { svg in
      let paint = GraphicPaint(colour, isFilled: !isLine)
      let index = GraphicPaint.index(colour)
      if isLine {
        svg.element(
          "line",
          [
            "class": "\(paint.name) d\(dash ?? (index + index / 8) % 8)",
            "stroke-opacity": paint.opacity(opacity), "x1": "0", "x2": "100%", "y1": "4", "y2": "4",
          ])
      } else if let shape {
        svg.element(
          "path",
          [
            "class": paint.name, "transform": "translate(13 4)",
            "d": shape == 0
              ? "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z" : GraphicChart.outline(shape, 56),
          ])
      } else if keys.contains(where: { if case .size = $0 { true } else { false } }) {
        let radius = NumberText.significant((size / .pi).squareRoot(), 3)
        svg.element(
          "circle",
          [
            "class": "hollow \(GraphicPaint(colour, isFilled: false).name)", "cx": "13", "cy": "4",
            "r": radius,
          ])
      } else {
        svg.element(
          "rect",
          [
            "class": paint.name, "fill-opacity": paint.opacity(opacity), "x": "6", "y": "-3",
            "width": "14", "height": "14", "rx": "2",
          ])
      }
    }
    return writer.markup
  }
}
