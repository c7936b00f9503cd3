extension MarkBuilder {
  private func scale(_ axis: Channel) -> SceneScale? { axis == .x ? scales.x : scales.y }

  /// A constant in pixels, from the left or from above, as a part.
  private func part(ofPixels value: Datum, _ axis: Channel) -> Double {
    let whole = axis == .x ? size.width : size.height
    let part =
      switch value.text {
      case "width", "height": 1.0
      default: value.number / whole
      }
    return axis == .x ? part : 1 - part
  }

  /// Where a channel puts a row; `nil` where it says nothing, NaN for a value without a place.
  func place(_ channel: Channel, _ row: Int) -> Double? {
    if unit[.longitude] != nil, channel == .x || channel == .y {
      return position(row).map { channel == .x ? $0.x : $0.y } ?? .nan
    }
    if unit[.longitude2] != nil, channel == .x2 || channel == .y2 {
      return position(row, isEnd: true).map { channel == .x2 ? $0.x : $0.y } ?? .nan
    }
    let axis: Channel = channel == .x || channel == .x2 ? .x : .y
    switch read(channel, row) {
    case .constant(let value): return part(ofPixels: value, axis)
    case .data(let value, let field):
      guard let scale = scale(axis) else { return nil }
      if let stack = prepared.stack, stack.channel == channel {
        return scale.part(prepared.column(stack.to)[row])
      }
      if let end = field.endColumn, channel == axis {
        // The middle of a part.
        return (scale.part(value) + scale.part(prepared.column(end)[row])) / 2
      }
      if case .bands(let bands) = scale, let inner = inner(axis, row) {
        let (low, high) = bands.band(value, padding: 0) ?? (.nan, .nan)
        let part = bands.isFalling ? 1 - inner : inner
        return low + (high - low) * part
      }
      return scale.part(value)
    case nil: return nil
    }
  }

  /// Where a row stands within its band, 0 … 1.
  private func inner(_ axis: Channel, _ row: Int) -> Double? {
    let channel: Channel = axis == .x ? .xOffset : .yOffset
    guard case .data(let value, _) = read(channel, row), let scale = scales.offsets[channel] else {
      return nil
    }
    return scale.part(value)
  }

  /// The middle of the panel where nothing is said.
  func point(_ row: Int) -> Mark.Point? {
    let (x, y) = (place(.x, row) ?? 0.5, place(.y, row) ?? 0.5)
    return x.isFinite && y.isFinite ? .init(x, y) : nil
  }

  /// The stretch that a row fills on an axis by its band, its part of a range or its two ends.
  func stretch(_ axis: Channel, _ row: Int, padding: Double) -> (Double, Double)? {
    guard let scale = scale(axis) else { return nil }
    if let other = axis.end, unit[other] != nil, let from = place(axis, row),
      let to = place(other, row)
    {
      return (from, to)
    }
    guard case .data(let value, let field) = read(axis, row) else { return nil }
    if let stack = prepared.stack, stack.channel == axis {
      return (
        scale.part(prepared.column(stack.from)[row]), scale.part(prepared.column(stack.to)[row])
      )
    }
    if let end = field.endColumn {
      return (scale.part(value), scale.part(prepared.column(end)[row]))
    }
    if let timeUnit = field.timeUnit, case .continuous = scale {
      return (scale.part(value), scale.part(.number(timeUnit.end(of: value.measure))))
    }
    guard case .bands(let bands) = scale else { return nil }
    let channel: Channel = axis == .x ? .xOffset : .yOffset
    guard case .data(let inner, _) = read(channel, row),
      case .bands(let parts)? = scales.offsets[channel],
      let whole = bands.band(value, padding: 0),
      let part = parts.band(inner, padding: 0)
    else { return bands.band(value, padding: padding) }
    let extent = whole.1 - whole.0
    // On an axis that is read from the top the first stands above the others.
    if bands.isFalling {
      return (whole.0 + extent * (1 - part.1), whole.0 + extent * (1 - part.0))
    }
    return (whole.0 + extent * part.0, whole.0 + extent * part.1)
  }

  /// Where bars and areas begin on an axis.
  func baseline(_ axis: Channel) -> Double {
    if case .continuous(let scale)? = scale(axis) { return scale.baseline }
    return 0
  }
}
