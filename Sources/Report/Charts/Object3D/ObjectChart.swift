/// An object in space from one side: what a page shows without a script, and on paper.
struct ObjectChart {
  /// From where it is seen, in degrees.
  static let azimuth = 30.0
  static let elevation = 20.0
  static let height = 340
  /// Units of the picture to a pixel where it is 320 pixels high and wide: whole numbers are tenths.
  static let unitsPerPixel = 10.0
  /// The radius of the ball around the object, in pixels of those 320.
  static let radius = 150.0
  /// The most points or triangles of the picture; the script has more of them.
  static let mostParts = 3000
  /// The longest edge that is painted as one, where the ball's radius is 1.
  static let longestEdge = 0.25

  let id: String
  let title: String
  let object: Object3D
  let frame: ObjectFrame
  /// What the script shows, ready to be painted, and whether its triangles go around outwards.
  let whole: Object3D.Geometry
  let isClosed: Bool
  /// What the picture shows.
  let geometry: Object3D.Geometry
  private let isStillClosed: Bool

  init(id: String, title: String, object: Object3D) {
    self.id = id
    self.title = title
    self.object = object
    frame = ObjectFrame(object)
    let oriented = object.geometry.orientedOutwards
    isClosed = oriented != nil
    whole = (oriented ?? object.geometry).cut(
      beyond: frame.radius * Self.longestEdge, upTo: Self.mostParts)
    let reduced = whole.reduced(points: Self.mostParts, triangles: Self.mostParts)
    let again = reduced == whole ? (isClosed ? whole : nil) : reduced.orientedOutwards
    isStillClosed = again != nil
    geometry = again ?? reduced
  }

  private var view: OrthographicView {
    OrthographicView(azimuth: Self.azimuth, elevation: Self.elevation, up: object.up)
  }

  func svg() -> Markup {
    let view = view
    var writer = MarkupWriter()
    writer.plot(
      "plot object", id: id, height: Self.height, title: title, description: description
    ) { group in
      let side = 160 * Self.unitsPerPixel
      let corner = NumberText.significant(-side)
      let whole = NumberText.significant(2 * side)
      group.element(
        "svg",
        [
          "width": "100%", "height": "\(Self.height)",
          "viewBox": "\(corner) \(corner) \(whole) \(whole)",
        ]
      ) { field in
        if geometry.isCloud {
          CloudDrawing(geometry, in: frame, seenBy: view).write(to: &field)
        } else {
          MeshDrawing(geometry, isClosed: isStillClosed, in: frame, seenBy: view)
            .write(to: &field)
        }
      }
      writeCross(view, to: &group)
    }
    return writer.markup
  }

  /// Where the axes point, in the corner.
  private func writeCross(_ view: OrthographicView, to svg: inout MarkupWriter) {
    svg.element("svg", ["class": "cross", "x": "34", "y": "\(Self.height - 34)"]) { cross in
      for (axis, name) in ["x", "y", "z"].enumerated() {
        var direction = SIMD3<Double>.zero
        direction[axis] = 1
        let place = view.place(direction)
        let text = { (length: Double, sign: Double) in
          NumberText.significant((length * sign * 10).rounded() / 10)
        }
        cross.element(
          "line", ["x1": "0", "y1": "0", "x2": text(place.x, 22), "y2": text(place.y, -22)])
        cross.element(
          "text", ["x": text(place.x, 30), "y": text(place.y, -30), "dy": "0.32em"], text: name)
      }
    }
  }

  // MARK: Words

  /// What it consists of, and how large it is.
  var size: String {
    let sides = object.greatest - object.least
    let box = (0..<3).map { NumberText.significant(sides[$0], 3) }.joined(separator: " × ")
    let parts =
      object.geometry.isCloud
      ? Text.counted(object.vertexCount, "point")
      : "\(Text.counted(object.vertexCount, "vertex", plural: "vertices")), "
        + Text.counted(object.triangleCount, "triangle")
    return "\(parts), in a box of \(box)."
  }

  private var description: String {
    let words = HTMLText.visible(object.alternative)
    return (words.isEmpty ? "" : words + ". ")
      + (object.geometry.isCloud ? "A cloud of points: " : "A mesh: ") + size
      + " Seen from \(NumberText.significant(Self.azimuth))° to the right and "
      + "\(NumberText.significant(Self.elevation))° above, \(object.up.rawValue) up."
  }

  /// What the page leaves out of the file.
  var remark: String? {
    let drawn = object.geometry
    if drawn.isCloud {
      guard drawn.vertices.count < object.vertexCount else { return nil }
      return "\(NumberText.count(drawn.vertices.count)) of "
        + "\(Text.counted(object.vertexCount, "point")) are drawn, at equal distances in the file."
    }
    guard drawn.triangles.count < object.triangleCount else { return nil }
    return "Drawn with \(Text.counted(drawn.triangles.count, "triangle")): "
      + "what lies close together is taken as one."
  }

  /// What the picture without a script leaves out of that.
  var stillRemark: String? {
    let (all, own) = (whole, geometry)
    guard own.vertices.count < all.vertices.count else { return nil }
    return "This picture has "
      + (own.isCloud
        ? "\(NumberText.count(own.vertices.count)) of the points"
        : Text.counted(own.triangles.count, "triangle"))
      + "; with JavaScript it has \(own.isCloud ? NumberText.count(all.vertices.count) : NumberText.count(all.triangles.count))."
  }

  // MARK: Marks

  /// A place in whole units of the picture, down from its middle.
  private static func units(_ place: SIMD3<Double>) -> (x: Int, y: Int) {
    let scale = radius * unitsPerPixel
    return (Int((place.x * scale).rounded()), Int((-place.y * scale).rounded()))
  }

  /// A closed outline, each corner as the way from the one before.
  static func path(_ corners: [SIMD3<Double>]) -> String { line(corners) + "z" }

  static func line(_ corners: [SIMD3<Double>]) -> String {
    var text = ""
    var before = (x: 0, y: 0)
    for (place, corner) in corners.enumerated() {
      let units = units(corner)
      let (x, y) = (units.x - before.x, units.y - before.y)
      text += place == 0 ? "M" : place == 1 ? "l" : x < 0 ? "" : " "
      text += y < 0 ? "\(x)\(y)" : "\(x) \(y)"
      before = units
    }
    return text
  }

  /// A line of no length, whose round ends are a point.
  static func spot(_ place: SIMD3<Double>) -> String { line([place]) + "h0" }

  /// A colour of 0 to 255 as `#f80`: with four bits each, so that many parts share one.
  static func colour(_ colour: SIMD3<Double>) -> String {
    "#"
      + (0..<3).map { channel in
        String(Int((min(max(colour[channel], 0), 255) / 17).rounded()), radix: 16)
      }.joined()
  }
}
