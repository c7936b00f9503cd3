internal import ElementaryFunctions

/// A line for each run over one axis for each numeric setting that differs, and the first metric.
struct ParallelCoordinates {
  struct Axis {
    var name: String
    var values: [Double?]
    var isLogarithmic: Bool
    var isMetric: Bool
  }

  /// The largest number of readable axes.
  static let limit = 9
  private let height = 280

  var axes: [Axis]
  var comparison: Comparison

  /// Takes the numeric settings that differ; `nil` when there are fewer than three.
  init?(_ comparison: Comparison) {
    let numeric = comparison.settings.filter(\.differs).compactMap { row -> Axis? in
      let values = row.values.map { $0.flatMap(Double.init) }
      guard zip(row.values, values).allSatisfy({ $0 == nil || $1?.isFinite == true }) else {
        return nil
      }
      return Axis(
        name: row.name, values: values, isLogarithmic: Self.spansDecades(values), isMetric: false)
    }
    guard numeric.count >= 3 else { return nil }
    let names = RunLabels.shortNames(numeric.map(\.name))
    axes = zip(numeric, names).prefix(Self.limit - 1).map { axis, name in
      var axis = axis
      axis.name = name
      return axis
    }
    if let metric = comparison.metrics.first(where: { $0.goal != .none }) {
      axes.append(
        Axis(
          name: metric.name, values: metric.values.map { $0?.last }, isLogarithmic: false,
          isMetric: true))
    }
    self.comparison = comparison
  }

  /// Whether values are positive and the greatest is twenty times the least or more.
  private static func spansDecades(_ values: [Double?]) -> Bool {
    guard let range = LineData.range(of: values.compactMap { $0 }), range.lowerBound > 0 else {
      return false
    }
    return range.upperBound / range.lowerBound >= 20
  }

  /// The position of a value on its axis, 0 … 1.
  static func position(_ value: Double, on axis: Axis) -> Double {
    let place = { axis.isLogarithmic ? Elementary.log($0) : $0 }
    guard let range = LineData.range(of: axis.values.compactMap { $0 }.map(place)),
      range.upperBound > range.lowerBound
    else { return 0.5 }
    return (place(value) - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  func svg() -> Markup {
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "plot parallel", "role": "img", "height": "\(height)",
        "aria-labelledby": "parallel-title parallel-desc",
      ]
    ) { svg in
      svg.element(
        "title", ["id": "parallel-title"], text: "Parallel coordinates of settings and metric")
      svg.element(
        "desc", ["id": "parallel-desc"],
        text: "One line for each of \(comparison.runs.count) runs over the axes "
          + "\(Text.list(axes.map { HTMLText.visible($0.name) })). The tables of settings and "
          + "metrics hold the same values.")
      svg.element("g", ["aria-hidden": "true"]) { group in
        writeLines(to: &group)
        for (index, axis) in axes.enumerated() { write(axis, at: index, to: &group) }
      }
    }
    return writer.markup
  }

  private func across(_ index: Int) -> Double { Double(index) / Double(max(axes.count - 1, 1)) }

  private func writeLines(to svg: inout MarkupWriter) {
    svg.element(
      "svg",
      [
        "class": "lines", "viewBox": "0 0 4000 1000", "preserveAspectRatio": "none",
        "width": "100%", "height": "\(height)",
      ]
    ) { field in
      for run in comparison.runs.indices {
        var path = ""
        var isOpen = false
        for (index, axis) in axes.enumerated() {
          guard let value = axis.values[run], value.isFinite else {
            isOpen = false
            continue
          }
          let x = LineData.place(across(index), in: 4000)
          let y = 1000 - LineData.place(Self.position(value, on: axis), in: 1000)
          path += (isOpen ? "L" : "M") + "\(x) \(y)"
          isOpen = true
        }
        field.element(
          "path",
          ["class": "line \(LineStyle.classes(run))", "data-run": "\(run)", "d": path])
      }
    }
  }

  private func write(_ axis: Axis, at index: Int, to svg: inout MarkupWriter) {
    let x = NumberText.significant(across(index) * 100, 6) + "%"
    let isLast = index == axes.count - 1
    let anchor = index == 0 ? "start" : isLast ? "end" : "middle"
    svg.element(
      "line", ["class": "stem", "x1": x, "x2": x, "y1": "0", "y2": "\(height)"])
    svg.element(
      "text", ["class": "axis-name", "x": x, "y": "-12", "text-anchor": anchor],
      text: HTMLText.visible(axis.name) + (axis.isLogarithmic ? " (log)" : ""))
    let values = axis.values.compactMap { $0 }.filter(\.isFinite)
    for value in marks(values) {
      let y = (1 - Self.position(value, on: axis)) * Double(height)
      svg.element(
        "text",
        [
          "class": "value", "x": x, "dx": isLast ? "-7" : "7",
          "text-anchor": isLast ? "end" : "start", "dy": "0.32em",
          "y": NumberText.significant((y * 10).rounded() / 10, 5),
        ],
        text: axis.isMetric
          ? NumberText.metric(value, named: axis.name) : NumberText.significant(value))
    }
  }

  /// The values to write at an axis: all of a few, else the ends.
  private func marks(_ values: [Double]) -> [Double] {
    let distinct = Set(values).sorted()
    guard distinct.count > 5, let first = distinct.first, let last = distinct.last else {
      return distinct
    }
    return [first, last]
  }
}
