internal import ContentAddressing
internal import ElementaryFunctions

/// Runs as points over two of their settings and metrics.
///
/// The page draws the first setting that differs against the first metric with a direction; its script
/// draws any other pair.
struct RunScatter {
  /// The most axes to choose from.
  static let limit = 40
  static let height = 300

  var axes: [Axis]
  /// Which of them are drawn.
  var x: Int
  var y: Int
  let runs: [Comparison.Run]

  /// `nil` if fewer than three runs could be compared.
  init?(_ comparison: Comparison) {
    guard comparison.runs.count >= 3 else { return nil }
    let differing = comparison.settings.filter(\.differs)
    let names = RunLabels.shortNames(differing.map(\.name))
    let settings = zip(differing, names).map { Axis($1, texts: $0.values) }
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

  /// For the page's script.
  var data: CanonicalValue {
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
                return .double(value)
              }),
            "categories": .array(axis.categories.map { .string(HTMLText.visible($0)) }),
          ])
        }),
    ])
  }

  /// The values behind the points.
  var table: TableView {
    TableView(
      name: "Settings and metrics of the runs",
      columns: [.init(name: "Run")]
        + axes.map { .init(name: $0.name, isNumber: $0.categories.isEmpty) },
      rows: runs.indices.map { run in
        [.head("\(runs[run].letter) \(runs[run].label)")]
          + axes.map { axis in
            guard let value = axis.values[run] else { return .init(text: "–") }
            return axis.categories.isEmpty
              ? .number(axis.words(value)) : .init(text: axis.categories[Int(value)])
          }
      })
  }

  var section: PageSection {
    let names = axes.map(\.name)
    return PageSection(
      "scatter", entry: "Scatter", heading: "Settings against metrics",
      note: "Each point is a run. Where three or more runs share a value on the horizontal axis, a "
        + "short bar marks their median; five or more get a box of the middle half with whiskers "
        + "to the minimum and the maximum.",
      tools: { header in
        header.tools { tools in
          tools.choice("Horizontal", act: "scatter-x", of: names, chosen: x)
          tools.choice("Vertical", act: "scatter-y", of: names, chosen: y)
          tools.choice("Size", act: "scatter-size", first: "the same", of: names)
          tools.choice("Colour", act: "scatter-colour", first: "the run", of: names)
        }
      }
    ) { section in
      section.element("p", ["class": "note", "data-tint": "yes", "hidden": "hidden"], text: "")
      section.element("figure", ["class": "figure"]) { figure in
        figure.element("figcaption") {
          $0.element("h3", ["data-scatter-title": "yes"], text: "\(names[y]) over \(names[x])")
        }
        figure.json(data, id: "scatter-data")
        figure.element("div", ["class": "frame unlabelled scatter-frame"]) { $0.append(svg()) }
        figure.element("details") { details in
          details.element("summary", text: "Data: settings and metrics")
          table.write(to: &details)
        }
      }
    }
  }

  func svg() -> Markup {
    let (across, down) = (axes[x], axes[y])
    let description =
      "One point for each of \(runs.count) runs: \(HTMLText.visible(down.name)) over "
      + "\(HTMLText.visible(across.name)). The table below holds the values."
    var writer = MarkupWriter()
    writer.plot(
      "plot unlabelled scatter", id: "scatter", height: Self.height,
      title: "Runs by setting and metric", description: description
    ) { group in
      across.write(isAcross: true, to: &group)
      down.write(isAcross: false, to: &group)
      group.element("g", ["class": "points"]) { points in
        writeBoxes(to: &points, across, down)
        for run in runs.indices {
          guard let a = across.place(ofRun: run), let b = down.place(ofRun: run) else {
            continue
          }
          let (left, top) = (PlotPlace.across(a), Self.pixels(b))
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
    return writer.markup
  }

  /// The summary of runs with the same horizontal value: a short bar at the median of three or more,
  /// and around it a box of the middle half, with lines to the least and the greatest, of five or more.
  private func writeBoxes(to points: inout MarkupWriter, _ across: Axis, _ down: Axis) {
    guard down.isMetric else { return }
    var places: [(across: Double, heights: [Double])] = []
    for run in runs.indices {
      guard let a = across.place(ofRun: run), let b = down.place(ofRun: run) else { continue }
      if let index = places.firstIndex(where: { $0.across == a }) {
        places[index].heights.append(b)
      } else {
        places.append((a, [b]))
      }
    }
    for (a, heights) in places where heights.count > 2 {
      let sorted = heights.sorted()
      let (left, right) = (PlotPlace.across(a - 0.02), PlotPlace.across(a + 0.02))
      if sorted.count >= Self.leastOfBox {
        let (low, high) = (
          Elementary.quantile(0.25, of: sorted), Elementary.quantile(0.75, of: sorted)
        )
        for (from, to) in [(sorted[0], low), (high, sorted[sorted.count - 1])] {
          points.element(
            "line",
            [
              "class": "whisker", "x1": PlotPlace.across(a), "x2": PlotPlace.across(a),
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
      let median = Self.pixels(Elementary.quantile(0.5, of: sorted))
      points.element(
        "line", ["class": "median", "x1": left, "x2": right, "y1": median, "y2": median])
    }
  }

  /// The fewest runs at one place across that are drawn as a box.
  private static let leastOfBox = 5

  /// A part of the height, from below.
  static func pixels(_ part: Double) -> String { PlotPlace.down(part, of: height) }
}
