extension MarkBuilder {
  /// The shapes of each row: areas, lines and points.
  mutating func shapes() {
    guard let projector, let name = unit.shapes, let column = table[name] else { return }
    for (row, cell) in column.enumerated() {
      guard case .geometry(let geometry) = cell else { continue }
      let outlines = projector.outlines(geometry)
      let isFilled = unit.mark.isFilled ?? true
      if !outlines.areas.isEmpty {
        add(
          mark(isFilled ? .area(outlines.areas) : .line(outlines.areas), row, isFilled: isFilled))
      }
      if !outlines.lines.isEmpty { add(mark(.line(outlines.lines), row, isFilled: false)) }
      for point in outlines.points {
        add(mark(.symbol(point, shape: 0, size: 28), row, isFilled: isFilled))
      }
    }
  }

  /// Where a row lies on the map, or where it ends; `nil` for one that has no place there.
  func position(_ row: Int, isEnd: Bool = false) -> Mark.Point? {
    guard let projector, case .data(let east, _) = read(isEnd ? .longitude2 : .longitude, row),
      case .data(let north, _) = read(isEnd ? .latitude2 : .latitude, row),
      east.measure.isFinite, north.measure.isFinite
    else { return nil }
    return projector.place(Position(east.measure, north.measure))
  }
}
