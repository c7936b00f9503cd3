extension SceneBuilder {
  /// The stretch that a selection holds, as a veil over its panel.
  static func stretch(_ selection: SelectionDefinition, _ scales: PanelScales) -> Mark? {
    guard let held = selection.selected else { return nil }
    var ends: [Channel: (Double, Double)] = [:]
    for axis in [Channel.x, .y] {
      guard let values = held.stretches[axis], let first = values.first, let last = values.last
      else { continue }
      switch scales[axis] {
      case .continuous(let scale)?: ends[axis] = (scale.part(first.number), scale.part(last.number))
      case .bands(let bands)?:
        guard let from = bands.band(first, padding: 0), let to = bands.band(last, padding: 0)
        else { return nil }
        ends[axis] = (min(from.0, to.0), max(from.1, to.1))
      case nil: return nil
      }
    }
    let (x, y) = (ends[.x] ?? (0, 1), ends[.y] ?? (0, 1))
    return Mark(
      form: .rectangle(from: .init(x.0, y.0), to: .init(x.1, y.1)), colour: .muted, opacity: 0.18,
      isFilled: true, dash: 0)
  }
}
