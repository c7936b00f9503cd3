/// A chart of one mark that needs nothing but numbers by name: what any page can draw its own way.
public enum PlainChart: Sendable {
  public struct Series: Sendable, Hashable {
    public var name: String
    public var x: [Double]
    public var y: [Double]
  }

  case lines(x: String, y: String, series: [Series])
  case points(x: String, y: String, series: [Series])
  /// The values of each series by category; NaN where there is none.
  case bars(axis: String, categories: [String], series: [(name: String, values: [Double])])
}

extension Specification {
  /// The chart where it is one of lines, points or bars over linear axes that fit the data; `nil` for any other.
  ///
  /// - Parameter table: The rows.
  /// - Returns: The numbers by name.
  /// - Throws: ``VegaLiteError`` for a column that is not there, or for bars of which two stand in one place.
  public func plainChart(over table: DataTable) throws(VegaLiteError) -> PlainChart? {
    guard let unit, unit.isPlain else { return nil }
    let prepared = try PreparedUnit(unit, over: table)
    guard prepared.stack == nil else { return nil }
    switch unit.mark.kind {
    case .bar: return try bars(prepared)
    case .line: return .lines(x: title(.x, unit), y: title(.y, unit), series: try series(prepared))
    default: return .points(x: title(.x, unit), y: title(.y, unit), series: try series(prepared))
    }
  }

  private func title(_ channel: Channel, _ unit: UnitView) -> String {
    unit[channel]?.field?.title ?? ""
  }

  /// Rows by the texts of the colour, in their order.
  private func groups(
    _ prepared: PreparedUnit, _ fallback: String
  ) throws(VegaLiteError) -> [(name: String, rows: [Int])] {
    let all = Array(0..<prepared.table.rowCount)
    guard let field = prepared.unit[.color]?.field else { return [(fallback, all)] }
    let maker = ScaleMaker(units: [prepared])
    guard case .bands(let bands)? = try maker.scale(.color) else { return [(fallback, all)] }
    if field.name == Self.revision, bands.values.count <= 1 { return [(fallback, all)] }
    var rows = [[Int]](repeating: [], count: bands.values.count)
    for (row, value) in prepared.column(field.column).enumerated() {
      if let index = bands.index(value) { rows[index].append(row) }
    }
    return zip(bands.values, rows).map { (Words.text($0, of: field), $1) }
  }

  private func series(_ prepared: PreparedUnit) throws(VegaLiteError) -> [PlainChart.Series] {
    let unit = prepared.unit
    guard let x = unit[.x]?.field, let y = unit[.y]?.field else { return [] }
    let across = prepared.column(x.column).map(\.measure)
    let up = prepared.column(y.column).map(\.measure)
    return try groups(prepared, y.title).map { name, rows in
      .init(name: name, x: rows.map { across[$0] }, y: rows.map { up[$0] })
    }
  }

  private func bars(_ prepared: PreparedUnit) throws(VegaLiteError) -> PlainChart? {
    let unit = prepared.unit
    let along: Channel = prepared.isHorizontal ? .y : .x
    let across: Channel = prepared.isHorizontal ? .x : .y
    guard let names = unit[along]?.field, let lengths = unit[across]?.field,
      case .bands(let bands)? = try ScaleMaker(units: [prepared]).scale(along)
    else { return nil }
    let texts = prepared.column(names.column)
    let values = prepared.column(lengths.column).map(\.measure)
    var series: [(name: String, values: [Double])] = []
    for group in try groups(prepared, lengths.title) {
      var found = [Double](repeating: .nan, count: bands.values.count)
      var isTaken = [Bool](repeating: false, count: bands.values.count)
      for row in group.rows {
        guard let place = bands.index(texts[row]) else { continue }
        guard !isTaken[place] else {
          throw VegaLiteError(
            lengths.place,
            "\(prepared.table.source) has several rows of “\(texts[row].text.prefix(40))”; say what to "
              + "make of them by an aggregate: \(AggregateOperation.names.joined(separator: ", "))")
        }
        (found[place], isTaken[place]) = (values[row], true)
      }
      series.append((group.name, found))
    }
    return .bars(
      axis: names.title, categories: bands.values.map { Words.text($0, of: names) }, series: series)
  }
}

extension UnitView {
  /// Whether it says nothing that a plain chart leaves out.
  fileprivate var isPlain: Bool {
    let isBar = mark.kind == .bar
    guard mark.kind == .line || mark.kind.isSymbol || isBar, let x = self[.x]?.field,
      let y = self[.y]?.field, detail.isEmpty, order.isEmpty, mark.shape == nil, !mark.isDashed,
      (mark.interpolation ?? "").hasPrefix("step") == false, mark.isHorizontal == nil
    else { return false }
    let color = self[.color]?.field
    for (channel, definition) in channels {
      guard definition.conditions.isEmpty else { return false }
      switch channel {
      case .x, .y: continue
      case .color:
        guard let color, color.type == .nominal, color.aggregate == nil, color.scale.domain == nil,
          color.timeUnit == nil
        else { return false }
      // The same said twice, for eyes that do not see colours.
      case .strokeDash, .shape, .xOffset, .yOffset:
        guard let color, definition.field?.column == color.column else { return false }
      default: return false
      }
    }
    for field in [x, y] {
      let scale = field.scale
      guard scale.kind == nil || scale.kind == .linear || isBar && scale.kind == .band,
        isBar || scale.zero != true, scale.domain == nil, scale.domainMin == nil,
        scale.domainMax == nil, !scale.isReversed, field.guide.values == nil,
        field.guide.format == nil, !field.guide.isHidden, field.bins == nil, field.timeUnit == nil,
        !field.isBinned, field.type != .temporal
      else { return false }
    }
    if isBar { return x.type.isDiscrete != y.type.isDiscrete }
    return x.type == .quantitative && y.type == .quantitative && x.aggregate == nil
      && x.order == .ascending
  }
}
