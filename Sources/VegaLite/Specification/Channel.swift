/// What a value of the data may be shown by.
enum Channel: String, CaseIterable, Sendable, Hashable {
  case x, y, x2, y2, xOffset, yOffset, theta, theta2, radius
  case color, fill, stroke, opacity, fillOpacity, strokeOpacity, size, shape, strokeDash
  case longitude, latitude, longitude2, latitude2
  case strokeWidth, text, url, detail, order, tooltip, row, column, facet

  /// What is passed over: names of rows for a script, texts for those who see nothing.
  static let passedOver = ["key", "description"]

  /// The other end on the same axis.
  var end: Channel? { self == .x ? .x2 : self == .y ? .y2 : self == .theta ? .theta2 : nil }

  var isFacet: Bool { self == .row || self == .column || self == .facet }
}

/// How a column is to be understood.
enum MeasureType: String, CaseIterable, Sendable, Hashable {
  case quantitative, nominal, ordinal, temporal

  var isDiscrete: Bool { self == .nominal || self == .ordinal }
}

/// The order in which names stand.
enum DomainOrder: Sendable, Hashable {
  case ascending, descending
  /// As they appear.
  case none
  case list([Datum])
  case channel(Channel, isDescending: Bool)
  case field(String?, AggregateOperation, isDescending: Bool)
}

/// What is said of a scale.
struct ScaleDefinition: Sendable, Hashable {
  enum Kind: String, CaseIterable, Sendable, Hashable {
    case linear, log, sqrt, pow, symlog, time, utc, band, point, ordinal
  }

  var kind: Kind?
  var domain: [Datum]?
  /// Whether the domain is the stretch that a selection holds: what lies beside it is not shown.
  var isWindow = false
  var domainMin: Double?
  var domainMax: Double?
  var domainMid: Double?
  var range: [Double]?
  var zero: Bool?
  var nice: Bool?
  var isReversed = false
  var exponent = 0.5
  var base = 10.0
  var constant = 1.0

  init() {}

  /// Reads a scale; schemes, colours and roundings are the affair of pages.
  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow([
      "type", "domain", "domainMin", "domainMax", "domainMid", "range", "rangeMin", "rangeMax",
      "zero", "nice", "reverse", "exponent", "base", "constant", "clamp", "padding",
      "paddingInner", "paddingOuter", "round", "scheme", "interpolate", "align",
    ])
    kind = try own.choice("type", Kind.allCases.map(\.rawValue)).flatMap { Kind(rawValue: $0) }
    switch own["domain"] {
    case .array(let elements)?:
      domain = elements.map(\.datum)
    case nil, .string("unaggregated")?: break
    case .object?:
      domain = try Self.stretch(try own.object("domain"), parameters)
      isWindow = domain != nil
    default: throw own.failure("domain", "must be a list")
    }
    domainMin = try own.number("domainMin", parameters)
    domainMax = try own.number("domainMax", parameters)
    domainMid = try own.number("domainMid", parameters)
    if let elements = own["range"]?.elements {
      let numbers = elements.compactMap { if case .number(let value) = $0 { value } else { nil } }
      if numbers.count == elements.count, numbers.count == 2 { range = numbers }
    }
    zero = try own.boolean("zero")
    if case .boolean(let value)? = own["nice"] { nice = value }
    isReversed = try own.boolean("reverse") ?? false
    exponent = try own.number("exponent", parameters) ?? (kind == .pow ? 1 : 0.5)
    base = try own.number("base", parameters) ?? 10
    constant = try own.number("constant", parameters) ?? 1
    guard exponent > 0, base > 1, constant > 0 else {
      throw VegaLiteError(own.path, "needs an exponent and a constant above 0 and a base above 1")
    }
  }

  /// What a selection holds of one axis; nothing before anybody points.
  private static func stretch(
    _ own: SpecObject, _ parameters: Parameters
  ) throws(VegaLiteError) -> [Datum]? {
    try own.allow(["param", "selection", "encoding", "field"])
    let name = try own.needText(own.has("param") ? "param" : "selection")
    guard parameters.predicate(of: name, empty: nil) != nil else {
      throw VegaLiteError(
        own.path, "there is no parameter “\(name.prefix(40))”", stranger: name,
        known: parameters.names)
    }
    guard let stretches = parameters.selected(name)?.stretches else { return nil }
    let channel = try own.text("encoding").flatMap { Channel(rawValue: $0) }
    return channel.map { stretches[$0] } ?? (stretches.count == 1 ? stretches.values.first : nil)
  }
}

/// What is said of an axis, a legend or a header.
struct GuideDefinition: Sendable, Hashable {
  var isHidden = false
  var title: String?
  var hasTitle = true
  var format: String?
  var values: [Datum]?
  var tickCount: Int?

  init() {}

  /// How an axis looks is the page's affair; what it says is the template's.
  private static let looks = [
    "grid", "orient", "labelAngle", "labelOverlap", "labelLimit", "labelFontSize", "labelAlign",
    "labelBaseline", "labelPadding", "labelColor", "labelFont", "labelFontWeight", "labelFlush",
    "labelBound", "labelSeparation", "ticks", "tickSize", "tickMinStep", "tickBand", "tickColor",
    "tickWidth", "tickOffset", "tickExtra", "tickRound", "domain", "domainColor", "domainWidth",
    "gridColor", "gridDash", "gridOpacity", "gridWidth", "offset", "position", "zindex", "style",
    "titleFontSize", "titleAlign", "titleAnchor", "titleAngle", "titlePadding", "titleColor",
    "titleFontWeight", "titleOrient", "titleX", "titleY", "titleLimit", "titleFont",
    "titleBaseline",
    "minExtent", "maxExtent", "symbolType", "symbolSize", "symbolOpacity", "symbolFillColor",
    "symbolStrokeColor", "symbolStrokeWidth", "symbolDash", "gradientLength", "gradientThickness",
    "columns", "direction", "fillColor", "strokeColor", "padding", "cornerRadius", "columnPadding",
    "rowPadding", "legendX", "legendY", "labelOrient", "labelAnchor", "formatType", "type", "aria",
    "clipHeight", "description", "symbolLimit", "bandPosition", "translate",
  ]

  init(
    _ owner: SpecObject, _ names: [String], _ parameters: Parameters
  ) throws(VegaLiteError) {
    for name in names where owner.members[name] != nil {
      guard let value = owner[name] else {
        isHidden = true
        continue
      }
      if value == .boolean(false) {
        isHidden = true
        continue
      }
      let own = try owner.object(name)
      try own.allow(["title", "format", "values", "tickCount", "labels"] + Self.looks)
      if own.members["title"] == .null { hasTitle = false }
      title = try own.lines("title")
      format = try own.text("format")
      values = own["values"]?.elements.map { $0.map(\.datum) }
      if case .number? = own["tickCount"] {
        tickCount = try own.whole("tickCount", 0...200, parameters)
      }
      if try own.boolean("labels") == false { values = [] }
    }
    if owner.members["title"] == .null { hasTitle = false }
    if let own = try owner.lines("title") { title = own }
    if let own = try owner.text("format") { format = own }
    if title == "" { hasTitle = false }
  }
}
