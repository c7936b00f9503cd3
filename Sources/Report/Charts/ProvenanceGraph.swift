/// The stages as boxes, from left to right in the direction in which data flows.
struct ProvenanceGraph {
  var stages: [StageSummary]

  private static let box = (width: 176, height: 62)
  private static let gap = (x: 52, y: 20)

  /// The names of the stages that a stage reads from, without repetition.
  static func sources(_ stage: StageSummary) -> [String] {
    var seen: Set<String> = []
    return stage.inputs.compactMap(\.stage).filter { seen.insert($0).inserted }
  }

  /// The column of each stage: one further right than everything that it reads.
  static func columns(_ stages: [StageSummary]) -> [Int] {
    var places: [String: Int] = [:]
    for (index, stage) in stages.enumerated() { places[stage.name] = index }
    var columns = [Int](repeating: 0, count: stages.count)
    // As many rounds as there are stages settle every order; a cycle cannot loop forever.
    for _ in stages {
      var changed = false
      for (index, stage) in stages.enumerated() {
        let wanted = sources(stage).compactMap { places[$0] }.map { columns[$0] + 1 }.max() ?? 0
        if wanted > columns[index], wanted < stages.count {
          columns[index] = wanted
          changed = true
        }
      }
      if !changed { break }
    }
    return columns
  }

  func svg() -> Markup {
    let columns = Self.columns(stages)
    var rows: [Int] = []
    var heights: [Int: Int] = [:]
    for column in columns {
      rows.append(heights[column, default: 0])
      heights[column, default: 0] += 1
    }
    let width = (columns.max() ?? 0) * (Self.box.width + Self.gap.x) + Self.box.width + 4
    let tallest = heights.values.max() ?? 1
    let height = tallest * (Self.box.height + Self.gap.y) - Self.gap.y + 4
    let corner = { (index: Int) -> (x: Int, y: Int) in
      let slack = (tallest - heights[columns[index], default: 1]) * (Self.box.height + Self.gap.y)
      return (
        2 + columns[index] * (Self.box.width + Self.gap.x),
        2 + rows[index] * (Self.box.height + Self.gap.y) + slack / 2
      )
    }
    var writer = MarkupWriter()
    writer.element(
      "svg",
      [
        "class": "graph", "role": "img", "width": "\(width)", "height": "\(height)",
        "viewBox": "0 0 \(width) \(height)", "aria-labelledby": "graph-title graph-desc",
      ]
    ) { svg in
      svg.element("title", ["id": "graph-title"], text: "Graph of the stages")
      svg.element("desc", ["id": "graph-desc"], text: description)
      svg.element("g", ["aria-hidden": "true"]) { group in
        writeEdges(to: &group, corner)
        for (index, stage) in stages.enumerated() { writeBox(stage, at: corner(index), to: &group) }
      }
    }
    return writer.markup
  }

  private var description: String {
    stages.map { stage in
      let sources = Self.sources(stage)
      return HTMLText.visible(stage.name)
        + (sources.isEmpty
          ? " reads nothing from other stages."
          : " reads from \(Text.list(sources.map { HTMLText.visible($0) })).")
    }.joined(separator: " ")
  }

  private func writeEdges(to svg: inout MarkupWriter, _ corner: (Int) -> (x: Int, y: Int)) {
    var places: [String: Int] = [:]
    for (index, stage) in stages.enumerated() { places[stage.name] = index }
    for (index, stage) in stages.enumerated() {
      for source in Self.sources(stage) {
        guard let place = places[source] else { continue }
        let from = corner(place)
        let to = corner(index)
        let (x1, y1) = (from.x + Self.box.width, from.y + Self.box.height / 2)
        let (x2, y2) = (to.x, to.y + Self.box.height / 2)
        let bend = max((x2 - x1) / 2, 20)
        svg.element(
          "path",
          [
            "class": "edge",
            "d": "M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2 - 5) \(y2)",
          ])
        svg.element(
          "path", ["class": "head", "d": "M\(x2 - 8) \(y2 - 4)L\(x2) \(y2)L\(x2 - 8) \(y2 + 4)z"])
      }
    }
  }

  private func writeBox(
    _ stage: StageSummary, at corner: (x: Int, y: Int), to svg: inout MarkupWriter
  ) {
    let (x, y) = corner
    svg.element(
      "rect",
      [
        "class": "box", "x": "\(x)", "y": "\(y)", "width": "\(Self.box.width)",
        "height": "\(Self.box.height)", "rx": "7",
      ])
    svg.element("text", ["x": "\(x + 12)", "y": "\(y + 22)"], text: cut(stage.name, 20))
    let bytes = stage.outputs.reduce(0) { $0 + $1.byteCount }
    let made =
      stage.outputs.isEmpty
      ? "" : "\(Text.counted(stage.outputs.count, "file")), \(NumberText.bytes(bytes))"
    let kind =
      stage.kind == stage.name
      ? made
      : [cut(stage.kind, 12), made].filter { !$0.isEmpty }
        .joined(separator: " · ")
    svg.element("text", ["class": "small", "x": "\(x + 12)", "y": "\(y + 38)"], text: kind)
    svg.element(
      "text", ["class": "small mono", "x": "\(x + 12)", "y": "\(y + 53)"],
      text: Text.shortDigest(stage.key))
  }

  private func cut(_ text: String, _ count: Int) -> String {
    let text = HTMLText.visible(text)
    return text.count > count ? String(text.prefix(count - 1)) + "…" : text
  }
}
