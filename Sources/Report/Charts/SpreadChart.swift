/// The distribution of values over training: bands of quantiles from epoch to epoch, and beside them the
/// histogram of the last one, on the same vertical axis.
struct SpreadChart {
  /// Unique on the page.
  var id: String
  var title: String
  var positions: [Double]
  var histograms: [ParameterSpread.Histogram]
  var height = 132

  /// The borders of the bands, from the outside in, and the quantiles between which each lies.
  static let bands = [(0.0, 1.0), (0.05, 0.95), (0.25, 0.75)]

  /// The part of the width that the bands take; the rest is the histogram's.
  private static let bandShare = 0.76
  private static let (width, depth) = (4000, 1000)

  func svg() -> Markup {
    var frame = LineChart(id: id, title: title, description: "", xLabel: "", lines: [])
    frame.height = height
    frame.yRange = yRange
    let scale = frame.yScale
    var writer = MarkupWriter()
    writer.plot(
      "plot spread", id: id, height: height, title: HTMLText.visible(title),
      description: description
    ) { group in
      writeAxes(to: &group, frame, scale)
      group.element(
        "svg",
        [
          "class": "lines", "viewBox": "0 0 \(Self.width) \(Self.depth)",
          "preserveAspectRatio": "none", "width": "100%", "height": "\(height)",
        ]
      ) { field in
        writeBands(to: &field, scale)
        writeHistogram(to: &field, scale)
      }
    }
    return writer.markup
  }

  /// The whole range, so that an outlier is seen as what it is.
  private var yRange: ClosedRange<Double> {
    LineData.range(of: histograms.flatMap { [$0.least, $0.greatest] }) ?? 0...1
  }

  private var description: String {
    guard let first = histograms.first, let last = histograms.last else { return "No values." }
    let words = { (histogram: ParameterSpread.Histogram) in
      "median \(NumberText.significant(histogram.quantile(0.5), 3)), from "
        + "\(NumberText.significant(histogram.least, 3)) to "
        + "\(NumberText.significant(histogram.greatest, 3))"
    }
    return "At epoch \(epoch(positions.first)): \(words(first)). "
      + "At epoch \(epoch(positions.last)): \(words(last))."
  }

  private func epoch(_ position: Double?) -> String {
    position.map { NumberText.significant($0, 7) } ?? "–"
  }

  private func writeAxes(to svg: inout MarkupWriter, _ frame: LineChart, _ scale: AxisScale) {
    let sparse = AxisScale(lower: scale.lower, upper: scale.upper, count: 4)
    svg.element("g", ["class": "axis y"]) { axis in
      for tick in sparse.ticks {
        let y = frame.down(scale.position(of: tick.value))
        axis.element("line", ["x1": "0", "x2": "100%", "y1": y, "y2": y])
        axis.element("text", ["x": "-6", "y": y, "dy": "0.32em"], text: tick.label)
      }
    }
    let end = NumberText.percent(Self.bandShare, decimals: 0)
    svg.element("g", ["class": "axis x"]) { axis in
      axis.element(
        "line", ["class": "base", "x1": "0", "x2": "100%", "y1": "\(height)", "y2": "\(height)"])
      axis.element(
        "text", ["class": "first", "x": "0", "y": "\(height + 15)"],
        text: "epoch \(epoch(positions.first))")
      if positions.count > 1 {
        axis.element(
          "text", ["class": "name", "x": end, "y": "\(height + 15)"], text: epoch(positions.last))
      }
    }
  }

  private func writeBands(to field: inout MarkupWriter, _ scale: AxisScale) {
    // A single position is drawn as a stretch.
    let histograms = histograms.count == 1 ? histograms + histograms : histograms
    for (index, (lower, upper)) in Self.bands.enumerated() {
      let down = histograms.map { $0.quantile(lower) }
      let up = histograms.map { $0.quantile(upper) }
      let there = zip(places, up).map { point($0, $1, scale) }
      let back = zip(places, down).map { point($0, $1, scale) }.reversed()
      field.element(
        "path", ["class": "band b\(index)", "d": path(there + back) + "z"])
    }
    let median = zip(places, histograms).map { point($0, $1.quantile(0.5), scale) }
    field.element("path", ["class": "median", "d": path(median)])
  }

  /// The horizontal place of each position; a single one becomes a segment.
  private var places: [Int] {
    let end = Self.bandShare * Double(Self.width)
    guard let first = positions.first, let last = positions.last, last > first else {
      return [0, Int(end)]
    }
    return positions.map { Int((($0 - first) / (last - first) * end).rounded()) }
  }

  private func point(_ x: Int, _ value: Double, _ scale: AxisScale) -> (x: Int, y: Int) {
    (x, Self.depth - LineData.place(scale.position(of: value), in: Self.depth))
  }

  /// A line through points, each but the first by its distance from the one before: shorter than places.
  private func path(_ points: [(x: Int, y: Int)]) -> String {
    var text = ""
    var last: (x: Int, y: Int)?
    for point in points {
      if let last {
        let dy = point.y - last.y
        text += "l\(point.x - last.x)" + (dy < 0 ? "\(dy)" : " \(dy)")
      } else {
        text += "M\(point.x) \(point.y)"
      }
      last = point
    }
    return text
  }

  /// The last histogram, drawn horizontally.
  private func writeHistogram(to field: inout MarkupWriter, _ scale: AxisScale) {
    guard let last = histograms.last, let most = last.counts.max(), most > 0 else { return }
    let start = Int((Self.bandShare + 0.03) * Double(Self.width))
    let room = Self.width - start
    let step = (last.greatest - last.least) / Double(last.counts.count)
    var path = ""
    for (part, count) in last.counts.enumerated() where count > 0 {
      let low = last.least + step * Double(part)
      let top = Self.depth - LineData.place(scale.position(of: low + step), in: Self.depth)
      let bottom = Self.depth - LineData.place(scale.position(of: low), in: Self.depth)
      let length = max(1, Int((Double(count) / Double(most) * Double(room)).rounded()))
      path += "M\(start) \(top)h\(length)V\(max(bottom, top + 1))H\(start)z"
    }
    field.element("path", ["class": "bins", "d": path])
  }
}
