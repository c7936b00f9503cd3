extension MarkBuilder {
  /// Lines and areas: one for each group, along the axis of what it is seen over.
  mutating func connected() {
    let isArea = unit.mark.kind == .area
    let along: Channel = prepared.isHorizontal ? .y : .x
    for rows in (try? table.groups(prepared.groups, unit.place)) ?? [] {
      let sorted = self.sorted(rows, along)
      guard let first = sorted.first else { continue }
      var pieces: [[Mark.Point]] = []
      var lower: [[Mark.Point]] = []
      var isOpen = false
      for row in sorted {
        guard let ends = ends(row, isArea) else {
          isOpen = false
          continue
        }
        if !isOpen {
          pieces.append([])
          lower.append([])
          isOpen = true
        }
        pieces[pieces.count - 1].append(ends.upper)
        lower[lower.count - 1].append(ends.lower)
      }
      let step = unit.mark.interpolation ?? ""
      pieces = pieces.map { Self.stepped($0, step) }
      if isArea {
        let outlines = zip(pieces, lower).map { $0 + Self.stepped($1, step).reversed() }
        var area = mark(.area(outlines), first, isFilled: true)
        area.opacity *= 0.7
        add(area)
        if unit.mark.hasLine {
          add(mark(.line(pieces), first, isFilled: false))
        }
      } else {
        add(mark(.line(pieces), first, isFilled: false))
      }
      if unit.mark.hasPoints {
        for row in sorted {
          guard let point = ends(row, isArea)?.upper else { continue }
          add(mark(.symbol(point, shape: shape(row), size: 30), row, isFilled: true))
        }
      }
    }
  }

  /// Where a line passes in a row, and where the area under it begins.
  private func ends(_ row: Int, _ isArea: Bool) -> (upper: Mark.Point, lower: Mark.Point)? {
    guard let point = point(row) else { return nil }
    guard isArea else { return (point, point) }
    let across: Channel = prepared.isHorizontal ? .x : .y
    var base = baseline(across)
    if let stretch = stretch(across, row, padding: 0) {
      base = prepared.stack == nil ? stretch.1 : stretch.0
    }
    guard base.isFinite else { return nil }
    let lower = prepared.isHorizontal ? Mark.Point(base, point.y) : Mark.Point(point.x, base)
    return (point, lower)
  }

  private func sorted(_ rows: [Int], _ along: Channel) -> [Int] {
    if !unit.order.isEmpty {
      let order = SortOrder(unit.order.map { ($0.field.column, $0.isDescending) })
      return ((try? order.sorted(rows, of: table, unit.place)) ?? []).map(\.row)
    }
    // A line on a map goes from row to row.
    if unit[.longitude] != nil { return rows }
    // A line whose own field says sort: null follows its rows.
    if unit[along]?.field?.order == DomainOrder.none, unit[along]?.field?.type == .quantitative {
      return rows
    }
    let places = rows.map { (row: $0, place: place(along, $0) ?? 0.5) }
    let known = places.filter { !$0.place.isNaN }
    return known.enumerated().sorted {
      ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
    }.map(\.element.row)
  }

  private static func stepped(_ points: [Mark.Point], _ interpolation: String) -> [Mark.Point] {
    guard interpolation.hasPrefix("step"), let first = points.first else { return points }
    var result = [first]
    for (from, to) in zip(points, points.dropFirst()) {
      switch interpolation {
      case "step-before": result.append(.init(from.x, to.y))
      case "step-after": result.append(.init(to.x, from.y))
      default:
        let middle = (from.x + to.x) / 2
        result += [.init(middle, from.y), .init(middle, to.y)]
      }
      result.append(to)
    }
    return result
  }
}
