/// An axis cut at round values: the stretches between any two cuts are what may be selected.
struct SelectionStretch {
  struct Cut {
    /// Where it stands on the axis, 0 … 1.
    var part: Double
    var label: String
    var value: Datum
  }

  let channel: Channel
  let field: FieldDefinition
  let cuts: [Cut]
  /// The names on the axis in their order, where it has names; a cut stands before each.
  let names: [Datum]?

  /// All stretches, by their first and last cut.
  var windows: [(from: Int, to: Int)] {
    cuts.indices.flatMap { from in (from + 1..<max(cuts.count, from + 1)).map { (from, $0) } }
  }

  /// Cuts an axis into about so many parts; `nil` where it cannot be parted.
  init?(_ channel: Channel, _ field: FieldDefinition, _ scale: SceneScale, about count: Int) {
    self.channel = channel
    self.field = field
    switch scale {
    case .bands(let bands):
      let names = bands.values
      let width = max((names.count + count - 1) / count, 1)
      let places = Array(stride(from: 0, to: names.count, by: width)) + [names.count]
      self.names = names
      cuts = places.map { place in
        let part = Double(place) / Double(max(names.count, 1))
        return Cut(
          part: bands.isFalling ? 1 - part : part, label: "", value: .number(Double(place)))
      }
    case .continuous(let scale):
      names = nil
      var values = scale.ticks(about: count).map(\.value)
        .filter { $0 > scale.lower && $0 < scale.upper }
      values = [scale.lower] + values + [scale.upper]
      cuts = values.map { value in
        Cut(
          part: scale.part(value),
          label: scale.isTime ? Words.moment(value, nil) : Words.number(value),
          value: .number(value))
      }
    }
    guard cuts.count > 2, cuts.allSatisfy({ $0.part.isFinite }) else { return nil }
  }

  /// The names from one cut to another.
  private func names(_ from: Int, _ to: Int) -> [Datum] {
    guard let names else { return [] }
    let place = { (cut: Int) in min(max(Int(cuts[cut].value.number), 0), names.count) }
    return Array(names[place(from)..<place(to)])
  }

  /// The words for a stretch.
  func label(_ from: Int, _ to: Int) -> String {
    guard names != nil else { return "\(cuts[from].label) – \(cuts[to].label)" }
    let texts = names(from, to).map { Words.text($0, of: field) }
    return texts.count > 2
      ? "\(texts[0]) – \(texts[texts.count - 1])" : texts.joined(separator: ", ")
  }

  /// The ends of a stretch, or the names in it.
  func values(_ from: Int, _ to: Int) -> [Datum] {
    names == nil ? [cuts[from].value, cuts[to].value] : names(from, to)
  }
}
