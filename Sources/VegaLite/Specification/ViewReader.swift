/// Reads views, handing down to layers what the whole says.
struct ViewReader {
  static let mostViews = 100
  private static let deepest = 16

  /// What a page has of its own, and what it takes from the table.
  private static let passedOver = [
    "$schema", "description", "name", "width", "height", "autosize", "config", "background",
    "padding", "view", "usermeta", "spacing", "align", "center", "bounds",
  ]

  let parameters: Parameters

  /// What a view inherits.
  struct Context {
    var encoding: [String: JSONValue] = [:]
    var transforms: [any Transform] = []
    /// Rows that the specification holds itself, in the place of the table's.
    var table: DataTable?
    var depth = 0
    /// Parameters that the first mark, or the view of a name, makes selections of.
    var selections: [SpecObject] = []
    var projection: ProjectionDefinition?
  }

  func view(_ own: SpecObject, _ context: Context = Context()) throws(VegaLiteError) -> View {
    guard context.depth < Self.deepest else {
      throw VegaLiteError(own.path, "is nested more than \(Self.deepest) deep")
    }
    var context = context
    try readData(own, &context)
    try readProjection(own, &context)
    if own.has("facet"), own.has("spec") { return .facet(try facet(own, context)) }
    if own.has("repeat") { return try view(Repetition.expanded(own), context) }
    for word in ["hconcat", "vconcat", "concat"] where own.has(word) {
      return try concat(own, word, context)
    }
    if own.has("layer") { return try layered(own, context) }
    return try unit(own, context)
  }

  private func readProjection(
    _ own: SpecObject, _ context: inout Context
  ) throws(VegaLiteError) {
    guard let projection = try own.optionalObject("projection") else { return }
    context.projection = try ProjectionDefinition(projection, parameters)
  }

  private func allow(_ own: SpecObject, _ words: [String]) throws(VegaLiteError) {
    try own.allow(
      ["title", "data", "params", "selection", "transform", "resolve", "projection"] + words
        + Self.passedOver)
  }

  private func title(_ own: SpecObject) throws(VegaLiteError) -> String? {
    guard case .object? = own["title"] else { return try own.lines("title") }
    return try own.object("title").lines("text")
  }

  private func concat(
    _ own: SpecObject, _ word: String, _ context: Context
  ) throws(VegaLiteError) -> View {
    try allow(own, [word, "columns"])
    var inner = Context()
    inner.depth = context.depth + 1
    inner.table = context.table
    inner.projection = context.projection
    inner.selections = try (context.selections + selections(own)).filter { $0.has("views") }
    inner.transforms = context.transforms + (try Transforms.all(in: own, parameters))
    var views: [View] = []
    for one in try own.objects(word) { views.append(try view(one, inner)) }
    guard !views.isEmpty else { throw own.failure(word, "is empty") }
    let columns =
      word == "hconcat"
      ? views.count : word == "vconcat" ? 1 : try own.whole("columns", 1...100, parameters) ?? 3
    return .concat(views, columns: columns, title: try title(own))
  }

  /// The selections of a view; as version 4 of the language has them too.
  private func selections(_ own: SpecObject) throws(VegaLiteError) -> [SpecObject] {
    var found = try own.objects("params").filter { $0.has("select") }
    guard let old = try own.optionalObject("selection") else { return found }
    for name in old.members.keys.sorted() {
      let members: [String: JSONValue] = [
        "name": .string(name), "select": old.members[name] ?? .null,
      ]
      found.append(try SpecObject(.object(members), path: old.place(name)))
    }
    return found
  }

  /// Whether a selection is made in a view: in the one of a name where it says so.
  private func isMeant(
    _ own: SpecObject, by selection: SpecObject
  ) throws(VegaLiteError) -> Bool {
    guard let views = try selection.texts("views") else { return true }
    return try own.text("name").map(views.contains) ?? false
  }

  private func independent(_ own: SpecObject) throws(VegaLiteError) -> Set<Channel> {
    guard let resolve = try own.optionalObject("resolve") else { return [] }
    try resolve.allow(["scale", "axis", "legend"])
    guard let scale = try resolve.optionalObject("scale") else { return [] }
    var channels: Set<Channel> = []
    for name in scale.members.keys.sorted() {
      let choice = try scale.choice(name, ["independent", "shared"])
      guard let channel = Channel(rawValue: name) else {
        throw VegaLiteError(
          scale.place(name), "is no channel with a scale", stranger: name,
          known: Channel.allCases.map(\.rawValue))
      }
      if choice == "independent" { channels.insert(channel) }
    }
    return channels
  }

  private func size(_ own: SpecObject, _ name: String) -> Double? {
    if case .number(let value)? = own[name], value > 0 { value } else { nil }
  }

  private func layered(_ own: SpecObject, _ context: Context) throws(VegaLiteError) -> View {
    try allow(own, ["layer", "encoding"])
    var panel = LayeredView(
      title: try title(own), units: try units(own, context), independent: try independent(own))
    panel.width = size(own, "width")
    panel.height = size(own, "height")
    guard panel.units.count <= Self.mostViews else {
      throw own.failure("layer", "has more than \(Self.mostViews) layers")
    }
    return .layered(panel)
  }

  /// The marks of a layer and of the layers in it, without those that wait for a pointer.
  private func units(_ own: SpecObject, _ context: Context) throws(VegaLiteError) -> [UnitView] {
    guard context.depth < Self.deepest else {
      throw VegaLiteError(own.path, "is nested more than \(Self.deepest) deep")
    }
    var inner = context
    try readData(own, &inner)
    try readProjection(own, &inner)
    inner.depth += 1
    inner.transforms += try Transforms.all(in: own, parameters)
    if inner.transforms.contains(where: { ($0 as? Filter)?.isNever ?? false }) { return [] }
    inner.encoding = try merged(context.encoding, own)
    inner.selections += try selections(own)
    if own.has("layer") {
      try allow(own, ["layer", "encoding"])
      var units: [UnitView] = []
      for one in try own.objects("layer") {
        units += try self.units(one, inner)
        inner.selections.removeAll { !$0.has("views") }
      }
      return units
    }
    try allow(own, ["mark", "encoding"])
    if let expanded = try CompositeMark.expanded(own, inner.encoding) {
      inner.encoding = [:]
      return try units(expanded, inner)
    }
    var unit = try UnitView(
      own, encoding: inner.encoding, transforms: inner.transforms, parameters)
    unit.table = inner.table
    unit.projection = inner.projection
    for one in inner.selections where try isMeant(own, by: one) {
      guard var selection = try SelectionDefinition(one, of: unit) else { continue }
      if let held = parameters.selected(selection.name), held.id == selection.id {
        selection.selected = held
      }
      unit.selections.append(selection)
    }
    return unit.isInvisible ? [] : [unit]
  }

  /// The channels of the whole with those of a layer laid over them.
  private func merged(
    _ outer: [String: JSONValue], _ own: SpecObject
  ) throws(VegaLiteError) -> [String: JSONValue] {
    guard let encoding = try own.optionalObject("encoding") else { return outer }
    return outer.merging(encoding.members) { whole, part in
      guard case .object(var whole) = whole, case .object(let part) = part,
        part["value"] == nil,
        part["field"] == nil || whole["field"] == nil || part["field"] == whole["field"]
      else { return part }
      // A value of the data stands in the place of the column, on the same scale.
      if part["datum"] != nil {
        for word in ["field", "aggregate", "bin", "timeUnit", "sort", "stack"] { whole[word] = nil }
      }
      return .object(whole.merging(part) { $1 })
    }
  }

  private func unit(_ own: SpecObject, _ context: Context) throws(VegaLiteError) -> View {
    try allow(own, ["mark", "encoding"])
    guard own.has("mark") else { throw own.failure("mark", "is missing") }
    // Shapes on the earth have places of their own.
    let isShape =
      own["mark"]?.text == "geoshape" || own["mark"]?.members?["type"]?.text == "geoshape"
    guard own.has("encoding") || isShape else { throw own.failure("encoding", "is missing") }
    var panel = LayeredView(title: try title(own), units: [])
    panel.independent = try independent(own)
    panel.width = size(own, "width")
    panel.height = size(own, "height")
    // A panel for each value of a channel is a facet of the rest.
    let encoding = try SpecObject(own["encoding"] ?? .object([:]), path: own.place("encoding"))
    var facets: [Channel: FieldDefinition] = [:]
    for channel in Channel.allCases where channel.isFacet && encoding.has(channel.rawValue) {
      let one = try encoding.object(channel.rawValue)
      if one.members.isEmpty { continue }
      facets[channel] = try FieldDefinition(one, channel, parameters)
    }
    var members = own.members
    members["encoding"] = .object(
      encoding.members.filter { Channel(rawValue: $0.key)?.isFacet != true })
    guard !facets.isEmpty else {
      panel.units = try units(SpecObject(.object(members), path: own.path), context)
      return .layered(panel)
    }
    // The rows are made before they are parted.
    let transforms = context.transforms + (try Transforms.all(in: own, parameters))
    members["transform"] = nil
    var inner = context
    inner.transforms = []
    inner.table = nil
    panel.units = try units(SpecObject(.object(members), path: own.path), inner)
    var columns: Int?
    if let facet = try encoding.optionalObject("facet") {
      columns = try facet.whole("columns", 1...100, parameters)
    }
    let heading = panel.title
    panel.title = nil
    return .facet(
      FacetView(
        title: heading, table: context.table, transforms: transforms, row: facets[.row],
        column: facets[.column],
        wrapped: facets[.facet], columns: columns, panel: panel, independent: panel.independent))
  }

  private func facet(_ own: SpecObject, _ context: Context) throws(VegaLiteError) -> FacetView {
    try allow(own, ["facet", "spec", "columns"])
    let spec = try own.object("spec")
    let transforms = context.transforms + (try Transforms.all(in: own, parameters))
    var inner = Context(encoding: [:], transforms: [], depth: context.depth + 1)
    inner.selections = try context.selections + selections(own)
    inner.projection = context.projection
    let panel: LayeredView
    switch spec.has("layer") ? try layered(spec, inner) : try unit(spec, inner) {
    case .layered(let view): panel = view
    default: throw own.failure("spec", "is drawn with one panel or layers in each part")
    }
    var view = FacetView(
      title: try title(own), table: context.table, transforms: transforms,
      columns: try own.whole("columns", 1...100, parameters), panel: panel,
      independent: panel.independent.union(try independent(own)))
    let facet = try own.object("facet")
    guard
      facet.has("row") || facet.has("column") || facet.members.keys.contains("row")
        || facet.members.keys.contains("column")
    else {
      view.wrapped = try FieldDefinition(facet, .facet, parameters)
      return view
    }
    try facet.allow(["row", "column"])
    for channel in [Channel.row, .column] {
      guard let one = try facet.optionalObject(channel.rawValue), !one.members.isEmpty else {
        continue
      }
      let field = try FieldDefinition(one, channel, parameters)
      if channel == .row { view.row = field } else { view.column = field }
    }
    return view
  }
}
