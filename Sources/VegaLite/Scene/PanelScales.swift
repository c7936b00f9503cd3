/// The scales that the marks of one layer stand on.
struct PanelScales {
  var x: SceneScale?
  var y: SceneScale?
  var theta: SceneScale?
  var offsets: [Channel: SceneScale] = [:]
  var color: SceneScale?
  var size: SceneScale?
  var opacity: SceneScale?
  var shape: SceneScale?
  var dash: SceneScale?
  var strokeWidth: SceneScale?

  /// The scales of channels that do not stand for places.
  subscript(channel: Channel) -> SceneScale? {
    switch channel {
    case .x: x
    case .y: y
    case .theta: theta
    case .xOffset, .yOffset: offsets[channel]
    case .color: color
    case .size: size
    case .opacity: opacity
    case .shape: shape
    case .strokeDash: dash
    case .strokeWidth: strokeWidth
    default: nil
    }
  }

  init(_ units: [PreparedUnit]) throws(VegaLiteError) {
    let maker = ScaleMaker(units: units)
    x = try maker.scale(.x)
    y = try maker.scale(.y)
    theta = try maker.scale(.theta)
    for channel in [Channel.xOffset, .yOffset] { offsets[channel] = try maker.scale(channel) }
    color = try maker.scale(.color)
    size = try maker.scale(.size)
    opacity = try maker.scale(.opacity)
    shape = try maker.scale(.shape)
    dash = try maker.scale(.strokeDash)
    strokeWidth = try maker.scale(.strokeWidth)
  }
}

/// Colours that a specification names itself: greys keep their meaning, each other one gets the next of the palette.
struct NamedColours {
  private var names: [String] = []
  /// The colour of marks of which nothing is said.
  static let usual = Colour.palette(0)

  mutating func colour(_ name: String) -> Colour {
    let name = name.lowercased()
    if name.contains("gray") || name.contains("grey") || name == "silver" { return .muted }
    if name == "white" || name == "#fff" || name == "#ffffff" { return .paper }
    if name == "black" || name == "#000" || name == "#000000" { return .ink }
    if name == "steelblue" || name == "#4c78a8" { return Self.usual }
    if name.count == 7, name.hasPrefix("#") {
      let digits = Array(name.dropFirst())
      if digits[0...1] == digits[2...3], digits[2...3] == digits[4...5] { return .muted }
    }
    let index = names.firstIndex(of: name) ?? names.count
    if index == names.count { names.append(name) }
    return .palette(1 + index)
  }
}
