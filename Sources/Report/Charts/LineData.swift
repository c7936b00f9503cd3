/// The points of one line: what is drawn of them and how they are smoothed.
struct LineData {
  var x: [Double]
  var y: [Double]

  /// The most points of one line that a chart draws.
  static let limit = 2000

  /// The least and the greatest finite value, or `nil` when there is none.
  static func range(of values: some Sequence<Double>) -> ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    for value in values where value.isFinite {
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
    return range
  }

  /// The most points of one line that are put into the file for the page's script.
  static let dataLimit = 20_000

  /// The line with at most ``limit`` points.
  var reduced: LineData { reduced(to: Self.limit) }

  /// The line with at most `limit` points: the least and the greatest of each stretch, in order.
  ///
  /// This keeps peaks, which taking every *n*-th point would lose.
  func reduced(to limit: Int) -> LineData {
    guard x.count > limit else { return self }
    // The ends stay, so that a line begins and ends where its label says.
    let stretches = limit / 2 - 1
    var result = LineData(x: [x[0]], y: [y[0]])
    for stretch in 0..<stretches {
      let range = (stretch * x.count / stretches)..<((stretch + 1) * x.count / stretches)
      let finite = range.filter { y[$0].isFinite }
      guard
        let least = finite.min(by: { (y[$0], $0) < (y[$1], $1) }),
        let greatest = finite.max(by: { (y[$0], $0) < (y[$1], $1) })
      else {
        result.append(x[range.lowerBound], .nan)
        continue
      }
      result.append(x[min(least, greatest)], y[min(least, greatest)])
      if least != greatest {
        result.append(x[max(least, greatest)], y[max(least, greatest)])
      }
    }
    result.append(x[x.count - 1], y[y.count - 1])
    return result
  }

  /// The bias-corrected exponential moving average over every point.
  ///
  /// `weight` is that of the past, in [0, 1); 0 gives the values back. Values that are not finite
  /// pass through and leave the average alone.
  func smoothed(weight: Double) -> LineData {
    guard weight > 0, weight < 1 else { return self }
    var average = 0.0
    var bias = 1.0
    let values = y.map { value in
      guard value.isFinite else { return value }
      average = average * weight + value * (1 - weight)
      bias *= weight
      return average / (1 - bias)
    }
    return LineData(x: x, y: values)
  }

  private mutating func append(_ x: Double, _ y: Double) {
    self.x.append(x)
    self.y.append(y)
  }

  /// An SVG path in a field of `width` × `height` units, with whole and mostly relative numbers.
  ///
  /// A value that is not finite ends a piece of the line; a piece of one point becomes a dot.
  func path(x xScale: AxisScale, y yScale: AxisScale, width: Int, height: Int) -> String {
    var text = ""
    var last: (x: Int, y: Int)?
    for (x, y) in zip(x, y) {
      guard x.isFinite, y.isFinite else {
        last = nil
        continue
      }
      let point = (
        x: Self.place(xScale.position(of: x), in: width),
        y: height - Self.place(yScale.position(of: y), in: height)
      )
      if let last {
        let dy = point.y - last.y
        text += "l\(point.x - last.x)" + (dy < 0 ? "\(dy)" : " \(dy)")
      } else {
        text += "M\(point.x) \(point.y)h0"
      }
      last = point
    }
    return text
  }

  /// A part of `extent` as a whole number; values far outside stay just outside, and what has no place (a scale whose width
  /// overflows gives NaN) is at the beginning.
  static func place(_ part: Double, in extent: Int) -> Int {
    part.isNaN ? 0 : Int((min(max(part, -1), 2) * Double(extent)).rounded())
  }
}
