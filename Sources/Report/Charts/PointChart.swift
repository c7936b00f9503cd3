/// Groups of points over two quantities, each group a path of dots in its own colour and shape.
struct PointChart {
  struct Group {
    var style: Int
    var x: [Double]
    var y: [Double]
  }

  var id: String
  var title: String
  var description: String
  var xName: String
  var yName: String
  var groups: [Group]
  var height = 300

  /// The most points that one chart draws.
  static let limit = 10_000
  private static let (width, depth) = (4000, 3000)

  /// Which points of a group are drawn: all, or as many at equal distances as its share of the limit.
  static func drawn(_ count: Int, of total: Int) -> [Int] {
    guard total > limit, count > 1 else { return Array(0..<count) }
    let kept = max(count * limit / total, 2)
    return (0..<kept).map { $0 * (count - 1) / (kept - 1) }
  }

  func svg() -> Markup {
    var frame = LineChart(
      id: id, title: title, description: description, xLabel: HTMLText.visible(xName), lines: [])
    frame.xRange = Self.widened(groups.flatMap(\.x))
    frame.yRange = Self.widened(groups.flatMap(\.y))
    frame.height = height
    let (xScale, yScale) = (frame.xScale, frame.yScale)
    var writer = MarkupWriter()
    writer.plot(
      "plot unlabelled", id: id, height: height, title: HTMLText.visible(title),
      description: description
    ) { group in
      frame.writeGrid(to: &group, xScale, yScale)
      group.element("g", ["class": "axis y"]) { axis in
        axis.element(
          "text", ["class": "name above", "x": "0", "y": "-12"], text: HTMLText.visible(yName))
      }
      group.element(
        "svg",
        [
          "class": "lines points", "viewBox": "0 0 \(Self.width) \(Self.depth)",
          "preserveAspectRatio": "none", "width": "100%", "height": "\(height)",
        ]
      ) { field in
        for cloud in groups {
          field.element(
            "path",
            [
              "class": "cloud \(LineStyle.colour(cloud.style))"
                + (cloud.style % 2 == 1 ? " square" : ""),
              "data-run": "\(cloud.style)", "d": path(cloud, xScale, yScale),
            ])
        }
      }
    }
    return writer.markup
  }

  private func path(_ cloud: Group, _ xScale: AxisScale, _ yScale: AxisScale) -> String {
    let total = groups.reduce(0) { $0 + $1.x.count }
    var path = ""
    for index in Self.drawn(cloud.x.count, of: total)
    where cloud.x[index].isFinite && cloud.y[index].isFinite {
      path += "M\(LineData.place(xScale.position(of: cloud.x[index]), in: Self.width)) "
      path +=
        "\(Self.depth - LineData.place(yScale.position(of: cloud.y[index]), in: Self.depth))h0"
    }
    return path
  }

  /// The range of finite values with a margin, so that no point is on the border.
  private static func widened(_ values: [Double]) -> ClosedRange<Double> {
    guard let range = LineData.range(of: values) else { return 0...1 }
    let margin = (range.upperBound - range.lowerBound) * 0.04
    guard margin.isFinite else { return range }
    return (range.lowerBound - margin)...(range.upperBound + margin)
  }
}
