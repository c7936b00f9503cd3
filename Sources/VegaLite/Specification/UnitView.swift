/// One mark over one table.
struct UnitView: Sendable {
  let place: String
  /// Rows of its own, in the place of those of the whole.
  var table: DataTable?
  var transforms: [any Transform] = []
  var mark: MarkDefinition
  var channels: [Channel: ChannelDefinition]
  /// Columns that part rows without being seen.
  var detail: [FieldDefinition]
  /// The columns whose order the points of a line follow.
  var order: [(field: FieldDefinition, isDescending: Bool)]
  /// What is said of a mark when it is pointed at, if it is said which columns.
  var tooltip: [FieldDefinition]
  /// How its shapes and positions on the earth are laid on the panel.
  var projection: ProjectionDefinition?
  /// The column with its shapes, where it draws such.
  var shapes: String?
  /// What may be selected by pointing into it.
  var selections: [SelectionDefinition] = []

  subscript(channel: Channel) -> ChannelDefinition? { channels[channel] }

  /// The columns of all channels, each with its channel; in the order of channels, which is fixed.
  var fields: [(channel: Channel, field: FieldDefinition)] {
    Channel.allCases.flatMap { channel in
      (channels[channel]?.fields ?? []).map { (channel, $0) }
    } + detail.map { (.detail, $0) } + order.map { (.order, $0.field) }
      + tooltip.map { (.tooltip, $0) }
  }

  /// Whether it is drawn on a map.
  var isGeographic: Bool { shapes != nil || self[.longitude] != nil }

  /// Whether its marks differ from row to row; a line at a goal is one line.
  var dependsOnRows: Bool {
    !fields.isEmpty
      || mark.kind == .geoshape
      || channels.values.contains { $0.conditions.contains { !$0.test.fields.isEmpty } }
  }

  /// Whether it is seen only when something is pointed at.
  var isInvisible: Bool {
    guard let opacity = channels[.opacity], opacity.conditions.isEmpty,
      case .constant(let value)? = opacity.value
    else { return mark.opacity == 0 && channels[.opacity] == nil }
    return value.number == 0
  }

  init(
    _ own: SpecObject, encoding: [String: JSONValue], transforms: [any Transform],
    _ parameters: Parameters
  ) throws(VegaLiteError) {
    place = own.path
    self.transforms = transforms
    mark = try MarkDefinition(own, parameters)
    let whole = try SpecObject(.object(encoding), path: own.place("encoding"))
    try whole.allow(Channel.allCases.map(\.rawValue) + Channel.passedOver)
    channels = [:]
    (detail, order, tooltip) = ([], [], [])
    if mark.kind == .geoshape { shapes = GeographicData.column }
    for channel in Channel.allCases where whole.has(channel.rawValue) {
      switch channel {
      case .detail:
        for one in try Self.list(whole, channel) {
          detail.append(try FieldDefinition(one, channel, parameters))
        }
      case .order:
        for one in try Self.list(whole, channel) where one.has("field") || one.has("aggregate") {
          let field = try FieldDefinition(one, channel, parameters)
          order.append((field, field.order == .descending))
        }
      case .tooltip:
        for one in try Self.list(whole, channel) where one.has("field") || one.has("aggregate") {
          tooltip.append(try FieldDefinition(one, channel, parameters))
        }
      case .shape where mark.kind == .geoshape:
        shapes = try whole.object(channel.rawValue).needText("field")
      default:
        let one = try whole.object(channel.rawValue)
        // What an anchor left empty.
        if one.members.isEmpty { continue }
        channels[channel] = try ChannelDefinition(one, channel, parameters)
      }
    }
    if channels[.color] == nil { channels[.color] = channels[.fill] ?? channels[.stroke] }
    channels[.fill] = nil
    channels[.stroke] = nil
    if channels[.opacity] == nil {
      channels[.opacity] = channels[.fillOpacity] ?? channels[.strokeOpacity]
    }
    channels[.fillOpacity] = nil
    channels[.strokeOpacity] = nil
    for (channel, value) in mark.positions where channels[channel] == nil {
      channels[channel] = ChannelDefinition(value: .constant(value))
    }
  }

  private static func list(
    _ whole: SpecObject, _ channel: Channel
  ) throws(VegaLiteError) -> [SpecObject] {
    let name = channel.rawValue
    if whole[name]?.elements != nil { return try whole.objects(name) }
    guard case .object? = whole[name] else { return [] }
    return [try whole.object(name)]
  }
}
