internal import VegaLite

extension GraphicChart {
  func write(_ mark: Mark, isSpoken: Bool, to svg: inout MarkupWriter) {
    let words = isSpoken ? mark.words.map { HTMLText.visible($0, limit: 400) } : nil
    switch mark.form {
    case .line(let pieces): writeLine(pieces, mark, words, to: &svg)
    case .area(let outlines):
      writeField(to: &svg, isArea: true) { field in
        element(
          "path", paint(mark).name,
          [
            "fill-opacity": paint(mark).opacity(mark.opacity),
            "d": outlines.map { Self.path($0) + "z" }.joined(),
          ], mark, words, to: &field)
      }
    case .rectangle(let from, let to): writeRectangle(from, to, mark, words, to: &svg)
    case .symbol(let point, let shape, let size):
      writeSymbol(point, shape, size, mark, words, to: &svg)
    case .rule(let from, let to):
      let paint = GraphicPaint(mark.colour, isFilled: false)
      element(
        "line", "rule \(paint.name)\(mark.dash > 0 ? " d\((mark.dash - 1) % 7 + 1)" : "")",
        [
          "stroke-opacity": paint.opacity(mark.opacity),
          "stroke-width": mark.width.map { NumberText.significant($0, 4) } ?? "",
          "x1": across(from.x), "y1": down(from.y), "x2": across(to.x), "y2": down(to.y),
        ], mark, words, to: &svg)
    case .tick(let point, let isVertical, let length):
      let half = NumberText.significant(length / 2, 4)
      let paint = GraphicPaint(mark.colour, isFilled: false)
      svg.element("svg", ["class": "at", "x": across(point.x), "y": down(point.y)]) { place in
        element(
          "line", "rule \(paint.name)",
          [
            "stroke-opacity": paint.opacity(mark.opacity),
            "x1": isVertical ? "0" : "-\(half)", "x2": isVertical ? "0" : half,
            "y1": isVertical ? "-\(half)" : "0", "y2": isVertical ? half : "0",
          ], mark, words, to: &place)
      }
    case .text(let point, let text, let anchor, let baseline, let shift, let size):
      svg.element(
        "text", own(mark, "label \(paint(mark).name)"),
        and: [
          "x": across(point.x), "y": down(point.y),
          "dx": NumberText.significant(shift.x, 4),
          "dy": NumberText.significant(shift.y + Double(4 - 6 * baseline), 4),
          "text-anchor": anchor < 0 ? "start" : anchor > 0 ? "end" : "middle",
          "font-size": size.map { NumberText.significant(min(max($0, 8), 40), 3) } ?? "",
          "fill-opacity": paint(mark).opacity(mark.opacity),
        ], text: Self.cut(text, 80))
    case .image(let point, let width, let height, let url):
      let text = { (value: Double) in NumberText.significant(value, 4) }
      svg.element("svg", ["class": "at", "x": across(point.x), "y": down(point.y)]) { place in
        element(
          "image", "",
          [
            "opacity": mark.opacity < 1 ? text(mark.opacity) : "", "href": url,
            "x": text(-width / 2), "y": text(-height / 2), "width": text(width),
            "height": text(height),
          ], mark, words, to: &place)
      }
    case .arc(let from, let to, let inner, let outer):
      svg.element(
        "svg",
        [
          "class": "round", "viewBox": "-1.02 -1.02 2.04 2.04", "width": "100%",
          "height": "\(height)",
        ]
      ) { field in
        element(
          "path", "sector \(paint(mark).name)",
          [
            "fill-opacity": paint(mark).opacity(mark.opacity),
            "d": Sector(from: from, to: to, inner: inner, outer: outer).path,
          ], mark, words, to: &field)
      }
    }
  }

  private func paint(_ mark: Mark) -> GraphicPaint {
    GraphicPaint(mark.colour, isFilled: mark.isFilled)
  }

  /// An element of a mark, around what it says when it is pointed at.
  private func element(
    _ name: String, _ look: String, _ attributes: KeyValuePairs<String, String>, _ mark: Mark,
    _ words: String?, to svg: inout MarkupWriter
  ) {
    let own = own(mark, look)
    guard let words, !words.isEmpty else {
      svg.element(name, own, and: attributes)
      return
    }
    svg.element(name, own, and: attributes) { $0.element("title", text: words) }
  }

  /// How a mark looks; the run whose rows it shows, so that it goes where its run is hidden; and the control and the place
  /// of the choice that a click on it makes: `1:3`.
  private func own(_ mark: Mark, _ look: String) -> KeyValuePairs<String, String> {
    let picks = controls.enumerated().lazy.compactMap { index, control in
      mark.pick.flatMap(control.place).map { "\(index):\($0)" }
    }
    return [
      "class": look, "data-run": mark.run.map(String.init) ?? "", "data-pick": picks.first ?? "",
    ]
  }

  private func writeField(
    to svg: inout MarkupWriter, isArea: Bool, _ body: (inout MarkupWriter) -> Void
  ) {
    svg.element(
      "svg",
      [
        "class": isArea ? "areas" : "lines",
        "viewBox": "0 0 \(Self.fieldWidth) \(Self.fieldHeight)", "preserveAspectRatio": "none",
        "width": "100%", "height": fieldExtent,
      ], body)
  }

  private static func path(_ points: [Mark.Point]) -> String {
    var text = ""
    for (index, point) in points.enumerated() {
      let x = LineData.place(point.x, in: fieldWidth)
      let y = fieldHeight - LineData.place(point.y, in: fieldHeight)
      text += index == 0 ? "M\(x) \(y)" : "L\(x) \(y)"
    }
    return points.count == 1 ? text + "h0" : text
  }

  private func writeLine(
    _ pieces: [[Mark.Point]], _ mark: Mark, _ words: String?, to svg: inout MarkupWriter
  ) {
    let paint = GraphicPaint(mark.colour, isFilled: false)
    // Colour alone never decides, unless dashes tell something else.
    let index = GraphicPaint.index(mark.colour)
    let dash = hasDashes || mark.dash > 0 ? mark.dash % 8 : (index + index / 8) % 8
    writeField(to: &svg, isArea: false) { field in
      element(
        "path", "line \(paint.name) d\(dash)",
        [
          "stroke-opacity": paint.opacity(mark.opacity),
          "stroke-width": mark.width.map { NumberText.significant($0, 4) } ?? "",
          "d": pieces.map { Self.path(Self.reduced($0)) }.joined(),
        ], mark, words, to: &field)
    }
  }

  /// Peaks survive, as in every chart of lines here.
  private static func reduced(_ points: [Mark.Point]) -> [Mark.Point] {
    guard points.count > LineData.limit else { return points }
    let data = LineData(x: points.map(\.x), y: points.map(\.y)).reduced
    return zip(data.x, data.y).map { .init($0, $1) }
  }

  private func writeRectangle(
    _ from: Mark.Point, _ to: Mark.Point, _ mark: Mark, _ words: String?, to svg: inout MarkupWriter
  ) {
    let (left, right) = (Self.bounded(min(from.x, to.x)), Self.bounded(max(from.x, to.x)))
    let (low, high) = (Self.bounded(min(from.y, to.y)), Self.bounded(max(from.y, to.y)))
    let paint = paint(mark)
    element(
      "rect", paint.name,
      [
        mark.isFilled ? "fill-opacity" : "stroke-opacity": paint.opacity(mark.opacity),
        "x": across(left), "y": down(high),
        "width": PlotPlace.across(right - left), "height": extent(high - low),
      ], mark, words, to: &svg)
  }

  private func writeSymbol(
    _ point: Mark.Point, _ given: Int, _ size: Double, _ mark: Mark, _ words: String?,
    to svg: inout MarkupWriter
  ) {
    let paint = paint(mark)
    let shape = given == 0 && !hasShapes ? GraphicPaint.index(mark.colour) % 2 : given
    let opacity = paint.opacity(mark.opacity)
    let look = mark.isFilled ? paint.name : "hollow \(paint.name)"
    if shape == 0 {
      element(
        "circle", look,
        [
          mark.isFilled ? "fill-opacity" : "stroke-opacity": opacity,
          "cx": across(point.x), "cy": down(point.y),
          "r": NumberText.significant((size / .pi).squareRoot(), 3),
        ], mark, words, to: &svg)
      return
    }
    svg.element("svg", ["class": "at", "x": across(point.x), "y": down(point.y)]) { place in
      element(
        "path", look,
        [
          mark.isFilled ? "fill-opacity" : "stroke-opacity": opacity,
          "d": Self.outline(shape, size),
        ], mark, words, to: &place)
    }
  }

  /// A square, a diamond, a triangle or a cross of an area around the origin.
  static func outline(_ shape: Int, _ size: Double) -> String {
    let side = size.squareRoot()
    let text = { (value: Double) in NumberText.significant(value, 3) }
    let half = side / 2
    switch shape % 5 {
    case 2:
      let reach = text(half * 1.4)
      return "M0-\(reach)L\(reach) 0L0 \(reach)L-\(reach) 0z"
    case 3:
      let reach = half * 1.25
      return
        "M0-\(text(reach))L\(text(reach)) \(text(reach * 0.75))L-\(text(reach)) \(text(reach * 0.75))z"
    case 4:
      let (arm, reach) = (text(side / 5), text(half * 1.25))
      return
        "M-\(arm)-\(reach)H\(arm)V-\(arm)H\(reach)V\(arm)H\(arm)V\(reach)H-\(arm)V\(arm)H-\(reach)V-\(arm)H-\(arm)z"
    default:
      let reach = text(half)
      return "M-\(reach)-\(reach)H\(reach)V\(reach)H-\(reach)z"
    }
  }
}
