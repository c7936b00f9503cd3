/// Makes a scene out of views and a table.
struct SceneBuilder {
  let table: DataTable
  let revisions: [String: Int]
  var scene = Scene(
    title: nil, panels: [], columns: 1, legends: [], tables: [], layers: [])

  init(_ table: DataTable, revisions: [String: Int]) {
    self.table = table
    self.revisions = revisions
  }

  static func scene(
    of view: View, over table: DataTable, revisions: [String: Int]
  ) throws(VegaLiteError) -> Scene {
    var builder = SceneBuilder(table, revisions: revisions)
    try builder.add(view, heading: nil)
    let count = builder.scene.panels.reduce(0) { $0 + $1.marks.count }
    guard count <= Scene.mostMarks else { throw Scene.tooMany(count, "") }
    return builder.scene
  }

  private mutating func add(_ view: View, heading: String?) throws(VegaLiteError) {
    switch view {
    case .layered(let panel):
      let units = try Self.prepared(panel.units, over: table)
      let title = [heading, panel.title].compactMap { $0 }.first { !$0.isEmpty }
      if scene.title == nil, scene.panels.isEmpty, heading == nil { scene.title = panel.title }
      let isAlone = scene.title == title
      try addPanel(
        panel, units, try scales(panel, units), title: isAlone ? nil : title)
      addTables(units)
    case .concat(let views, let columns, let title):
      scene.title = title ?? ""
      scene.columns = max(scene.columns, columns)
      for view in views { try add(view, heading: nil) }
      if title == nil { scene.title = nil }
    case .facet(let facet): try add(facet)
    }
    guard scene.panels.count <= ViewReader.mostViews else {
      throw VegaLiteError("", "makes more than \(ViewReader.mostViews) panels")
    }
  }

  static func prepared(
    _ units: [UnitView], over table: DataTable
  ) throws(VegaLiteError) -> [PreparedUnit] {
    var prepared: [PreparedUnit] = []
    for unit in units { prepared.append(try PreparedUnit(unit, over: table)) }
    return prepared
  }

  // MARK: Facets

  private mutating func add(_ facet: FacetView) throws(VegaLiteError) {
    var rows = facet.table ?? table
    for transform in facet.transforms { try transform.apply(to: &rows) }
    let fields = [facet.row, facet.column, facet.wrapped].compactMap { $0 }
    for field in fields {
      guard let name = field.name else { continue }
      if let timeUnit = field.timeUnit {
        try TimeUnitTransform(timeUnit, of: name, as: field.column, field.place).apply(to: &rows)
      }
      if let bins = field.bins, let end = field.endColumn {
        try Binning(bins, of: name, as: [field.column, end], field.place).apply(to: &rows)
      }
    }
    var values: [[Datum]] = []
    for field in fields {
      // A facet is a mark without places, as far as the order of its names goes.
      var probe = try ScaleMaker(units: []).names(of: field, in: rows)
      if case .descending = field.order { probe.reverse() }
      values.append(probe)
    }
    // A row and a column that never meet have no panel of their own.
    let limit = ViewReader.mostViews
    let parts = try rows.groups(fields.map(\.column), "facet")
    guard parts.count <= limit, values.allSatisfy({ $0.count <= limit }) else {
      throw VegaLiteError(
        fields.first?.place ?? "facet", "makes more than \(limit) panels")
    }
    var found: [[String]: [Int]] = [:]
    for part in parts {
      var key: [String] = []
      for field in fields { key.append(try rows.column(field.column, field.place)[part[0]].key) }
      found[key] = part
    }
    var cells: [(title: String, units: [PreparedUnit])] = []
    for combination in Self.combinations(values) {
      guard let part = found[combination.map(\.key)] else { continue }
      let words = zip(fields, combination).map { Words.text($1, of: $0) }
      cells.append(
        (
          words.joined(separator: " · "),
          try Self.prepared(facet.panel.units, over: rows.selecting(part))
        ))
    }
    scene.title = facet.title ?? facet.panel.title
    var panel = facet.panel
    panel.independent.formUnion(facet.independent)
    let all = cells.flatMap(\.units)
    let isAlone = cells.count == 1 && fields.allSatisfy { $0.name == Specification.revision }
    let columns =
      facet.columns ?? (facet.column.map { _ in values.last?.count ?? 1 }) ?? cells.count
    scene.columns = max(scene.columns, min(columns, cells.count))
    // Each kind of layer shares its scales with the same layer of the other panels.
    let layers = facet.panel.units.indices.map { index in cells.map { $0.units[index] } }
    let shared = facet.independent.isEmpty ? try scales(panel, all, layers: layers) : []
    for cell in cells {
      var own = shared
      if !facet.independent.isEmpty {
        own = try scales(panel, cell.units)
        let whole = try PanelScales(all)
        for index in own.indices {
          if !panel.independent.contains(.x) { own[index].x = whole.x }
          if !panel.independent.contains(.y) { own[index].y = whole.y }
          own[index].color = whole.color
        }
      }
      try addPanel(panel, cell.units, own, title: isAlone ? nil : cell.title)
    }
    addTables(all)
  }

  private static func combinations(_ values: [[Datum]]) -> [[Datum]] {
    values.reduce([[]]) { found, list in found.flatMap { one in list.map { one + [$0] } } }
  }

  // MARK: Panels

  /// The scales of each layer: one set for all, or one for each that has its own.
  private func scales(
    _ panel: LayeredView, _ units: [PreparedUnit], layers: [[PreparedUnit]]? = nil
  ) throws(VegaLiteError) -> [PanelScales] {
    let shared = try PanelScales(units)
    var result = [PanelScales](repeating: shared, count: panel.units.count)
    let own = panel.independent.isDisjoint(with: [.x, .y, .color, .size]) || panel.units.count < 2
    guard !own else { return result }
    for index in result.indices {
      let alone = try PanelScales(layers?[index] ?? [units[index]])
      if panel.independent.contains(.x) { result[index].x = alone.x }
      if panel.independent.contains(.y) { result[index].y = alone.y }
      if panel.independent.contains(.color) { result[index].color = alone.color }
      if panel.independent.contains(.size) { result[index].size = alone.size }
    }
    return result
  }

  private mutating func addPanel(
    _ view: LayeredView, _ units: [PreparedUnit], _ scales: [PanelScales], title: String?
  ) throws(VegaLiteError) {
    var panel = Scene.Panel(
      title: title, marks: [],
      isRound: !units.isEmpty && units.allSatisfy { $0.unit.mark.kind == .arc })
    var named = NamedColours()
    let map = try Self.map(view, units)
    panel.mapRatio = map?.ratio
    panel.isClipped = units.contains { $0.unit.fields.contains { $0.field.scale.isWindow } }
    for (unit, scales) in zip(units, scales) {
      let builder = try MarkBuilder(
        unit, scales, size: (view.width ?? 300, view.height ?? 300), revisions: revisions,
        named: named, projector: map?.projector)
      named = builder.named
      panel.marks += builder.marks
    }
    for (unit, scales) in zip(units, scales) {
      for selection in unit.unit.selections {
        guard case .stretch = selection.kind else { continue }
        panel.selections.append(selection.id)
        panel.marks += Self.stretch(selection, scales).map { [$0] } ?? []
      }
    }
    if !panel.isRound {
      panel.x = axis(.x, units, scales.first?.x)
      let hasOwn = view.independent.contains(.y) && scales.count > 1
      panel.y = axis(.y, hasOwn ? Array(units.prefix(1)) : units, scales.first?.y)
      if case .bands(let inner)? = scales.first?.offsets[.yOffset] {
        panel.y?.places = inner.values.count
      }
      if hasOwn {
        panel.right = axis(.y, Array(units.dropFirst()), scales[1].y)
      }
    }
    scene.panels.append(panel)
    for (unit, own) in zip(units, scales) { addLegends(unit, own) }
    for unit in units {
      let layer = Self.words(unit)
      if !scene.layers.contains(layer) { scene.layers.append(layer) }
    }
  }

  private static func words(_ prepared: PreparedUnit) -> String {
    let unit = prepared.unit
    let title = { (channel: Channel) in unit[channel]?.field?.title }
    let measured = prepared.isHorizontal ? title(.x) : title(.y)
    let over = prepared.isHorizontal ? title(.y) : title(.x)
    return unit.mark.kind.rawValue
      + (measured.map { " of \($0)" } ?? "") + (over.map { " over \($0)" } ?? "")
      + (title(.color).map { " by \($0)" } ?? "")
  }

  private func axis(
    _ channel: Channel, _ units: [PreparedUnit], _ scale: SceneScale?
  ) -> Scene.Axis? {
    let fields = units.compactMap { unit in
      unit.unit[channel]?.scaled ?? channel.end.flatMap { unit.unit[$0]?.scaled }
    }
    guard let scale, !fields.isEmpty, !fields.allSatisfy(\.guide.isHidden) else { return nil }
    let shown = fields.filter { !$0.guide.isHidden }
    var titles: [String] = []
    for field in shown where field.guide.hasTitle && !titles.contains(field.title) {
      // A constant has no name of its own.
      if field.name != "datum" || field.guide.title != nil { titles.append(field.title) }
    }
    let field = shown[0]
    let count = field.guide.tickCount ?? (channel == .x ? 6 : 5)
    var ticks: [Scene.Axis.Tick] = []
    switch scale {
    case .bands(let bands):
      let chosen = field.guide.values ?? bands.values
      ticks = chosen.map { .init(part: bands.part($0), label: Words.text($0, of: field)) }
      if ticks.count > 40 {
        ticks = stride(from: 0, to: ticks.count, by: ticks.count / 20).map { ticks[$0] }
      }
    case .continuous(let scale):
      if let values = field.guide.values {
        ticks = values.map {
          .init(
            part: scale.part(scale.isTime ? $0.moment : $0.measure),
            label: Words.text($0, of: field))
        }
      } else {
        ticks = scale.ticks(about: count).map { value, label in
          let isSaid = field.guide.format != nil || field.timeUnit != nil
          return .init(
            part: scale.part(value),
            label: isSaid ? Words.text(.number(value), of: field) : label)
        }
      }
    }
    var isDiscrete = false
    if case .bands = scale { isDiscrete = true }
    let inside = ticks.filter { $0.part >= -1e-9 && $0.part <= 1 + 1e-9 }
    let isLogarithmic = if case .continuous(let scale) = scale { scale.kind == .log } else { false }
    let title = titles.isEmpty ? nil : titles.joined(separator: ", ")
    return Scene.Axis(
      title: title.map { isLogarithmic ? "\($0) (log)" : $0 }, ticks: inside, isDiscrete: isDiscrete
    )
  }
}
