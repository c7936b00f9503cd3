extension Specification {
  /// The selections that something depends on, each with the few choices that are drawn: the values of a column, or the
  /// stretches between round values of an axis.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - count: The most choices of all selections together, beside that of nothing.
  /// - Returns: None for a selection that would need more: of points one by one, of a column with many values.
  /// - Throws: ``VegaLiteError`` as ``scene(over:revisions:)`` does.
  public func selections(
    over table: DataTable, atMost count: Int
  ) throws(VegaLiteError) -> [Control] {
    var panels: [[PreparedUnit]] = []
    try Self.prepare(view, over: table, into: &panels)
    let all = panels.flatMap { panel in
      panel.flatMap { unit in
        unit.unit.selections.filter { dependencies.contains($0.name) }.map { (panel, unit, $0) }
      }
    }
    guard !all.isEmpty else { return [] }
    var controls: [Control] = []
    for (panel, unit, selection) in all
    where !controls.contains(where: { $0.selection == selection.id }) {
      let control =
        switch selection.kind {
        case .values(let columns):
          Self.values(of: columns, in: unit, selection, atMost: count / all.count)
        case .stretch(let axes):
          Self.stretches(
            axes, of: unit, selection, try PanelScales(panel), atMost: count / all.count)
        }
      if let control { controls.append(control) }
    }
    return controls
  }

  private static func prepare(
    _ view: View, over table: DataTable, into panels: inout [[PreparedUnit]]
  ) throws(VegaLiteError) {
    switch view {
    case .concat(let views, _, _):
      for view in views { try prepare(view, over: table, into: &panels) }
    case .layered(let panel): panels.append(try SceneBuilder.prepared(panel.units, over: table))
    case .facet(let facet):
      var rows = facet.table ?? table
      for transform in facet.transforms { try transform.apply(to: &rows) }
      panels.append(try SceneBuilder.prepared(facet.panel.units, over: rows))
    }
  }

  // MARK: Values

  private static func values(
    of columns: [String], in unit: PreparedUnit, _ selection: SelectionDefinition, atMost count: Int
  ) -> Control? {
    let cells = columns.compactMap { unit.raw[$0] }
    guard cells.count == columns.count else { return nil }
    var found: [String: [Datum]] = [:]
    for row in 0..<unit.raw.rowCount {
      let values = cells.map { $0[row] }
      guard !values.contains(where: \.isMissing) else { continue }
      found[SelectionDefinition.key(values)] = values
      if found.count > min(count, Control.mostChoices) { break }
    }
    let initial = selection.initialValues(of: columns)
    // Too many to choose from: what it begins with can still be let go of.
    if found.count > min(count, Control.mostChoices) { found = [:] }
    guard found.count > 1 || initial != nil && count > 0 else { return nil }
    let fields = columns.map { column in
      unit.unit.fields.lazy.map(\.field).first { $0.name == column && $0.aggregate == nil }
    }
    let sorted = found.values.sorted { left, right in
      zip(left, right).lazy.map(Datum.order).first { $0 != 0 } ?? 0 < 0
    }
    let choices = sorted.map { values in
      Control.Choice(
        label: zip(values, fields).map { Words.text($0, of: $1) }.joined(separator: ", "),
        value: .selected(selection.holding(columns, [values])),
        key: SelectionDefinition.key(values))
    }
    return Control(
      selection, label: zip(columns, fields).map { $1?.title ?? $0 }.joined(separator: ", "),
      choices: choices, initial: initial)
  }

  // MARK: Stretches

  /// As many cuts as there may be choices, at round values.
  private static func stretches(
    _ axes: [Channel], of unit: PreparedUnit, _ selection: SelectionDefinition,
    _ scales: PanelScales, atMost count: Int
  ) -> Control? {
    for parts in [10, 8, 6, 5, 4, 3, 2] {
      let stretches = axes.compactMap { axis -> SelectionStretch? in
        guard let field = unit.unit[axis]?.field, let scale = scales[axis] else { return nil }
        return SelectionStretch(axis, field, scale, about: parts)
      }
      guard stretches.count == axes.count else { return nil }
      let windows = stretches.map(\.windows)
      guard windows.reduce(1, { $0 * $1.count }) - 1 <= count else { continue }
      let combinations = windows.reduce([[]] as [[(from: Int, to: Int)]]) { found, windows in
        found.flatMap { one in windows.map { one + [$0] } }
      }
      let choices = combinations.filter { windows in
        zip(windows, stretches).contains { $0.from > 0 || $0.to < $1.cuts.count - 1 }
      }.map { windows in
        choice(zip(stretches, windows).map { ($0, $1.from, $1.to) }, selection)
      }
      let parts = { (axis: Channel) in stretches.first { $0.channel == axis }?.cuts.map(\.part) }
      return Control(
        selection, label: stretches.map(\.field.title).joined(separator: " × "), choices: choices,
        cuts: .init(x: parts(.x), y: parts(.y)),
        initial: selection.initialStretches(of: stretches.map { ($0.channel, $0.field) }))
    }
    return nil
  }

  private static func choice(
    _ windows: [(stretch: SelectionStretch, from: Int, to: Int)], _ selection: SelectionDefinition
  ) -> Control.Choice {
    let held = selection.holding(
      windows.map { ($0.stretch.channel, $0.stretch.field, $0.stretch.values($0.from, $0.to)) })
    return Control.Choice(
      label: windows.map { $0.stretch.label($0.from, $0.to) }.joined(separator: ", "),
      value: .selected(held))
  }
}
