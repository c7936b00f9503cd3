internal import VegaLite

/// One panel of a graphic as SVG that keeps its type size at every width.
///
/// Places across are percentages, places down are pixels or percentages; labels stand in margins that the style
/// sheet leaves free.
struct GraphicChart {
  var id: String
  var title: String
  var description: String
  var panel: Scene.Panel
  var height: Int
  /// Whether dashes and shapes stand for something of their own here.
  var hasDashes: Bool
  var hasShapes: Bool
  /// What a reader may choose, if that changes anything.
  var controls: [Control] = []

  /// More marks than this say nothing when pointed at: a page has an end.
  static let spokenMarks = 1500
  /// A field that is stretched to the panel.
  static let (fieldWidth, fieldHeight) = (4000, 3000)

  func svg() -> Markup {
    var writer = MarkupWriter()
    writer.plot(
      "plot unlabelled graphic", id: id, height: height, title: HTMLText.visible(title),
      description: description
    ) { group in
      if let y = panel.y { writeVertical(y, isRight: false, to: &group) }
      if let right = panel.right { writeVertical(right, isRight: true, to: &group) }
      if let title = panel.x?.title {
        group.element("g", ["class": "axis x"]) { axis in
          axis.element(
            "text",
            ["class": "name", "x": "100%", "y": "\(height + (isLeaning ? 78 : 34))"],
            text: Self.cut(title, 48))
        }
      }
      guard !panel.isRound else {
        writeMarks(to: &group)
        return
      }
      // A map keeps its shape at any width: places down are parts of the height that it has then.
      guard panel.mapRatio == nil else {
        group.element("svg", ["class": "map", "width": "100%", "height": "100%"]) { map in
          writeMarks(to: &map)
        }
        return
      }
      // A script shows a part of the field by making it wider than its window.
      group.element(
        "svg",
        [
          "class": "window", "width": "100%", "height": "\(height + 80)", "data-brush": brush,
        ]
      ) { window in
        window.element("svg", ["class": "field", "width": "100%", "height": "\(height)"]) {
          field in
          if let x = panel.x { writeHorizontal(x, to: &field) }
          guard panel.isClipped else { return writeMarks(to: &field) }
          field.element("svg", ["width": "100%", "height": "\(height)"]) { writeMarks(to: &$0) }
        }
      }
    }
    return writer.markup
  }

  /// The height of a field within the panel.
  var fieldExtent: String { panel.mapRatio == nil ? "\(height)" : "100%" }

  /// An empty picture of a map's shape, which gives the frame its height.
  static func shape(ofMap ratio: Double) -> Markup {
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "shape", "viewBox": "0 0 1000 \(Int((ratio * 1000).rounded()))",
        "aria-hidden": "true",
      ])
    return writer.markup
  }

  /// The control and the cuts of the axes along which a stretch is selected: `0;x 0 0.5 1;y …`.
  private var brush: String {
    for (index, control) in controls.enumerated() {
      guard let id = control.selection, panel.selections.contains(id), let cuts = control.cuts
      else { continue }
      let axes = [("x", cuts.x), ("y", cuts.y)].compactMap { name, parts in
        parts.map { parts in
          name + parts.map { " " + NumberText.significant($0, 5) }.joined()
        }
      }
      return ([String(index)] + axes).joined(separator: ";")
    }
    return ""
  }

  private func writeMarks(to svg: inout MarkupWriter) {
    let isSpoken = panel.marks.count <= Self.spokenMarks
    for mark in panel.marks { write(mark, isSpoken: isSpoken, to: &svg) }
  }

  // MARK: Axes

  private func writeVertical(
    _ axis: Scene.Axis, isRight: Bool, to svg: inout MarkupWriter
  ) {
    svg.element("g", ["class": isRight ? "axis y right" : "axis y"]) { group in
      for tick in axis.ticks {
        let y = down(tick.part)
        if !axis.isDiscrete, !isRight {
          group.element("line", ["x1": "0", "x2": "100%", "y1": y, "y2": y])
        }
        group.element(
          "text",
          ["x": isRight ? "100%" : "0", "dx": isRight ? "8" : "-8", "y": y, "dy": "0.32em"],
          text: Self.cut(tick.label, Self.longestName))
      }
      if let title = axis.title {
        group.element(
          "text",
          [
            "class": isRight ? "name above end" : "name above", "x": isRight ? "100%" : "0",
            "y": "-12",
          ], text: Self.cut(title, 48))
      }
    }
  }

  /// The longest name beside the field and below it.
  static let longestName = 16

  /// Whether names below the field would touch, so that they have to lean.
  var isLeaning: Bool {
    guard let x = panel.x, x.isDiscrete else { return false }
    let longest = x.ticks.map { min($0.label.count, Self.longestName) }.max() ?? 0
    return longest > 3 && x.ticks.count * longest > 36
  }

  private func writeHorizontal(_ axis: Scene.Axis, to svg: inout MarkupWriter) {
    let isLeaning = isLeaning
    svg.element("g", ["class": isLeaning ? "axis x leaning" : "axis x"]) { group in
      group.element(
        "line", ["class": "base", "x1": "0", "x2": "100%", "y1": "\(height)", "y2": "\(height)"])
      // On a narrow page every second label makes room for its neighbours.
      let isCrowded = axis.ticks.reduce(0) { $0 + min($1.label.count, Self.longestName) + 1 } > 30
      for (index, tick) in axis.ticks.enumerated() {
        let x = across(tick.part)
        let label = Self.cut(tick.label, Self.longestName)
        if !axis.isDiscrete {
          group.element("line", ["x1": x, "x2": x, "y1": "\(height)", "y2": "\(height + 4)"])
        }
        if isLeaning {
          group.element("svg", ["class": "at", "x": x, "y": "\(height + 12)"]) { place in
            place.element("text", ["transform": "rotate(-35)"], text: label)
          }
        } else {
          group.element(
            "text",
            [
              "class": isCrowded && index % 2 == 1 ? "spare" : "", "x": x,
              "y": "\(height + 18)",
            ], text: label)
        }
      }
    }
  }

  // MARK: Places

  func across(_ part: Double) -> String {
    PlotPlace.across(Self.bounded(part))
  }

  func down(_ part: Double) -> String {
    guard panel.mapRatio == nil else { return across(1 - part) }
    return PlotPlace.down(Self.bounded(part), of: height)
  }

  /// A part of the height.
  func extent(_ part: Double) -> String {
    panel.mapRatio == nil ? PlotPlace.down(1 - part, of: height) : PlotPlace.across(part)
  }

  /// What lies far outside stays just outside.
  static func bounded(_ part: Double) -> Double { part.isNaN ? 0 : min(max(part, -1), 2) }

  static func cut(_ text: String, _ limit: Int) -> String {
    let text = HTMLText.visible(text, limit: 200)
    return text.count > limit ? text.prefix(limit - 1) + "…" : text
  }
}
