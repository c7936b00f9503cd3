/// The scale of one channel over all that share it.
enum SceneScale {
  case continuous(ContinuousScale)
  case bands(BandScale)

  /// Where a value stands, 0 … 1.
  func part(_ value: Datum) -> Double {
    switch self {
    case .continuous(let scale): scale.part(scale.isTime ? value.moment : value.measure)
    case .bands(let scale): scale.part(value)
    }
  }
}

/// Makes scales out of what stands in columns.
struct ScaleMaker {
  let units: [PreparedUnit]

  /// The scale of a channel; `nil` where nothing uses it.
  func scale(_ channel: Channel) throws(VegaLiteError) -> SceneScale? {
    var users: [(unit: PreparedUnit, field: FieldDefinition)] = []
    for unit in units {
      guard let field = unit.unit[channel]?.scaled ?? channel.end.flatMap({ unit.unit[$0]?.scaled })
      else { continue }
      users.append((unit, field))
    }
    guard let first = users.first else { return nil }
    let said = users.map(\.field.scale)
    let discreteKinds: [ScaleDefinition.Kind] = [.band, .point, .ordinal]
    let isPosition = channel == .x || channel == .y
    let isDiscrete = users.contains { user in
      user.field.scale.kind.map(discreteKinds.contains)
        ?? (user.field.type.isDiscrete && user.field.bins == nil)
    }
    if isDiscrete {
      var bands = try bands(channel, users, isFalling: channel == .y)
      let offset: Channel = channel == .x ? .xOffset : .yOffset
      bands.isNested = isPosition && users.contains { $0.unit.unit[offset]?.field != nil }
      return .bands(bands)
    }
    var definition = first.field.scale
    for other in said.dropFirst() {
      definition.kind = definition.kind ?? other.kind
      definition.domain = definition.domain ?? other.domain
      definition.domainMin = definition.domainMin ?? other.domainMin
      definition.domainMax = definition.domainMax ?? other.domainMax
      definition.zero = definition.zero ?? other.zero
      definition.nice = definition.nice ?? other.nice
      definition.range = definition.range ?? other.range
      definition.isReversed = definition.isReversed || other.isReversed
    }
    let isTime = users.contains { $0.field.type == .temporal }
    var values: [Double] = []
    for (unit, _) in users {
      for name in unit.columns(on: channel) {
        values += unit.column(name).map { isTime ? $0.moment : $0.measure }
      }
      for one in [channel, channel.end].compactMap({ $0 }) {
        if case .datum(let value, _)? = unit.unit[one]?.value {
          values.append(isTime ? value.moment : value.measure)
        }
      }
      // A part of a date is as wide as it lasts, for what fills it.
      if let field = unit.unit[channel]?.field, let timeUnit = field.timeUnit,
        unit.unit.mark.kind == .bar || unit.unit.mark.kind == .rect
      {
        values += unit.column(field.column).map { timeUnit.end(of: $0.measure) }
      }
    }
    let isInParts = users.contains { $0.field.bins != nil || $0.field.isBinned }
    let needsZero =
      channel == .size || channel == .theta
      || isPosition && users.contains { Self.isMeasured($0.unit, channel) }
    return .continuous(
      try ContinuousScale(
        definition, over: values, isTime: isTime,
        hasZero: definition.zero ?? (needsZero && !isTime),
        isNice: isPosition && !isInParts, first.field.place))
  }

  /// Whether bars or areas go along the axis from zero.
  private static func isMeasured(_ unit: PreparedUnit, _ channel: Channel) -> Bool {
    guard unit.unit.mark.kind == .bar || unit.unit.mark.kind == .area,
      (channel == .x) == unit.isHorizontal, let field = unit.unit[channel]?.field,
      field.bins == nil, !field.isBinned
    else { return false }
    return channel.end.map { unit.unit[$0] == nil } ?? true
  }

  /// Names in their order.
  func bands(
    _ channel: Channel, _ users: [(unit: PreparedUnit, field: FieldDefinition)], isFalling: Bool
  ) throws(VegaLiteError) -> BandScale {
    let field = users[0].field
    if let domain = users.lazy.compactMap(\.field.scale.domain).first {
      return try BandScale(
        field.scale.isReversed ? domain.reversed() : domain, isFalling: isFalling, field.place)
    }
    var values: [Datum] = []
    var seen: Set<String> = []
    func add(_ value: Datum) {
      if !value.isMissing, seen.insert(value.key).inserted { values.append(value) }
    }
    for (unit, own) in users {
      for one in unit.unit[channel]?.fields ?? [own] { unit.column(one.column).forEach(add) }
      if case .datum(let value, _)? = unit.unit[channel]?.value { add(value) }
    }
    let isRevision = field.name == Specification.revision
    switch field.order {
    // Revisions stay as they were given.
    case .ascending where !isRevision: values.sort(by: Datum.isAscending)
    case .ascending, .none: break
    case .descending: values.sort { Datum.isAscending($1, $0) }
    case .list(let first):
      let known = first.filter { seen.contains($0.key) }
      let keys = Set(known.map(\.key))
      values = known + values.filter { !keys.contains($0.key) }
    case .channel(let other, let isDescending):
      let ends: (UnitView) -> FieldDefinition? = { $0[other]?.field }
      values = sorted(values, users, isDescending) { unit in
        guard let measure = ends(unit.unit) else { return nil }
        return (measure.column, unit.stack == nil ? .min : .sum)
      }
    case .field(let name, let operation, let isDescending):
      values = sorted(values, users, isDescending, isRaw: true) { unit in
        (name ?? unit.table.names.first ?? "", operation)
      }
    }
    if field.scale.isReversed { values.reverse() }
    return try BandScale(values, isFalling: isFalling, field.place)
  }

  /// Values by what stands beside them in another column.
  private func sorted(
    _ values: [Datum], _ users: [(unit: PreparedUnit, field: FieldDefinition)],
    _ isDescending: Bool,
    isRaw: Bool = false,
    by measure: (PreparedUnit) -> (column: String, operation: AggregateOperation)?
  ) -> [Datum] {
    var found: [String: [Datum]] = [:]
    var operation = AggregateOperation.min
    for (unit, field) in users {
      guard let (column, own) = measure(unit) else { continue }
      operation = own
      let table = isRaw ? unit.raw : unit.table
      guard let cells = table[column], let names = table[field.column] else { continue }
      for (name, value) in zip(names, cells) { found[name.key, default: []].append(value) }
    }
    let keys = values.map { operation.value(of: found[$0.key] ?? []) }
    return values.indices.sorted { left, right in
      let order = Datum.order(keys[left], keys[right])
      if order == 0 { return Datum.order(values[left], values[right]) < 0 }
      return isDescending ? order > 0 : order < 0
    }.map { values[$0] }
  }
}

extension ScaleMaker {
  /// The values of a column in the order that its channel asks for.
  func names(of field: FieldDefinition, in table: DataTable) throws(VegaLiteError) -> [Datum] {
    var values: [Datum] = []
    var seen: Set<String> = []
    for value in try table.column(field.column, field.place)
    where !value.isMissing && seen.insert(value.key).inserted { values.append(value) }
    switch field.order {
    case .none: break
    case .list(let first):
      let keys = Set(first.map(\.key))
      values = first.filter { seen.contains($0.key) } + values.filter { !keys.contains($0.key) }
    default:
      if field.name != Specification.revision { values.sort(by: Datum.isAscending) }
    }
    return values
  }
}
