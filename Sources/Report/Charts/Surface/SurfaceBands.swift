/// A surface cut into bands of about equal levels, with lines where one band meets the next.
///
/// Each band holds what lies within half a level of its number, so a corner stands in the band that its
/// own level rounds to.
struct SurfaceBands {
  /// A point of the surface: a place in 0 … 1 across and up, and its level.
  struct Corner: Hashable {
    var x: Double
    var y: Double
    var level: Double
  }

  /// The parts of triangles by band, from 0 to ``RunSurface/levels``.
  private(set) var parts: [[[Corner]]] = []
  /// Where the level is halfway between two bands.
  private(set) var isolines: [[Corner]] = []

  init(_ triangles: [[Corner]]) {
    for band in 0...RunSurface.levels {
      let (low, high) = (Double(band) - 0.5, Double(band) + 0.5)
      let parts = triangles.map {
        Self.part(of: Self.part(of: $0, from: low, isAbove: true), from: high, isAbove: false)
      }
      isolines += parts.map { $0.filter { $0.level == high } }.filter { $0.count == 2 }
      self.parts.append(parts.filter { !$0.isEmpty })
    }
  }

  /// The part of a polygon where the level is at least, or at most, a bound.
  private static func part(of polygon: [Corner], from bound: Double, isAbove: Bool) -> [Corner] {
    let isInside = { (corner: Corner) in isAbove ? corner.level >= bound : corner.level <= bound }
    var kept: [Corner] = []
    for (p, q) in zip(polygon, polygon.dropFirst() + polygon.prefix(1)) {
      if isInside(p) { kept.append(p) }
      guard isInside(p) != isInside(q) else { continue }
      let part = (bound - p.level) / (q.level - p.level)
      kept.append(
        Corner(x: p.x + part * (q.x - p.x), y: p.y + part * (q.y - p.y), level: bound))
    }
    return kept.count > 2 ? kept : []
  }

  /// Writes the bands in their shades, and the lines between them over all.
  func write(to svg: inout MarkupWriter) {
    svg.element(
      "svg",
      [
        "class": "surface", "width": "100%", "height": "\(RunScatter.height)",
        "viewBox": "0 0 1000 1000", "preserveAspectRatio": "none",
      ]
    ) { field in
      for (band, parts) in parts.enumerated() where !parts.isEmpty {
        let path = parts.map { Self.path($0) + "Z" }.joined()
        field.element("path", ["class": "band t\(band)", "d": path])
      }
      if !isolines.isEmpty {
        field.element("path", ["class": "isoline", "d": isolines.map(Self.path).joined()])
      }
    }
  }

  private static func path(_ corners: [Corner]) -> String {
    let places = corners.map { corner in
      [corner.x, 1 - corner.y].map {
        NumberText.significant(($0 * 100_000).rounded() / 100, 7)
      }.joined(separator: " ")
    }
    return "M" + places.joined(separator: "L")
  }
}
