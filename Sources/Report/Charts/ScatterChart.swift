/// A cloud of points, drawn as dots of one path.
struct ScatterChart {
  var id: String
  var title: String
  var description: String
  var xLabel: String
  var x: [Double]
  var y: [Double]
  var xRange: ClosedRange<Double>
  var yRange: ClosedRange<Double>
  /// A line to compare with, from one point to another.
  var reference: (from: (x: Double, y: Double), to: (x: Double, y: Double))
  var height = 300

  /// The most points drawn.
  static let limit = 5000

  /// Which points are drawn: all, or as many at equal distances.
  var drawn: [Int] {
    x.count <= Self.limit
      ? Array(x.indices) : (0..<Self.limit).map { $0 * (x.count - 1) / (Self.limit - 1) }
  }

  func svg() -> Markup {
    var frame = LineChart(
      id: id, title: title, description: description, xLabel: xLabel, lines: [])
    frame.xRange = xRange
    frame.yRange = yRange
    frame.height = height
    let (xScale, yScale) = (frame.xScale, frame.yScale)
    let (width, depth) = (4000, 3000)
    let place = { (x: Double, y: Double) in
      "M\(LineData.place(xScale.position(of: x), in: width)) "
        + "\(depth - LineData.place(yScale.position(of: y), in: depth))"
    }
    var writer = MarkupWriter()
    writer.plot(
      "plot unlabelled", id: id, height: height, title: title, description: description
    ) { group in
      frame.writeGrid(to: &group, xScale, yScale)
      group.element(
        "svg",
        [
          "class": "lines", "viewBox": "0 0 \(width) \(depth)", "preserveAspectRatio": "none",
          "width": "100%", "height": "\(height)",
        ]
      ) { field in
        let points = drawn.filter { x[$0].isFinite && y[$0].isFinite }
        field.element(
          "path",
          ["class": "cloud s0", "d": points.map { place(x[$0], y[$0]) + "h0" }.joined()])
        let (from, to) = reference
        field.element(
          "path",
          [
            "class": "diagonal",
            "d": place(from.x, from.y) + place(to.x, to.y).replacingFirst("M", with: "L"),
          ])
      }
    }
    return writer.markup
  }
}

extension String {
  /// The text with its first character exchanged, where it is `old`.
  fileprivate func replacingFirst(_ old: Character, with new: Character) -> String {
    first == old ? String(new) + dropFirst() : self
  }
}
