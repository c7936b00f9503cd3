internal import VegaLite

/// Colours of marks as classes and attributes, so that each theme has its own.
struct GraphicPaint {
  /// The class of what is filled or drawn with a line.
  var name: String
  /// How much of the colour, of ramps.
  var share: Double

  init(_ colour: Colour, isFilled: Bool) {
    share = 1
    let prefix = isFilled ? "f" : "s"
    switch colour {
    case .palette(let index): name = "\(prefix)\(index % 8)"
    case .ramp(let part):
      name = "\(prefix)-high"
      share = 0.07 + 0.93 * part
    case .diverging(let part):
      name = part < 0 ? "\(prefix)-low" : "\(prefix)-high"
      share = 0.04 + 0.96 * abs(part)
    case .ink: name = "\(prefix)-ink"
    case .muted: name = "\(prefix)-muted"
    case .paper: name = "\(prefix)-paper"
    }
  }

  /// The share of the colour together with an opacity; empty for all of it.
  func opacity(_ other: Double) -> String {
    let whole = share * other
    return whole >= 0.9995 ? "" : NumberText.significant((whole * 1000).rounded() / 1000, 3)
  }

  /// Which place in the palette, for what tells neighbours apart beside colour.
  static func index(_ colour: Colour) -> Int {
    if case .palette(let index) = colour { index } else { 0 }
  }
}
