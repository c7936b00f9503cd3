/// A mark with the rows it is drawn from: parts, sums and stacks made.
struct PreparedUnit {
  let unit: UnitView
  let table: DataTable
  /// The rows before they were counted, which order names.
  let raw: DataTable
  /// Bars that lie, areas and lines that go down.
  let isHorizontal: Bool
  /// The columns where each part begins and ends, of what is stacked.
  let stack: (channel: Channel, from: String, to: String)?
  /// The columns of which names and colours part lines and areas.
  let groups: [String]

  init(_ unit: UnitView, over whole: DataTable) throws(VegaLiteError) {
    self.unit = unit
    var table = try Self.rows(unit.transforms, of: unit, over: whole)
    let fields = unit.fields
    let unselected = try Self.unselected(unit, over: whole)
    for (_, field) in fields {
      guard let name = field.name else { continue }
      if let timeUnit = field.timeUnit, field.aggregate == nil || field.bins != nil {
        let column = "\(timeUnit.rawValue)(\(name))"
        try TimeUnitTransform(timeUnit, of: name, as: column, field.place).apply(to: &table)
      }
      if let bins = field.bins, let end = field.endColumn {
        try Binning(bins, of: name, as: [field.column, end], field.place, over: unselected)
          .apply(to: &table)
      }
    }
    if !unit.dependsOnRows, table.rowCount > 1 { table = table.selecting([0]) }
    raw = table
    try Self.aggregate(&table, unit, fields)
    isHorizontal = Self.isHorizontal(unit)
    groups = Self.groupFields(unit).map(\.column)
    stack = try Self.stack(&table, unit, isHorizontal)
    for (channel, field) in fields where field.type == .temporal && channel != .tooltip {
      // Dates that are texts become moments once, so that they are compared as such.
      if let column = table[field.column] {
        table[field.column] = column.map { value in
          let moment = value.moment
          return moment.isNaN ? .null : .number(moment)
        }
      }
    }
    for (_, field) in fields {
      guard field.aggregate != .operation(.count) else { continue }
      _ = try table.column(field.column, field.place + ".field")
    }
    self.table = table
  }

  /// The rows without what a selection leaves out, where parts are made of one that holds something: parts stay what
  /// they are in charts beside it, as Vega keeps them.
  private static func unselected(
    _ unit: UnitView, over whole: DataTable
  ) throws(VegaLiteError) -> DataTable? {
    let isOfSelection = { (transform: any Transform) in
      (transform as? Filter)?.isOfSelection ?? false
    }
    guard unit.transforms.contains(where: isOfSelection),
      unit.fields.contains(where: { $0.field.bins != nil })
    else { return nil }
    return try rows(unit.transforms.filter { !isOfSelection($0) }, of: unit, over: whole)
  }

  private static func rows(
    _ transforms: [any Transform], of unit: UnitView, over whole: DataTable
  ) throws(VegaLiteError) -> DataTable {
    var table = unit.table ?? whole
    for transform in transforms {
      try transform.apply(to: &table)
      try table.checkSize(transform.place)
    }
    return table
  }

  /// One row for each combination of what is not counted, where something is.
  private static func aggregate(
    _ table: inout DataTable, _ unit: UnitView,
    _ fields: [(channel: Channel, field: FieldDefinition)]
  ) throws(VegaLiteError) {
    var operations: [AggregateField] = []
    var groups: [String] = []
    for (_, field) in fields {
      switch field.aggregate {
      case .operation(let operation):
        operations.append(
          .init(
            kind: .operation(operation), field: operation == .count ? nil : field.name,
            name: field.column))
      case .argument(let other, let isGreatest):
        operations.append(
          .init(
            kind: .argument(of: other, isGreatest: isGreatest), field: field.name,
            name: field.column))
      case nil:
        for column in [field.column, field.endColumn].compactMap({ $0 })
        where !groups.contains(column) { groups.append(column) }
      }
    }
    guard !operations.isEmpty else { return }
    for test in unit.channels.values.flatMap(\.conditions).map(\.test) {
      for column in test.fields.sorted() where !groups.contains(column) && table[column] != nil {
        groups.append(column)
      }
    }
    groups.sort()
    try Aggregation(operations, by: groups, unit.place.isEmpty ? "encoding" : unit.place)
      .apply(to: &table)
  }

  private static func isHorizontal(_ unit: UnitView) -> Bool {
    if let said = unit.mark.isHorizontal { return said }
    let (x, y) = (unit[.x]?.scaled, unit[.y]?.scaled)
    guard let x else { return unit.mark.kind == .tick && y == nil }
    guard let y else { return unit.mark.kind == .bar && !x.type.isDiscrete && x.bins == nil }
    if x.type.isDiscrete != y.type.isDiscrete { return y.type.isDiscrete }
    let isPart = { (field: FieldDefinition) in
      field.bins != nil || field.isBinned || field.timeUnit != nil
    }
    if isPart(x) != isPart(y) { return isPart(y) }
    if unit.mark.kind == .bar, unit[.x2] != nil, unit[.y2] == nil { return true }
    if (x.type == .temporal) != (y.type == .temporal) { return y.type == .temporal }
    return x.aggregate != nil && y.aggregate == nil
  }

  /// What parts the rows of lines and of stacks, beside places.
  static func groupFields(_ unit: UnitView) -> [FieldDefinition] {
    let channels: [Channel] = [.color, .opacity, .size, .shape, .strokeDash, .strokeWidth]
    let seen = channels.flatMap { unit[$0]?.fields ?? [] } + unit.detail
    return seen.filter { $0.aggregate == nil }
  }

  private static func stack(
    _ table: inout DataTable, _ unit: UnitView, _ isHorizontal: Bool
  ) throws(VegaLiteError) -> (channel: Channel, from: String, to: String)? {
    let kind = unit.mark.kind
    guard kind == .bar || kind == .area || kind == .arc else { return nil }
    let channel: Channel = kind == .arc ? .theta : isHorizontal ? .x : .y
    guard let measure = unit[channel]?.field, measure.type == .quantitative, measure.bins == nil,
      !measure.isBinned, channel.end.map({ unit[$0] == nil }) ?? true
    else { return nil }
    let dimension = kind == .arc ? nil : unit[isHorizontal ? .y : .x]?.field
    // What stands beside each other does not stand on each other.
    let beside = (unit[isHorizontal ? .yOffset : .xOffset]?.field).map { [$0.column] } ?? []
    let parts = groupFields(unit).map(\.column).filter {
      $0 != dimension?.column && !beside.contains($0)
    }
    var offset = Stack.Offset.zero
    switch measure.stacking {
    case .none: return nil
    case .offset(let said): offset = said
    case .automatic:
      let isSummative =
        switch measure.aggregate {
        case .operation(let operation): operation.isSummative
        case .argument: false
        case nil: true
        }
      let isLinear = measure.scale.kind == nil || measure.scale.kind == .linear
      guard kind == .arc || !parts.isEmpty && isSummative && isLinear else { return nil }
    }
    let places = [dimension?.column].compactMap { $0 } + (kind == .arc ? [] : beside)
    if kind == .area, let dimension {
      try Impute(measure.column, key: dimension.column, by: parts, measure.place).apply(to: &table)
    }
    let order =
      unit.order.isEmpty
      // The first of the legend stands above, and to the left.
      ? parts.map { ($0, kind != .arc && !isHorizontal) }
      : unit.order.map { ($0.field.column, $0.isDescending) }
    let names = ("from " + measure.column, "to " + measure.column)
    try Stack(
      measure.column, by: places, offset, in: SortOrder(order), as: [names.0, names.1],
      measure.place
    ).apply(to: &table)
    return (channel, names.0, names.1)
  }

  /// The cells of a column; empty for one that the rows do not have.
  func column(_ name: String) -> [Datum] {
    table[name] ?? [Datum](repeating: .null, count: table.rowCount)
  }

  /// The columns in which something stands on an axis.
  func columns(on channel: Channel) -> [String] {
    var names: [String] = []
    if let stack, stack.channel == channel {
      names = [stack.from, stack.to]
    } else {
      for field in unit[channel]?.fields ?? [] {
        names += [field.column, field.endColumn].compactMap { $0 }
      }
    }
    if let end = channel.end { names += (unit[end]?.fields ?? []).map(\.column) }
    return names
  }
}
