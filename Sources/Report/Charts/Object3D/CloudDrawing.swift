/// Points, the nearer the larger and the darker, in a box of which the sides behind them are drawn.
///
/// The page's script draws the same onto its canvas.
struct CloudDrawing {
  /// Into so many parts the depth of the ball around the object is cut.
  static let levels = 16

  /// Points of one look at about one depth.
  struct Group: Hashable {
    /// From 0, the farthest.
    var level: Int
    /// The class or the colour of the file's, as CSS has it; empty where there is neither.
    var look: String
  }

  let places: [SIMD3<Double>]
  /// The places of points among all, by their look.
  let groups: [(group: Group, members: [Int])]
  private let box: [[SIMD3<Double>]]

  init(_ geometry: Object3D.Geometry, in frame: ObjectFrame, seenBy view: OrthographicView) {
    let places = geometry.vertices.map { view.place(frame.place($0)) }
    var members: [Group: [Int]] = [:]
    for (index, place) in places.enumerated() {
      let look =
        switch geometry.tint {
        case .plain: ""
        case .colours(let colours):
          ObjectChart.colour(colours[index].vector)
        case .classes(_, let classes): "c\(classes[index])"
        }
      members[Group(level: Self.level(place.z), look: look), default: []].append(index)
    }
    self.places = places
    groups = members.sorted { ($0.key.level, $0.key.look) < ($1.key.level, $1.key.look) }
      .map { ($0.key, $0.value) }
    box = Self.sidesBehind(frame.half, seenBy: view)
  }

  /// The part of the depth in which a place lies, from −1 to 1 towards the viewer.
  static func level(_ depth: Double) -> Int {
    min(max(Int((depth + 1) / 2 * Double(levels)), 0), levels - 1)
  }

  /// The edges of the box that do not meet at its nearest corner: what stands behind the points.
  static func sidesBehind(
    _ half: SIMD3<Double>, seenBy view: OrthographicView
  ) -> [[SIMD3<Double>]] {
    let corners = (0..<8).map { number in
      SIMD3(
        number & 1 == 0 ? -half.x : half.x, number & 2 == 0 ? -half.y : half.y,
        number & 4 == 0 ? -half.z : half.z)
    }.map(view.place)
    let nearest = corners.indices.max { (corners[$0].z, $0) < (corners[$1].z, $1) }
    return corners.indices.flatMap { from in
      [1, 2, 4].filter { from & $0 == 0 && from != nearest && from | $0 != nearest }
        .map { [corners[from], corners[from | $0]] }
    }
  }

  /// How wide a point of a level is, in pixels of a picture of 320.
  static func width(_ level: Int, count: Int) -> Double {
    let usual = count <= 500 ? 5.2 : count <= 5000 ? 3.6 : 2.2
    return usual * (0.7 + 0.6 * Double(level) / Double(levels - 1))
  }

  /// How much a point of a level covers what is behind it.
  static func opacity(_ level: Int) -> Double { 0.4 + 0.6 * Double(level) / Double(levels - 1) }

  func write(to svg: inout MarkupWriter) {
    svg.element("path", ["class": "sides", "d": box.map { ObjectChart.line($0) }.joined()])
    svg.element("g", ["class": "spots"]) { points in
      for level in 0..<Self.levels {
        let own = groups.filter { $0.group.level == level }
        if !own.isEmpty { write(own, of: level, to: &points) }
      }
    }
  }

  private func write(
    _ groups: [(group: Group, members: [Int])], of level: Int, to svg: inout MarkupWriter
  ) {
    let width = Self.width(level, count: places.count) * ObjectChart.unitsPerPixel
    svg.element(
      "g",
      [
        "stroke-width": NumberText.fixed(width, decimals: 0),
        "stroke-opacity": NumberText.significant(Self.opacity(level), 2),
      ]
    ) { points in
      for (group, members) in groups {
        let isColour = group.look.hasPrefix("#")
        points.element(
          "path",
          [
            "class": isColour ? "" : group.look, "color": isColour ? group.look : "",
            "d": members.map { ObjectChart.spot(places[$0]) }.joined(),
          ])
      }
    }
  }
}
