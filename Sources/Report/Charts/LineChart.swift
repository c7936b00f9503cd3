/// A chart of lines over one axis, as SVG that keeps its type size at every width.
///
/// The field of the plot is the `svg` element itself: places across are percentages, places down are
/// pixels, and labels are outside of it in margins that the style sheet leaves free.
struct LineChart {
  /// One line.
  struct Line {
    var label: String
    var data: LineData
    /// Which colour and dash pattern; see ``LineStyle``.
    var style: Int
    /// The label is written even if there is no room for all.
    var isImportant = false
  }

  /// A vertical line with a word on it.
  struct Mark {
    var x: Double
    var label: String
    /// A CSS class: `best`, `resume`.
    var kind: String
  }

  /// Unique on the page.
  var id: String
  var title: String
  var description: String
  var xLabel: String
  var lines: [Line]
  var marks: [Mark] = []
  /// Whether the report of a run may mark resumes in this chart.
  var mayBeResumed = false
  /// A stretch of the horizontal axis to shade, with a word on it.
  var shade: (from: Double, label: String)?
  /// Points to emphasize: line, position, value.
  var dots: [(style: Int, x: Double, y: Double)] = []
  var xRange: ClosedRange<Double>?
  var yRange: ClosedRange<Double>?
  var isPercent = false
  var hasWholeX = false
  /// A straight line to compare with, from corner to corner: of chance, of perfection.
  var diagonal: String?
  var height = 240
  var smoothing = 0.0
  /// Whether labels are at the ends of the lines; otherwise a legend is needed.
  var hasEndLabels = true

  /// The horizontal axis.
  var xScale: AxisScale {
    let range = xRange ?? LineData.range(of: lines.lazy.flatMap(\.data.x)) ?? 0...1
    return AxisScale(
      lower: range.lowerBound, upper: range.upperBound, count: 6, isWhole: hasWholeX)
  }

  /// The vertical axis, with a margin so that no line runs along the border.
  var yScale: AxisScale {
    let range: ClosedRange<Double>
    if let yRange {
      range = yRange
    } else {
      let data = LineData.range(of: lines.lazy.flatMap(\.data.y)) ?? 0...1
      let margin = (data.upperBound - data.lowerBound) * 0.05
      range = (data.lowerBound - margin)...(data.upperBound + margin)
    }
    return AxisScale(
      lower: range.lowerBound, upper: range.upperBound, count: 5, isPercent: isPercent)
  }

  func svg() -> Markup {
    let (xScale, yScale) = (xScale, yScale)
    var writer = MarkupWriter()
    writer.plot(
      "plot" + (hasEndLabels ? "" : " unlabelled"), id: id, height: height, title: title,
      description: description
    ) { group in
      writeShade(to: &group, xScale)
      writeGrid(to: &group, xScale, yScale)
      writeMarks(to: &group, xScale)
      if mayBeResumed { group.mark(.resumes, [xScale.lower, xScale.upper, Double(height)]) }
      writeLines(to: &group, xScale, yScale)
      writeDots(to: &group, xScale, yScale)
      if hasEndLabels { writeEndLabels(to: &group, yScale) }
    }
    return writer.markup
  }

  /// A place across as a percentage with two decimals.
  func across(_ part: Double) -> String { PlotPlace.across(part) }

  /// A place down in pixels with one decimal.
  func down(_ part: Double) -> String { PlotPlace.down(part, of: height) }
}
