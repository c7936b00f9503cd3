/// Makes the marks of one layer.
struct MarkBuilder {
  let prepared: PreparedUnit
  let scales: PanelScales
  /// The size of the panel in pixels, of which constants in pixels are parts.
  let size: (width: Double, height: Double)
  /// Which colour of the palette a revision has.
  let revisions: [String: Int]
  var named: NamedColours
  /// What lays positions on the earth on the panel.
  let projector: Projector?

  private(set) var marks: [Mark] = []
  private var readers: [Channel: ChannelReader] = [:]

  var unit: UnitView { prepared.unit }
  var table: DataTable { prepared.table }

  init(
    _ prepared: PreparedUnit, _ scales: PanelScales, size: (width: Double, height: Double),
    revisions: [String: Int], named: NamedColours, projector: Projector? = nil
  ) throws(VegaLiteError) {
    self.prepared = prepared
    self.scales = scales
    self.size = size
    self.revisions = revisions
    self.named = named
    self.projector = projector
    let count = prepared.table.rowCount
    guard prepared.unit.mark.kind.isConnected || count <= Scene.mostMarks else {
      throw Scene.tooMany(count, prepared.unit.place)
    }
    for channel in Channel.allCases {
      readers[channel] = try ChannelReader(prepared.unit[channel], in: prepared)
    }
    switch prepared.unit.mark.kind {
    case .line, .trail, .area: connected()
    case .bar: bars()
    case .rect: rectangles()
    case .point, .circle, .square: symbols()
    case .tick: ticks()
    case .rule: rules()
    case .text: texts()
    case .arc: arcs()
    case .geoshape: shapes()
    case .image: try pictures()
    }
    marks.removeAll { $0.opacity == 0 }
  }

  mutating func add(_ mark: Mark) { marks.append(mark) }

  func read(_ channel: Channel, _ row: Int) -> ChannelReader.Value? { readers[channel]?[row] }

  // MARK: Looks

  /// A mark with the colour, opacity and dashes of a row.
  mutating func mark(_ form: Mark.Form, _ row: Int, isFilled: Bool) -> Mark {
    Mark(
      form: form, colour: colour(row), opacity: opacity(row),
      isFilled: unit.mark.isFilled ?? isFilled, width: strokeWidth(row), dash: dash(row),
      words: words(row), run: run(row), pick: pick(row))
  }

  /// What pointing at a row selects, where it has the columns of a selection.
  private func pick(_ row: Int) -> Mark.Pick? {
    for selection in unit.selections {
      guard case .values(let columns) = selection.kind else { continue }
      let values = columns.compactMap { table[$0]?[row] }
      if values.count == columns.count {
        return .init(selection: selection.id, key: SelectionDefinition.key(values))
      }
    }
    return nil
  }

  /// The revision of a row, known by its colour.
  private func run(_ row: Int) -> Int? {
    guard !revisions.isEmpty else { return nil }
    return table[Specification.revision].flatMap { revisions[$0[row].text] }
  }

  private mutating func colour(_ row: Int) -> Colour {
    switch read(.color, row) {
    case .data(let value, let field): return colour(value, field)
    case .constant(let value):
      return value == .null ? NamedColours.usual : named.colour(value.text)
    case nil:
      let usual = unit.mark.kind == .text ? .ink : NamedColours.usual
      return unit.mark.color.map { named.colour($0) } ?? usual
    }
  }

  private func colour(_ value: Datum, _ field: FieldDefinition) -> Colour {
    guard let scale = scales.color else { return NamedColours.usual }
    return Self.colour(value, field, on: scale, revisions)
  }

  static func colour(
    _ value: Datum, _ field: FieldDefinition, on scale: SceneScale, _ revisions: [String: Int]
  ) -> Colour {
    switch scale {
    case .bands(let bands):
      if field.name == Specification.revision, let style = revisions[value.text] {
        return .palette(style)
      }
      guard let index = bands.index(value) else { return .muted }
      if field.type == .ordinal, bands.values.count > 1 {
        return .ramp(0.25 + 0.75 * Double(index) / Double(bands.values.count - 1))
      }
      return .palette(index)
    case .continuous(let scale):
      let number = scale.isTime ? value.moment : value.measure
      guard number.isFinite else { return .muted }
      if let middle = field.scale.domainMid {
        let reach = max(abs(scale.upper - middle), abs(scale.lower - middle))
        let part = reach > 0 ? min(max((number - middle) / reach, -1), 1) : 0
        return .diverging(scale.isReversed ? -part : part)
      }
      let part = scale.part(number)
      return part.isNaN ? .muted : .ramp(min(max(part, 0), 1))
    }
  }

  private func opacity(_ row: Int) -> Double {
    switch read(.opacity, row) {
    case .data(let value, _): return 0.3 + 0.5 * (scales.opacity?.part(value) ?? 1)
    case .constant(let value): return min(max(value.number, 0), 1)
    case nil: return min(max(unit.mark.opacity ?? 1, 0), 1)
    }
  }

  private func strokeWidth(_ row: Int) -> Double? {
    switch read(.strokeWidth, row) {
    case .data(let value, let field):
      let (low, high) = (field.scale.range?[0] ?? 1, field.scale.range?[1] ?? 4)
      return low + (high - low) * (scales.strokeWidth?.part(value) ?? 0)
    case .constant(let value): return min(max(value.number, 0), 40)
    case nil:
      let kind = unit.mark.kind
      if kind == .rule || kind == .line || kind == .trail, let reader = read(.size, row) {
        if case .data(let value, _) = reader { return 1 + 3 * (scales.size?.part(value) ?? 0) }
        if case .constant(let value) = reader { return min(max(value.number, 0), 40) }
      }
      return unit.mark.strokeWidth.map { min(max($0, 0), 40) }
    }
  }

  private func dash(_ row: Int) -> Int {
    switch read(.strokeDash, row) {
    case .data(let value, _):
      if case .bands(let bands)? = scales.dash { return bands.index(value) ?? 0 }
      return 0
    case .constant(let value):
      if case .list(let list) = value { return list.count > 1 ? 1 : 0 }
      return 0
    case nil: return unit.mark.isDashed ? 1 : 0
    }
  }

  /// The size of a symbol in square pixels.
  func area(_ row: Int) -> Double {
    switch read(.size, row) {
    case .data(let value, let field):
      let (low, high) = (field.scale.range?[0] ?? 16, field.scale.range?[1] ?? 360)
      return min(max(low + (high - low) * (scales.size?.part(value) ?? 0), 1), 4000)
    case .constant(let value): return min(max(value.number, 1), 4000)
    case nil: return min(max(unit.mark.size ?? 36, 1), 4000)
    }
  }

  static let shapes = ["circle", "square", "diamond", "triangle", "cross"]

  func shape(_ row: Int) -> Int {
    let named = { (name: String) -> Int in
      Self.shapes.firstIndex { name.hasPrefix($0) } ?? 0
    }
    if unit.mark.kind == .square { return 1 }
    switch read(.shape, row) {
    case .data(let value, _):
      if case .bands(let bands)? = scales.shape { return bands.index(value) ?? 0 }
      return 0
    case .constant(let value): return named(value.text)
    case nil: return unit.mark.shape.map(named) ?? 0
    }
  }

  /// What is said when a mark is pointed at.
  private func words(_ row: Int) -> String {
    var seen: Set<String> = []
    let fields = unit.tooltip.isEmpty ? unit.fields.map(\.field) : unit.tooltip
    return fields.filter { seen.insert($0.column).inserted }.map { field in
      let value = prepared.column(field.column)[row]
      var text = Words.text(value, of: field)
      if let end = field.endColumn, field.bins != nil {
        text += "–" + Words.text(prepared.column(end)[row], of: field)
      }
      return "\(field.title): \(text)"
    }.joined(separator: "\n")
  }
}
