/// What stands for a row, or for a group of them.
struct MarkDefinition: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case line, area, bar, point, circle, square, tick, rect, rule, text, trail, arc, geoshape, image

    /// One for many rows.
    var isConnected: Bool { self == .line || self == .area || self == .trail }
    var isSymbol: Bool { self == .point || self == .circle || self == .square }
  }

  /// Marks that are made of others.
  enum Composite: String, CaseIterable, Sendable {
    case boxplot, errorbar, errorband
  }

  static let names = Kind.allCases.map(\.rawValue) + Composite.allCases.map(\.rawValue)

  /// How a mark looks is the page's affair, in both themes.
  private static let looks = [
    "tooltip", "clip", "cursor", "style", "cornerRadius", "cornerRadiusEnd", "cornerRadiusTopLeft",
    "cornerRadiusTopRight", "cornerRadiusBottomLeft", "cornerRadiusBottomRight", "strokeCap",
    "strokeJoin", "strokeOpacity", "fillOpacity", "bandSize", "binSpacing", "width", "height",
    "thickness", "tension", "font", "fontStyle", "fontWeight", "lineBreak", "limit", "ellipsis",
    "padAngle", "invalid", "aria", "description", "blend", "discreteBandSize", "continuousBandSize",
    "xOffset", "yOffset", "minBandSize", "radiusOffset", "thetaOffset", "strokeMiterLimit", "angle",
    "lineHeight", "borders", "ticks", "rule", "box", "median", "outliers", "order",
  ]

  let kind: Kind
  var color: String?
  var opacity: Double?
  var isFilled: Bool?
  var size: Double?
  var strokeWidth: Double?
  var isDashed = false
  var interpolation: String?
  var shape: String?
  var isHorizontal: Bool?
  var hasPoints = false
  var hasLine = false
  var text: Datum?
  /// A picture, and its size in pixels where that is a number.
  var url: String?
  var extent: (width: Double?, height: Double?) = (nil, nil)
  var align: String?
  var baseline: String?
  var shift = (x: 0.0, y: 0.0)
  var fontSize: Double?
  var innerRadius: Double?
  var outerRadius: Double?
  /// A place in pixels that the mark itself gives.
  var positions: [Channel: Datum] = [:]

  init(_ kind: Kind) { self.kind = kind }

  init(_ owner: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    let known = Kind.allCases.map(\.rawValue)
    guard case .object? = owner["mark"] else {
      guard let kind = try owner.choice("mark", known).flatMap(Kind.init) else {
        throw owner.failure("mark", "is missing")
      }
      self.init(kind)
      return
    }
    let own = try owner.object("mark")
    guard let kind = try own.choice("type", known).flatMap(Kind.init) else {
      throw own.failure("type", "is missing")
    }
    self.init(kind)
    try own.allow(
      [
        "type", "color", "fill", "stroke", "opacity", "filled", "size", "strokeWidth", "strokeDash",
        "interpolate", "shape", "orient", "point", "line", "text", "align", "baseline", "dx", "dy",
        "fontSize", "radius", "innerRadius", "outerRadius", "x", "y", "x2", "y2", "extent",
        "url", "aspect",
      ] + Self.looks)
    for word in ["stroke", "fill", "color"] {
      if case .string(let text)? = own[word] { color = text }
    }
    opacity = try own.number("opacity", parameters)
    isFilled = try own.boolean("filled")
    size = try own.number("size", parameters)
    strokeWidth = try own.number("strokeWidth", parameters)
    isDashed = own.has("strokeDash")
    interpolation = try own.text("interpolate")
    shape = try own.text("shape")
    isHorizontal = try own.choice("orient", ["horizontal", "vertical"]).map { $0 == "horizontal" }
    hasPoints =
      own.has("point") && own["point"] != .boolean(false)
      && own["point"] != .string("transparent")
    hasLine = own.has("line") && own["line"] != .boolean(false)
    text = try own.constant("text", parameters)
    if case .string(let text)? = own["url"] { url = text }
    if case .number(let value)? = own["width"] { extent.width = value }
    if case .number(let value)? = own["height"] { extent.height = value }
    align = try own.choice("align", ["left", "center", "right"])
    baseline = try own.text("baseline")
    shift = (try own.number("dx", parameters) ?? 0, try own.number("dy", parameters) ?? 0)
    fontSize = try own.number("fontSize", parameters)
    innerRadius = try own.number("innerRadius", parameters)
    outerRadius = try own.number(own.has("outerRadius") ? "outerRadius" : "radius", parameters)
    for channel in [Channel.x, .y, .x2, .y2] {
      positions[channel] = try own.constant(channel.rawValue, parameters)
    }
  }
}
