/// A column behind a channel, and what is made of it.
struct FieldDefinition: Sendable {
  enum Stacking: Sendable, Hashable {
    case automatic
    case none
    case offset(Stack.Offset)
  }

  enum Aggregate: Sendable, Hashable {
    case operation(AggregateOperation)
    case argument(of: String, isGreatest: Bool)
  }

  let place: String
  /// None for a count.
  var name: String?
  var type: MeasureType
  var aggregate: Aggregate?
  var bins: BinParameters?
  /// The column holds beginnings of parts already.
  var isBinned = false
  var timeUnit: TimeUnit?
  var scale = ScaleDefinition()
  var guide = GuideDefinition()
  var order: DomainOrder
  var stacking = Stacking.automatic

  /// The column that holds what is shown, once the table is prepared.
  var column: String
  /// Where a part ends, of a column in parts.
  var endColumn: String?

  /// Whether its values are moments.
  var isMoment: Bool { type == .temporal || timeUnit != nil && aggregate == nil }

  /// The words for it.
  var title: String {
    if let title = guide.title { return title }
    if name == Specification.revision, aggregate == nil { return "run" }
    switch aggregate {
    case .operation(.count): return "count"
    case .operation(let operation): return "\(operation.rawValue) of \(name ?? "")"
    case .argument, nil: break
    }
    if let timeUnit { return "\(name ?? "") (\(timeUnit.rawValue))" }
    return name ?? ""
  }

  static let members = [
    "field", "type", "aggregate", "bin", "timeUnit", "title", "axis", "scale", "sort", "stack",
    "legend", "header", "format", "formatType", "bandPosition", "impute", "band", "columns",
    "spacing", "align", "center",
  ]

  init(
    _ own: SpecObject, _ channel: Channel, _ parameters: Parameters
  ) throws(VegaLiteError) {
    place = own.path
    name = try own.text("field")
    if case .string("binned")? = own["bin"] {
      isBinned = true
    } else {
      let isSmall = channel.isFacet || channel == .shape || channel == .strokeDash
      bins = try BinParameters(own, parameters, maxbins: isSmall || channel == .color ? 6 : 10)
      if case .object? = own["bin"], try own.object("bin").boolean("binned") == true {
        (bins, isBinned) = (nil, true)
      }
    }
    timeUnit = try own.choice("timeUnit", TimeUnit.names).flatMap({ TimeUnit($0) })
    aggregate = try Self.aggregate(own)
    guard name != nil || aggregate == .operation(.count) else {
      throw own.failure("field", "is missing")
    }
    if let scale = try own.optionalObject("scale") {
      self.scale = try ScaleDefinition(scale, parameters)
    }
    guide = try GuideDefinition(own, ["axis", "legend", "header"], parameters)
    order = try Self.order(own)
    stacking = try Self.stacking(own)
    let given = try own.choice("type", MeasureType.allCases.map(\.rawValue))
    type =
      given.flatMap { MeasureType(rawValue: $0) }
      ?? Self.type(aggregate, bins != nil || isBinned, timeUnit, scale.kind, order)
    // Names for what is made of the column; the place keeps two uses of one column apart.
    var column = name ?? "*"
    if let timeUnit { column = "\(timeUnit.rawValue)(\(column))" }
    if bins != nil {
      column = "bin(\(column)) of \(channel.rawValue)"
      endColumn = column + " end"
    }
    switch aggregate {
    case .operation(let operation): column = "\(operation.rawValue)(\(column))"
    case .argument(let other, let isGreatest):
      column = "\(column) at \(isGreatest ? "max" : "min") \(other)"
    case nil: break
    }
    self.column = column
  }

  private static func type(
    _ aggregate: Aggregate?, _ isInParts: Bool, _ timeUnit: TimeUnit?,
    _ scale: ScaleDefinition.Kind?,
    _ order: DomainOrder
  ) -> MeasureType {
    if timeUnit != nil || scale == .time || scale == .utc { return .temporal }
    if case .operation? = aggregate { return .quantitative }
    if isInParts { return .quantitative }
    switch scale {
    case .linear, .log, .sqrt, .pow, .symlog: return .quantitative
    default: break
    }
    if case .list = order { return .ordinal }
    return .nominal
  }

  private static func aggregate(_ own: SpecObject) throws(VegaLiteError) -> Aggregate? {
    guard case .object? = own["aggregate"] else {
      return try own.choice("aggregate", AggregateOperation.names).flatMap {
        AggregateOperation(rawValue: $0)
      }.map { .operation($0) }
    }
    let inner = try own.object("aggregate")
    try inner.allow(["argmax", "argmin"])
    if let other = try inner.text("argmax") { return .argument(of: other, isGreatest: true) }
    return .argument(of: try inner.needText("argmin"), isGreatest: false)
  }

  private static func order(_ own: SpecObject) throws(VegaLiteError) -> DomainOrder {
    switch own.members["sort"] {
    case nil: return .ascending
    case .null?: return .none
    case .array(let elements)?:
      return elements.isEmpty ? .none : .list(elements.map(\.datum))
    case .object?:
      let inner = try own.object("sort")
      try inner.allow(["field", "op", "order", "encoding"])
      let isDescending = try inner.choice("order", ["ascending", "descending"]) == "descending"
      if let name = try inner.choice("encoding", Channel.allCases.map(\.rawValue)) {
        return .channel(Channel(rawValue: name) ?? .x, isDescending: isDescending)
      }
      let operation = try inner.choice("op", AggregateOperation.names).flatMap {
        AggregateOperation(rawValue: $0)
      }
      return .field(try inner.text("field"), operation ?? .min, isDescending: isDescending)
    default:
      let channels = ["x", "y", "color", "size", "opacity", "text"]
      let known = ["ascending", "descending"] + channels + channels.map { "-" + $0 }
      let text = try own.choice("sort", known) ?? ""
      if text == "ascending" { return .ascending }
      if text == "descending" { return .descending }
      let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
      return .channel(Channel(rawValue: name) ?? .x, isDescending: text.hasPrefix("-"))
    }
  }

  private static func stacking(_ own: SpecObject) throws(VegaLiteError) -> Stacking {
    switch own.members["stack"] {
    case nil: return .automatic
    case .null?, .boolean(false)?: return .none
    case .boolean(true)?: return .offset(.zero)
    default:
      let name = try own.choice("stack", Stack.Offset.allCases.map(\.rawValue)) ?? ""
      return .offset(Stack.Offset(rawValue: name) ?? .zero)
    }
  }
}

/// What a channel says: a column, a constant, or one of several by conditions.
struct ChannelDefinition: Sendable {
  indirect enum Value: Sendable {
    case field(FieldDefinition)
    /// As it is to look: a colour, a size, a place in pixels.
    case constant(Datum)
    /// As it stands in the data.
    case datum(Datum, FieldDefinition?)
  }

  /// What holds where nothing else does; none for nothing at all.
  var value: Value?
  var conditions: [(test: Expression, value: Value)] = []

  init(value: Value?) { self.value = value }

  init(
    _ own: SpecObject, _ channel: Channel, _ parameters: Parameters
  ) throws(VegaLiteError) {
    try own.allow(FieldDefinition.members + ["value", "datum", "condition"])
    value = try Self.value(own, channel, parameters)
    var list = try own["condition"]?.elements != nil ? own.objects("condition") : []
    if case .object? = own["condition"] { list = [try own.object("condition")] }
    for one in list {
      try one.allow(
        FieldDefinition.members + ["value", "datum", "test", "param", "selection", "empty"])
      let test: Expression
      if let said = one["test"] {
        test = try .predicate(said, one.place("test"), parameters)
      } else {
        var selected: [String: JSONValue] = [:]
        for word in ["param", "selection", "empty"] { selected[word] = one[word] }
        test = try .predicate(.object(selected), one.path, parameters)
      }
      guard let value = try Self.value(one, channel, parameters) else {
        throw one.failure("value", "is missing")
      }
      conditions.append((test, value))
    }
    guard value != nil || !conditions.isEmpty else { throw own.failure("field", "is missing") }
    // Conditions that no row decides are decided now.
    var open: [(Expression, Value)] = []
    for (test, value) in conditions {
      guard test.fields.isEmpty else {
        open.append((test, value))
        continue
      }
      if test.constantValue.truth {
        self.value = value
        break
      }
    }
    conditions = open
  }

  private static func value(
    _ own: SpecObject, _ channel: Channel, _ parameters: Parameters
  ) throws(VegaLiteError) -> Value? {
    if own.has("field") || own.has("aggregate") {
      return .field(try FieldDefinition(own, channel, parameters))
    }
    if own.has("value") { return .constant(try own.constant("value", parameters) ?? .null) }
    if own.has("datum") {
      let datum = try own.constant("datum", parameters) ?? .null
      var members = own.members
      members["datum"] = nil
      members["field"] = .string("datum")
      members["condition"] = nil
      if members["type"] == nil {
        if case .number = datum { members["type"] = .string("quantitative") }
      }
      let shape = try FieldDefinition(
        SpecObject(.object(members), path: own.path), channel, parameters)
      return .datum(datum, shape)
    }
    return nil
  }

  /// The column, where it is one.
  var field: FieldDefinition? {
    if case .field(let field)? = value { return field }
    return nil
  }

  /// The column, or what is said of the scale of a constant of the data.
  var scaled: FieldDefinition? {
    switch value {
    case .field(let field)?: field
    case .datum(_, let field)?: field
    default:
      conditions.lazy.compactMap { if case .field(let field) = $0.value { field } else { nil } }
        .first
    }
  }

  /// Every column that it shows.
  var fields: [FieldDefinition] {
    ([value] + conditions.map(\.value)).compactMap { value in
      if case .field(let field)? = value { field } else { nil }
    }
  }
}
