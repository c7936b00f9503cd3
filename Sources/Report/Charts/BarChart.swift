/// Horizontal bars, each category's name above its bars, so that any name fits at any width.
struct BarChart {
  struct Series {
    /// Written before each value where there are several.
    var label: String
    var style: Int
    var values: [Double]
  }

  var id: String
  var title: String
  var description: String
  var categories: [String]
  var series: [Series]
  /// What the values are, which decides how they are written.
  var quantity: String

  /// The most categories drawn; the table has them all.
  static let limit = 40
  /// The part of the width for bars; the rest is for the values at their ends.
  private static let barShare = 0.8
  private static let (head, pitch, gap) = (19, 17, 9)

  private var shown: Range<Int> { 0..<min(categories.count, Self.limit) }
  private var groupHeight: Int { Self.head + Self.pitch * series.count + Self.gap }

  func svg() -> Markup {
    let finite = LineData.range(of: series.flatMap { $0.values[shown] }) ?? 0...1
    let low = min(0, finite.lowerBound)
    let high = max(0, finite.upperBound)
    let extent = high > low ? high - low : 1
    let place = { (value: Double) in (value - low) / extent * Self.barShare }
    let height = max(shown.count * groupHeight, 1)
    var writer = MarkupWriter()
    writer.plot(
      "plot hbars", id: id, height: height, title: HTMLText.visible(title),
      description: description, group: "points"
    ) { group in
      for category in shown {
        if low < 0 { writeZero(category, to: &group, at: PlotPlace.across(place(0))) }
        write(category, to: &group, place)
      }
    }
    return writer.markup
  }

  private func write(
    _ category: Int, to group: inout MarkupWriter, _ place: (Double) -> Double
  ) {
    let top = category * groupHeight
    group.element(
      "text", ["class": "name", "x": "0", "y": "\(top + 13)"], text: Self.cut(categories[category]))
    for (index, one) in series.enumerated() {
      let value = one.values[category]
      let y = top + Self.head + index * Self.pitch
      let run = "\(one.style)"
      guard value.isFinite else {
        group.element(
          "text",
          [
            "class": "none", "data-run": run, "x": PlotPlace.across(place(0)), "dx": "6",
            "y": "\(y + 11)",
          ], text: label(one, "–"))
        continue
      }
      let (from, to) = (min(place(0), place(value)), max(place(0), place(value)))
      group.element(
        "rect",
        [
          "class": LineStyle.colour(one.style), "data-run": run, "x": PlotPlace.across(from),
          "y": "\(y)", "width": PlotPlace.across(max(to - from, 0.002)), "height": "13", "rx": "2",
        ])
      group.element(
        "text",
        ["data-run": run, "x": PlotPlace.across(to), "dx": "6", "y": "\(y + 11)"],
        text: label(one, NumberText.metric(value, named: quantity)))
    }
  }

  /// Where bars to both sides begin; not across the names.
  private func writeZero(_ category: Int, to group: inout MarkupWriter, at x: String) {
    let top = category * groupHeight + Self.head
    group.element(
      "line",
      [
        "class": "zero", "x1": x, "x2": x, "y1": "\(top - 3)",
        "y2": "\(top + Self.pitch * series.count - 1)",
      ])
  }

  private func label(_ one: Series, _ value: String) -> String {
    series.count > 1 ? "\(HTMLText.visible(one.label)) \(value)" : value
  }

  private static func cut(_ text: String) -> String {
    let text = HTMLText.visible(text, limit: 200)
    return text.count > 56 ? text.prefix(55) + "…" : text
  }
}
