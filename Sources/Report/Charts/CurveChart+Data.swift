internal import ContentAddressing

extension CurveChart {
  /// The lines for the page's script as base64 of 32-bit floats: every point up to a number that no
  /// screen can show, since smoothing must come before any thinning out.
  var data: CanonicalValue {
    .object([
      "name": .string(HTMLText.visible(title)),
      "axis": .string(HTMLText.visible(curve.axis)),
      "percent": .boolean(isPercent),
      "series": .array(
        curve.series.enumerated().map { index, series in
          let kept = LineData(x: series.positions, y: series.values)
            .reduced(to: LineData.dataLimit)
          return .object([
            "name": .string(HTMLText.visible(series.name)),
            "style": .integer(styles[index]),
            "x": Self.positions(kept.x),
            "y": .string(Self.floats(kept.y)),
          ])
        }),
    ])
  }

  /// Evenly spaced positions as `[first, step]`, others as base64 of 32-bit floats.
  private static func positions(_ positions: [Double]) -> CanonicalValue {
    guard positions.count > 1 else { return .array([.double(positions.first ?? 0), .double(1)]) }
    let step = positions[1] - positions[0]
    for (index, position) in positions.enumerated()
    where position != positions[0] + Double(index) * step {
      return .string(floats(positions))
    }
    return .array([.double(positions[0]), .double(step)])
  }

  private static func floats(_ values: [Double]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 4)
    for value in values {
      let bits = Float(value).bitPattern
      for shift in stride(from: 0 as UInt32, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return Base64.encode(bytes)
  }

  /// One row a position, one column a series.
  var table: TableView {
    var values: [[Double: Double]] = []
    var positions: [Double] = []
    var seen: Set<Double> = []
    for series in curve.series {
      var column: [Double: Double] = [:]
      for (position, value) in zip(series.positions, series.values) {
        column[position] = value
        if seen.insert(position).inserted { positions.append(position) }
      }
      values.append(column)
    }
    positions.sort()
    // More columns would double the size of a page of many runs.
    let limit = max(1200 / max(curve.series.count, 4), 12)
    let chosen =
      positions.count > limit
      ? (0..<limit).map { $0 * (positions.count - 1) / (limit - 1) } : Array(positions.indices)
    return TableView(
      name: "Data: \(title)",
      remark: chosen.count < positions.count
        ? "\(NumberText.count(chosen.count)) of \(NumberText.count(positions.count)) rows, "
          + "evenly spaced." : nil,
      columns: [.init(name: curve.axis, isNumber: true)]
        + curve.series.map { .init(name: $0.name, isNumber: true) },
      rows: chosen.map { row in
        let position = positions[row]
        return [
          TableView.Cell(text: NumberText.significant(position, 8), look: "num", isHead: true)
        ]
          + values.map { column in
            .number(column[position].map { NumberText.significant($0, 6) } ?? "")
          }
      })
  }
}
