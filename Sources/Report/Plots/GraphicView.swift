internal import VegaLite

/// A graphic with its panels, legends and tables, as the template `graphic` shows it.
struct GraphicView {
  struct PanelView {
    var panelTitle: String?
    /// The run that it shows, if only one of several.
    var ofRun: String?
    var frameClass: String
    var svg: String
  }

  struct EntryView {
    var label: String
    var swatch: String
    var ofRun: String?
  }

  struct LegendView {
    var legendTitle: String?
    var legendClass: String
    var entries: [EntryView]
  }

  var graphicTitle: String
  var graphicNote: String
  var hasNote: Bool
  var isWide: Bool
  var controls: [ControlView]
  var hasControls: Bool
  var hasSelections: Bool
  /// What is drawn as the specification has it.
  var variants: [VariantView]
  /// What is drawn with other values of its parameters.
  var others: [VariantView]
  var tables: [TableView]

  struct ControlView {
    struct Option {
      var optionLabel: String
      var place: Int
      var isChosen: Bool
    }

    var controlLabel: String
    /// Whether it is chosen by pointing too, and lets go of the others.
    var isSelection: Bool
    var options: [Option]
  }

  struct VariantView {
    /// The places of what is chosen: `0-2`.
    var choice: String
    /// What was chosen, in words; nothing where it is as usual.
    var choiceTitle: String?
    var panelsClass: String
    var panels: [PanelView]
    var legends: [LegendView]
  }

  init(_ graphic: Graphic, id: String, title: String, note: String) {
    let scene = graphic.variants[0].scene
    // A choice that changes nothing is none.
    let changes = graphic.variants.contains { $0.scene.panels != scene.panels }
    let all = graphic.variants.enumerated().map { index, variant in
      Self.variant(
        variant, id: index == 0 ? id : "\(id)-v\(index)", title: title,
        words: index == 0 ? nil : Self.words(variant.choice, of: graphic.controls),
        controls: changes ? graphic.controls : [])
    }
    variants = [all[0]]
    others = changes ? Array(all.dropFirst()) : []
    controls =
      changes
      ? graphic.controls.map { control in
        ControlView(
          controlLabel: HTMLText.visible(control.label, limit: 60),
          isSelection: control.selection != nil,
          options: control.choices.enumerated().map { index, choice in
            .init(
              optionLabel: HTMLText.visible(choice.label, limit: 60), place: index,
              isChosen: index == control.usual)
          })
      } : []
    hasControls = !controls.isEmpty
    hasSelections = controls.contains(where: \.isSelection)
    graphicTitle = title
    let isEmpty = scene.panels.allSatisfy(\.marks.isEmpty)
    graphicNote = [note, isEmpty ? "Its rows leave nothing to draw." : ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
    hasNote = !graphicNote.isEmpty
    isWide = scene.panels.count > 1 || scene.panels.contains { $0.mapRatio != nil }
    tables = scene.tables.enumerated().map { index, table in
      Self.table(table, title: scene.tables.count > 1 ? "\(title), part \(index + 1)" : title)
    }
  }

  private static func words(_ choice: [Int], of controls: [Control]) -> String {
    zip(choice, controls).map { place, control in
      HTMLText.visible("\(control.label) \(control.choices[place].label)", limit: 120)
    }.joined(separator: " · ")
  }

  private static func variant(
    _ variant: Graphic.Variant, id: String, title: String, words: String?, controls: [Control]
  ) -> VariantView {
    let scene = variant.scene
    let panelsClass = "panels of-\(min(max(scene.columns, 1), 6))"
    let keys = scene.legends.flatMap(\.entries).flatMap(\.keys)
    let hasDashes = keys.contains { if case .dash = $0 { true } else { false } }
    let hasShapes = keys.contains { if case .shape = $0 { true } else { false } }
    let panels = scene.panels.enumerated().map { index, panel in
      let name = [title, panel.title].compactMap { $0 }.joined(separator: ": ")
      let chart = GraphicChart(
        id: "\(id)-\(index)", title: name, description: Self.description(scene, panel),
        panel: panel, height: Self.height(panel, of: scene), hasDashes: hasDashes,
        hasShapes: hasShapes, controls: controls)
      return PanelView(
        panelTitle: panel.title, ofRun: panel.run.map(String.init),
        frameClass: Self.frame(panel, isLeaning: chart.isLeaning),
        svg: (panel.mapRatio.map { GraphicChart.shape(ofMap: $0).text } ?? "") + chart.svg().text)
    }
    let legends = scene.legends.map { legend in
      // More than anybody tells apart is left to the table.
      let shown = legend.entries.prefix(24)
      let rest = legend.entries.count - shown.count
      return LegendView(
        legendTitle: legend.title, legendClass: legend.isContinuous ? "legend scale" : "legend",
        entries: shown.map { entry in
          .init(
            label: HTMLText.visible(entry.label, limit: 60),
            swatch: GraphicSwatch(
              keys: entry.keys, isLine: legend.isLine && !legend.isContinuous,
              isContinuous: legend.isContinuous
            ).svg().text, ofRun: entry.run.map(String.init))
        } + (rest > 0 ? [.init(label: "and \(NumberText.count(rest)) more", swatch: "")] : []))
    }
    return VariantView(
      choice: variant.choice.map(String.init).joined(separator: "-"), choiceTitle: words,
      panelsClass: panelsClass, panels: panels, legends: legends)
  }

  /// Room for every name of a vertical axis; less where panels stand beside each other.
  private static func height(_ panel: Scene.Panel, of scene: Scene) -> Int {
    let usual = scene.columns == 1 || scene.panels.count == 1 ? 300 : scene.columns == 2 ? 240 : 190
    guard let y = panel.y, y.isDiscrete else { return usual }
    return min(max(y.ticks.count * (10 + 16 * y.places), 120), 1200)
  }

  private static func frame(_ panel: Scene.Panel, isLeaning: Bool) -> String {
    var words = ["unlabelled", "named", "graphic-frame"]
    if panel.isRound { return "plain" }
    if panel.mapRatio != nil { return "plain map-frame" }
    let names = panel.y.map { $0.isDiscrete ? $0.ticks.map(\.label.count).max() ?? 0 : 0 } ?? 0
    if names > 7 { words.append("broad") }
    if panel.y == nil || panel.y?.ticks.isEmpty == true { words.append("narrow-left") }
    if panel.right != nil { words.append("sided") }
    if isLeaning { words.append("deep") }
    return words.joined(separator: " ")
  }

  private static func description(_ scene: Scene, _ panel: Scene.Panel) -> String {
    let layers = scene.layers.prefix(6).map { HTMLText.visible($0, limit: 120) }
    let marks = Text.counted(panel.marks.count, "mark")
    return "\(layers.joined(separator: "; ")). \(marks)."
      + (scene.tables.isEmpty ? "" : " The table below holds the values.")
  }

  private static func table(_ table: Scene.Table, title: String) -> TableView {
    TableView(
      tableName: "Data: \(title)",
      remark: table.rows.count < table.rowCount
        ? "\(NumberText.count(table.rows.count)) of \(NumberText.count(table.rowCount)) rows, at equal "
          + "distances." : nil,
      columns: zip(table.names, table.isNumber).map { .init(name: $0, isNumber: $1) },
      rows: table.rows.map { row in
        TableView.Row(cells: zip(row, table.isNumber).map { $1 ? .number($0) : .init(text: $0) })
      })
  }
}
