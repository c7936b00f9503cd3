extension MarkBuilder {
  mutating func bars() {
    let along: Channel = prepared.isHorizontal ? .y : .x
    let across: Channel = prepared.isHorizontal ? .x : .y
    for row in 0..<table.rowCount {
      // Without a measure a bar goes from end to end.
      let (from, to) =
        stretch(across, row, padding: 0) ?? place(across, row).map { (baseline(across), $0) }
        ?? (0, 1)
      guard from.isFinite, to.isFinite else { continue }
      if let (low, high) = stretch(along, row, padding: 0.1) {
        guard low.isFinite, high.isFinite else { continue }
        // Neighbours of a histogram are told apart by a sliver.
        let isPart = unit[along]?.field?.endColumn != nil
        let sliver = isPart ? min(0.0015, abs(high - low) * 0.1) * (low < high ? 1 : -1) : 0
        rectangle(row, (low + sliver, high - sliver), (from, to))
      } else {
        let middle = place(along, row) ?? 0.5
        guard middle.isFinite else { continue }
        let ends = (corner(middle, from), corner(middle, to))
        var bar = mark(.rule(from: ends.0, to: ends.1), row, isFilled: true)
        bar.width = unit.mark.size ?? 5
        add(bar)
      }
    }
  }

  /// A point by its place along the bars' axis and across it.
  private func corner(_ along: Double, _ across: Double) -> Mark.Point {
    prepared.isHorizontal ? .init(across, along) : .init(along, across)
  }

  private mutating func rectangle(
    _ row: Int, _ along: (Double, Double), _ across: (Double, Double)
  ) {
    add(
      mark(
        .rectangle(from: corner(along.0, across.0), to: corner(along.1, across.1)), row,
        isFilled: true))
  }

  mutating func rectangles() {
    for row in 0..<table.rowCount {
      let x = sides(.x, row)
      let y = sides(.y, row)
      guard x.0.isFinite, x.1.isFinite, y.0.isFinite, y.1.isFinite else { continue }
      add(
        mark(
          .rectangle(from: .init(x.0, y.0), to: .init(x.1, y.1)), row, isFilled: true))
    }
  }

  private func sides(_ axis: Channel, _ row: Int) -> (Double, Double) {
    if let stretch = stretch(axis, row, padding: 0) { return stretch }
    guard let middle = place(axis, row) else { return (0, 1) }
    return (middle - 0.008, middle + 0.008)
  }

  mutating func symbols() {
    for row in 0..<table.rowCount {
      guard let point = point(row) else { continue }
      let isFilled = unit.mark.kind != .point
      add(
        mark(
          .symbol(point, shape: shape(row), size: area(row)), row, isFilled: isFilled))
    }
  }

  mutating func ticks() {
    // A stroke stands across the axis that is measured.
    for row in 0..<table.rowCount {
      guard let point = point(row) else { continue }
      if let (low, high) = stretch(prepared.isHorizontal ? .y : .x, row, padding: 0.25) {
        let ends =
          prepared.isHorizontal
          ? (Mark.Point(point.x, low), Mark.Point(point.x, high))
          : (Mark.Point(low, point.y), Mark.Point(high, point.y))
        add(mark(.rule(from: ends.0, to: ends.1), row, isFilled: false))
      } else {
        let isVertical = prepared.isHorizontal || unit[.y] == nil
        add(
          mark(
            .tick(point, isVertical: isVertical, length: 14), row, isFilled: false))
      }
    }
  }

  mutating func rules() {
    for row in 0..<table.rowCount {
      let (x, y) = (place(.x, row), place(.y, row))
      let (x2, y2) = (place(.x2, row), place(.y2, row))
      var (from, to) = (Mark.Point(x ?? 0, y ?? 0), Mark.Point(x ?? 1, y ?? 1))
      if let x2 { to.x = x2 }
      if let y2 { to.y = y2 }
      if x != nil, y != nil, x2 == nil, y2 == nil {
        // Between two axes a rule goes back to the start of the one that is measured.
        if prepared.isHorizontal { from.x = baseline(.x) } else { from.y = baseline(.y) }
      }
      guard from.x.isFinite, from.y.isFinite, to.x.isFinite, to.y.isFinite else { continue }
      add(mark(.rule(from: from, to: to), row, isFilled: false))
    }
  }

  mutating func texts() {
    let anchors = ["left": -1, "center": 0, "right": 1]
    let baselines = ["top": -1, "middle": 0, "bottom": 1, "alphabetic": 1]
    for row in 0..<table.rowCount {
      let text: String
      switch read(.text, row) {
      case .data(let value, let field):
        guard !value.isMissing else { continue }
        text = Words.text(value, of: field)
      case .constant(let value): text = value == .null ? "" : value.text
      case nil: text = unit.mark.text.map(\.text) ?? ""
      }
      guard !text.isEmpty, let point = point(row) else { continue }
      add(
        mark(
          .text(
            point, text, anchor: anchors[unit.mark.align ?? "center"] ?? 0,
            baseline: baselines[unit.mark.baseline ?? "middle"] ?? 0,
            shift: .init(unit.mark.shift.x, unit.mark.shift.y), size: unit.mark.fontSize), row,
          isFilled: true))
    }
  }

  mutating func arcs() {
    let outer = unit.mark.outerRadius ?? 0
    let inner = unit.mark.innerRadius ?? 0
    // Radii are in pixels of a circle that fills the smaller side.
    let radius = max(outer, min(size.width, size.height) / 2)
    for row in 0..<table.rowCount {
      var (from, to) = (0.0, 1.0)
      if let stack = prepared.stack, stack.channel == .theta,
        case .continuous(let scale)? = scales.theta
      {
        let whole = scale.upper
        guard whole > 0 else { continue }
        from = prepared.column(stack.from)[row].measure / whole
        to = prepared.column(stack.to)[row].measure / whole
      }
      guard from.isFinite, to.isFinite, to > from else { continue }
      add(
        mark(
          .arc(
            from: from, to: to, inner: min(max(inner / radius, 0), 0.95),
            outer: outer > 0 ? min(outer / radius, 1) : 1), row, isFilled: true))
    }
  }
}
