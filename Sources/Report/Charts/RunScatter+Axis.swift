internal import ElementaryFunctions

extension RunScatter {
  /// A quantity that can be shown on an axis.
  struct Axis {
    var name: String
    /// Numbers, or places in ``categories``.
    var values: [Double?]
    var isLogarithmic = false
    var isPercent = false
    /// The texts of a setting that is no number, by first appearance.
    var categories: [String] = []
    /// Whether it was measured; a median is meaningful only then.
    var isMetric = false
  }
}

extension RunScatter.Axis {
  /// An axis for a setting: of numbers, where every run that has it has a number.
  init(_ name: String, texts: [String?]) {
    let numbers = texts.map { $0.flatMap(Double.init) }
    if zip(texts, numbers).allSatisfy({ $0 == nil || $1?.isFinite == true }) {
      let range = LineData.range(of: numbers.compactMap { $0 })
      let spans = range.map { $0.lowerBound > 0 && $0.upperBound / $0.lowerBound >= 20 } ?? false
      self.init(name: name, values: numbers, isLogarithmic: spans)
      return
    }
    var categories: [String] = []
    let places = texts.map { text -> Double? in
      guard let text else { return nil }
      if let place = categories.firstIndex(of: text) { return Double(place) }
      categories.append(text)
      return Double(categories.count - 1)
    }
    self.init(name: name, values: places, categories: categories)
  }

  /// A value as it is read, with at most `count` digits.
  func words(_ value: Double, digits count: Int = 4) -> String {
    isPercent && abs(value) <= 1
      ? NumberText.percent(value) : NumberText.significant(value, count)
  }

  /// The position of a run, if it has a value.
  func place(ofRun run: Int) -> Double? { values[run].flatMap(place(of:)) }

  /// A place in 0 … 1, a margin left at both ends.
  func place(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let scaled = { isLogarithmic ? Elementary.log($0) : $0 }
    guard
      let range = LineData.range(
        of: values.compactMap { $0 }.filter { !isLogarithmic || $0 > 0 }.map(scaled)),
      range.upperBound > range.lowerBound
    else { return 0.5 }
    let part = (scaled(value) - range.lowerBound) / (range.upperBound - range.lowerBound)
    return 0.05 + 0.9 * part
  }

  /// The ticks: at the values if they are few or logarithmic, else at round numbers.
  private var ticks: [(Double, String)] {
    if !categories.isEmpty {
      return categories.enumerated().map { index, text in
        (Double(index), text.count > 14 ? text.prefix(13) + "…" : text)
      }
    }
    guard let range = LineData.range(of: values.compactMap { $0 }) else { return [] }
    let distinct = Set(values.compactMap { $0 }).sorted()
    if isLogarithmic || !isPercent && distinct.count <= 6 {
      let chosen =
        distinct.count <= 6
        ? distinct : (0..<6).map { distinct[$0 * (distinct.count - 1) / 5] }
      return chosen.map { ($0, NumberText.significant($0, 3)) }
    }
    return AxisScale(
      lower: range.lowerBound, upper: range.upperBound, count: 5, isPercent: isPercent
    ).ticks.map { ($0.value, $0.label) }
  }

  /// Writes ticks and the name, below the field or at its left.
  func write(isAcross: Bool, to svg: inout MarkupWriter) {
    let height = RunScatter.height
    svg.element("g", ["class": isAcross ? "axis x" : "axis y"]) { group in
      if isAcross {
        group.element(
          "line",
          ["class": "base", "x1": "0", "x2": "100%", "y1": "\(height)", "y2": "\(height)"])
      }
      for (value, label) in ticks {
        guard let part = place(of: value) else { continue }
        if isAcross {
          group.element(
            "text", ["x": PlotPlace.across(part), "y": "\(height + 18)"],
            text: HTMLText.visible(label))
        } else {
          let y = RunScatter.pixels(part)
          group.element("line", ["x1": "0", "x2": "100%", "y1": y, "y2": y])
          group.element(
            "text", ["x": "-8", "y": y, "dy": "0.32em"], text: HTMLText.visible(label))
        }
      }
      let shown = HTMLText.visible(name) + (isLogarithmic ? " (log)" : "")
      if isAcross {
        group.element("text", ["class": "name", "x": "100%", "y": "\(height + 36)"], text: shown)
      } else {
        group.element("text", ["class": "name above", "x": "0", "y": "-10"], text: shown)
      }
    }
  }
}
