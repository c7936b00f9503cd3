/// An object as the page's script reads it: numbers of 8 and 16 bits in base64.
struct ObjectData {
  let chart: ObjectChart

  /// A JSON object: `closed` (whether triangles that turn away are hidden), `half` (half the sides of the box where the
  /// radius is 1), `up`, `azimuth`, `elevation`, `points` (x, y and z of each in 65,535 parts of the box), and where there
  /// are any `triangles` (three places each), `colours` (red, green and blue in 5, 6 and 5 bits) or `classes` (8 bits);
  /// more than a byte with the lowest first.
  var json: String {
    let half = chart.frame.half
    var triangles = JSONText.null
    var colours = JSONText.null
    var classes = JSONText.null
    if !chart.whole.isCloud {
      // The vertices of a mesh on a page are fewer than 65,536.
      triangles = coded(
        chart.whole.triangles.flatMap { triangle in
          (0..<3).map { UInt16(truncatingIfNeeded: triangle[$0]) }
        })
    }
    switch chart.whole.tint {
    case .plain: break
    case .colours(let own):
      colours = coded(
        own.map { colour in
          UInt16(colour.red >> 3) << 11 | UInt16(colour.green >> 2) << 5 | UInt16(colour.blue >> 3)
        })
    case .classes(_, let own): classes = .string(Base64.encode(own))
    }
    return JSONText.object([
      "closed": .boolean(chart.isClosed),
      "half": .array((0..<3).map { .number((half[$0] * 1e6).rounded() / 1e6) }),
      "up": .string(chart.object.up.rawValue), "azimuth": .number(ObjectChart.azimuth),
      "elevation": .number(ObjectChart.elevation), "points": coded(points),
      "triangles": triangles, "colours": colours, "classes": classes,
    ]).text
  }

  private var points: [UInt16] {
    let sides = chart.object.greatest - chart.object.least
    return chart.whole.vertices.flatMap { vertex in
      (0..<3).map { axis in
        let part = sides[axis] > 0 ? (vertex[axis] - chart.object.least[axis]) / sides[axis] : 0
        return UInt16(min(max((part * 65_535).rounded(), 0), 65_535))
      }
    }
  }

  private func coded(_ numbers: [UInt16]) -> JSONText {
    .string(
      Base64.encode(numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }))
  }
}
