/// Runs as points over two of their settings and metrics.
///
/// The page draws the first setting that differs against the first metric with a direction; its script
/// draws any other pair.
struct RunScatter {
  /// What can be put on an axis.
  struct Axis {
    var name: String
    /// Numbers, or places in ``categories``.
    var values: [Double?]
    var isLogarithmic = false
    var isPercent = false
    /// The texts of a setting that is no number, by first appearance.
    var categories: [String] = []
    /// Whether it was measured: only of that a median tells anything.
    var isMetric = false
  }

  /// The most axes to choose from.
  static let limit = 40
  private static let height = 300

  var axes: [Axis]
  /// Which of them are drawn.
  var x: Int
  var y: Int
  let runs: [Comparison.Run]

  /// `nil` where fewer than three runs could be told apart by nothing.
  init?(_ comparison: Comparison) {
    guard comparison.runs.count >= 3 else { return nil }
    let differing = comparison.settings.filter(\.differs)
    let names = RunLabels.shortNames(differing.map(\.name))
    let settings = zip(differing, names).map { Self.axis($1, $0.values) }
    let metrics = comparison.metrics.filter { row in
      row.values.contains { $0?.last.isFinite ?? false }
    }
    axes =
      settings.prefix(Self.limit - min(metrics.count, 20))
      + metrics.prefix(20).map { row in
        Axis(
          name: row.name, values: row.values.map { $0?.last },
          isPercent: NumberText.isRate(row.name), isMetric: true)
      }
    let shown = axes.count - min(metrics.count, 20)
    guard !metrics.isEmpty, axes.count >= 2 else { return nil }
    x = axes[..<shown].firstIndex { $0.categories.isEmpty } ?? 0
    let goal = metrics.prefix(20).firstIndex { $0.goal != .none } ?? 0
    y = shown + goal
    if x == y { x = y + 1 < axes.count ? y + 1 : 0 }
    runs = comparison.runs
  }

  private static func axis(_ name: String, _ values: [String?]) -> Axis {
    let numbers = values.map { $0.flatMap(Double.init) }
    if zip(values, numbers).allSatisfy({ $0 == nil || $1?.isFinite == true }) {
      let range = LineData.range(of: numbers.compactMap { $0 })
      let spans = range.map { $0.lowerBound > 0 && $0.upperBound / $0.lowerBound >= 20 } ?? false
      return Axis(name: name, values: numbers, isLogarithmic: spans)
    }
    var categories: [String] = []
    let places = values.map { value -> Double? in
      guard let value else { return nil }
      if let place = categories.firstIndex(of: value) { return Double(place) }
      categories.append(value)
      return Double(categories.count - 1)
    }
    return Axis(name: name, values: places, categories: categories)
  }

  /// For the page's script.
  var data: JSONText {
    .object([
      "x": .integer(x), "y": .integer(y),
      "letters": .array(runs.map { .string($0.letter) }),
      "axes": .array(
        axes.map { axis in
          .object([
            "name": .string(HTMLText.visible(axis.name)),
            "log": .boolean(axis.isLogarithmic), "percent": .boolean(axis.isPercent),
            "metric": .boolean(axis.isMetric),
            "values": .array(
              axis.values.map { value in
                guard let value, value.isFinite else { return .null }
                return .number(value)
              }),
            "categories": .array(axis.categories.map { .string(HTMLText.visible($0)) }),
          ])
        }),
    ])
  }

  /// The values behind the points.
  var table: TableView {
    TableView(
      tableName: "Settings and metrics of the runs",
      columns: [.init(name: "Run")]
        + axes.map { .init(name: $0.name, isNumber: $0.categories.isEmpty) },
      rows: runs.indices.map { run in
        TableView.Row(
          cells: [.head("\(runs[run].letter) \(runs[run].label)")]
            + axes.map { axis in
              guard let value = axis.values[run] else { return .init(text: "–") }
              return axis.categories.isEmpty
                ? .number(Self.words(value, axis)) : .init(text: axis.categories[Int(value)])
            })
      })
  }

  private static func words(_ value: Double, _ axis: Axis) -> String {
    axis.isPercent && abs(value) <= 1 ? NumberText.percent(value) : NumberText.significant(value)
  }

  func svg() -> Markup {
    let (across, down) = (axes[x], axes[y])
    let description =
      "One point for each of \(runs.count) runs: \(HTMLText.visible(down.name)) over "
      + "\(HTMLText.visible(across.name)). The table below holds the values."
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "plot unlabelled scatter", "role": "img", "height": "\(Self.height)",
        "aria-labelledby": "scatter-title scatter-desc",
      ]
    ) { svg in
      svg.element("title", ["id": "scatter-title"], text: "Runs by setting and metric")
      svg.element("desc", ["id": "scatter-desc"], text: description)
      svg.element("g", ["aria-hidden": "true"]) { group in
        write(across, isAcross: true, to: &group)
        write(down, isAcross: false, to: &group)
        group.element("g", ["class": "points"]) { points in
          writeBoxes(to: &points, across, down)
          for run in runs.indices {
            guard let a = place(of: run, on: across), let b = place(of: run, on: down) else {
              continue
            }
            let (left, top) = (Self.percent(a), Self.pixels(b))
            points.element(
              "circle",
              [
                "class": "run-dot \(LineStyle.colour(run))", "data-run": "\(run)", "r": "6",
                "cx": left, "cy": top,
              ])
            points.element(
              "text",
              [
                "class": LineStyle.colour(run), "data-run": "\(run)", "x": left, "y": top,
                "dx": "10", "dy": "0.32em",
              ], text: runs[run].letter)
          }
        }
      }
    }
    return writer.markup
  }

  private func write(_ axis: Axis, isAcross: Bool, to svg: inout MarkupWriter) {
    svg.element("g", ["class": isAcross ? "axis x" : "axis y"]) { group in
      if isAcross {
        group.element(
          "line",
          [
            "class": "base", "x1": "0", "x2": "100%", "y1": "\(Self.height)",
            "y2": "\(Self.height)",
          ])
      }
      for (value, label) in ticks(axis) {
        guard let part = place(of: value, on: axis) else { continue }
        if isAcross {
          group.element(
            "text", ["x": Self.percent(part), "y": "\(Self.height + 18)"],
            text: HTMLText.visible(label))
        } else {
          let y = Self.pixels(part)
          group.element("line", ["x1": "0", "x2": "100%", "y1": y, "y2": y])
          group.element(
            "text", ["x": "-8", "y": y, "dy": "0.32em"], text: HTMLText.visible(label))
        }
      }
      let name = HTMLText.visible(axis.name) + (axis.isLogarithmic ? " (log)" : "")
      if isAcross {
        group.element(
          "text", ["class": "name", "x": "100%", "y": "\(Self.height + 36)"], text: name)
      } else {
        group.element("text", ["class": "name above", "x": "0", "y": "-10"], text: name)
      }
    }
  }

  /// What lies among the runs that stand at one place across: a short bar at the median of three or more,
  /// and around it a box of the middle half, with lines to the least and the greatest, of five or more.
  private func writeBoxes(to points: inout MarkupWriter, _ across: Axis, _ down: Axis) {
    guard down.isMetric else { return }
    var places: [(across: Double, heights: [Double])] = []
    for run in runs.indices {
      guard let a = place(of: run, on: across), let b = place(of: run, on: down) else { continue }
      if let index = places.firstIndex(where: { $0.across == a }) {
        places[index].heights.append(b)
      } else {
        places.append((a, [b]))
      }
    }
    for (a, heights) in places where heights.count > 2 {
      let sorted = heights.sorted()
      let (left, right) = (Self.percent(a - 0.02), Self.percent(a + 0.02))
      if sorted.count >= Self.leastOfBox {
        let (low, high) = (Self.quantile(0.25, of: sorted), Self.quantile(0.75, of: sorted))
        for (from, to) in [(sorted[0], low), (high, sorted[sorted.count - 1])] {
          points.element(
            "line",
            [
              "class": "whisker", "x1": Self.percent(a), "x2": Self.percent(a),
              "y1": Self.pixels(from), "y2": Self.pixels(to),
            ])
        }
        points.element(
          "rect",
          [
            "class": "box", "x": left, "y": Self.pixels(high), "width": "4%",
            "height": NumberText.significant(
              ((high - low) * Double(Self.height) * 10).rounded() / 10, 6),
          ])
      }
      let median = Self.pixels(Self.quantile(0.5, of: sorted))
      points.element(
        "line", ["class": "median", "x1": left, "x2": right, "y1": median, "y2": median])
    }
  }

  /// The fewest runs at one place across that are drawn as a box.
  private static let leastOfBox = 5

  /// A quantile, straight between two neighbours (R's type 7).
  static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[index] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// Where ticks stand: at the values, where they are few or logarithmic, else at round numbers.
  private func ticks(_ axis: Axis) -> [(Double, String)] {
    if !axis.categories.isEmpty {
      return axis.categories.enumerated().map { index, text in
        (Double(index), text.count > 14 ? text.prefix(13) + "…" : text)
      }
    }
    guard let range = LineData.range(of: axis.values.compactMap { $0 }) else { return [] }
    let distinct = Set(axis.values.compactMap { $0 }).sorted()
    if axis.isLogarithmic || !axis.isPercent && distinct.count <= 6 {
      let chosen =
        distinct.count <= 6
        ? distinct : (0..<6).map { distinct[$0 * (distinct.count - 1) / 5] }
      return chosen.map { ($0, NumberText.significant($0, 3)) }
    }
    return AxisScale(
      lower: range.lowerBound, upper: range.upperBound, count: 5, isPercent: axis.isPercent
    ).ticks.map { ($0.value, $0.label) }
  }

  private func place(of run: Int, on axis: Axis) -> Double? {
    axis.values[run].flatMap { place(of: $0, on: axis) }
  }

  /// A place in 0 … 1, a margin left at both ends.
  private func place(of value: Double, on axis: Axis) -> Double? {
    guard value.isFinite else { return nil }
    let scaled = { axis.isLogarithmic ? Logarithm.natural($0) : $0 }
    guard
      let range = LineData.range(
        of: axis.values.compactMap { $0 }.filter { !axis.isLogarithmic || $0 > 0 }.map(scaled)),
      range.upperBound > range.lowerBound
    else { return 0.5 }
    let part = (scaled(value) - range.lowerBound) / (range.upperBound - range.lowerBound)
    return 0.05 + 0.9 * part
  }

  private static func percent(_ part: Double) -> String {
    NumberText.significant((part * 10_000).rounded() / 100, 7) + "%"
  }

  private static func pixels(_ part: Double) -> String {
    NumberText.significant(((1 - part) * Double(height) * 10).rounded() / 10, 6)
  }
}
