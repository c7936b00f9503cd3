extension SceneBuilder {
  /// Explains every channel of a layer that does not stand for a place.
  mutating func addLegends(_ prepared: PreparedUnit, _ scales: PanelScales) {
    for channel in [Channel.color, .shape, .strokeDash, .size, .opacity, .strokeWidth] {
      guard let field = prepared.unit[channel]?.scaled, let scale = scales[channel],
        !field.guide.isHidden
      else { continue }
      // What is pointed at, but never seen, needs no words.
      if channel == .opacity, prepared.unit[.opacity]?.field == nil { continue }
      let isLine = [.line, .trail].contains(prepared.unit.mark.kind)
      add(
        legend(channel, field, scale, isLine: isLine),
        isOfRevisions: field.name == Specification.revision)
    }
  }

  private func legend(
    _ channel: Channel, _ field: FieldDefinition, _ scale: SceneScale, isLine: Bool
  ) -> Scene.Legend {
    let title = field.guide.hasTitle && field.name != "datum" ? field.title : nil
    let key = { (value: Datum) -> Scene.Legend.Key in
      let part = scale.part(value)
      switch channel {
      case .shape:
        if case .bands(let bands) = scale { return .shape(bands.index(value) ?? 0) }
        return .shape(0)
      case .strokeDash:
        if case .bands(let bands) = scale { return .dash(bands.index(value) ?? 0) }
        return .dash(0)
      case .size:
        let (low, high) = (field.scale.range?[0] ?? 16, field.scale.range?[1] ?? 360)
        return .size(low + (high - low) * part)
      case .opacity: return .opacity(0.3 + 0.5 * part)
      case .strokeWidth: return .size(40 + 320 * part)
      default: return .colour(MarkBuilder.colour(value, field, on: scale, revisions))
      }
    }
    switch scale {
    case .bands(let bands):
      return Scene.Legend(
        title: title,
        entries: bands.values.map {
          .init(
            label: Words.text($0, of: field), keys: [key($0)],
            run: field.name == Specification.revision ? revisions[$0.text] : nil)
        },
        isContinuous: false, isLine: isLine)
    case .continuous(let continuous):
      let ticks = continuous.ticks(about: 6)
      let ends = ticks.filter { (0...1).contains(continuous.part($0.value)) }
      return Scene.Legend(
        title: title,
        entries: ends.map {
          .init(label: Words.text(.number($0.value), of: field), keys: [key(.number($0.value))])
        }, isContinuous: true, isLine: isLine)
    }
  }

  /// Adds a legend, to one of the same names if there is one.
  private mutating func add(_ legend: Scene.Legend, isOfRevisions: Bool) {
    // One revision alone is what the page is about.
    guard legend.entries.count > 1 || !isOfRevisions else { return }
    for index in scene.legends.indices
    where scene.legends[index].title == legend.title
      && scene.legends[index].entries.map(\.label) == legend.entries.map(\.label)
    {
      for (place, entry) in legend.entries.enumerated() {
        for key in entry.keys where !scene.legends[index].entries[place].keys.contains(key) {
          scene.legends[index].entries[place].keys.append(key)
        }
      }
      scene.legends[index].isLine = scene.legends[index].isLine || legend.isLine
      return
    }
    if !legend.entries.isEmpty { scene.legends.append(legend) }
  }
}
