/// Triangles from the farthest to the nearest, each flat in one shade: the painter's algorithm.
///
/// The page's script draws the same onto its canvas.
struct MeshDrawing {
  /// A triangle as it is seen.
  struct Face {
    /// The corners in the picture, counterclockwise where up is up.
    var corners: [SIMD3<Double>]
    /// Whether they went around that way in the object.
    var isFront: Bool
    /// How near its middle is.
    var depth: Double
    /// How much light falls on it, from 0 to ``MeshDrawing/brightest``.
    var shade: Int
    /// The mean of the file's colours at its corners.
    var colour: SIMD3<Double>?
  }

  static let brightest = 12
  /// Where the light is, as the viewer sees it: to the left, above, and before the object, at the distance 1.
  static let light = SIMD3(-0.36, 0.48, 0.8)

  /// The faces, the farthest first; of equally near ones the first of the object.
  let faces: [Face]

  /// Sees a mesh.
  ///
  /// - Parameters:
  ///   - geometry: What is seen; where it is closed, counterclockwise from outside.
  ///   - isClosed: Whether what turns away is hidden by what does not.
  ///   - frame: Where it is put.
  ///   - view: From where.
  init(
    _ geometry: Object3D.Geometry, isClosed: Bool, in frame: ObjectFrame,
    seenBy view: OrthographicView
  ) {
    let places = geometry.vertices.map { view.place(frame.place($0)) }
    var colours: [Object3D.Colour]?
    if case .colours(let own) = geometry.tint { colours = own }
    let faces = geometry.triangles.compactMap { triangle -> Face? in
      let numbers = [Int(triangle.x), Int(triangle.y), Int(triangle.z)]
      let mean = colours.map { colours in
        (colours[numbers[0]].vector + colours[numbers[1]].vector + colours[numbers[2]].vector) / 3
      }
      let face = Self.face(numbers.map { places[$0] }, colour: mean)
      return face.flatMap { isClosed && !$0.isFront ? nil : $0 }
    }
    let order = faces.indices.sorted { (faces[$0].depth, $0) < (faces[$1].depth, $1) }
    self.faces = order.map { faces[$0] }
  }

  /// A face with its light on whichever side is seen; none where it is seen from its edge.
  private static func face(_ corners: [SIMD3<Double>], colour: SIMD3<Double>?) -> Face? {
    let (a, b, c) = (corners[0], corners[1], corners[2])
    var normal = OrthographicView.cross(b - a, c - a)
    guard normal.z != 0 else { return nil }
    let isFront = normal.z > 0
    if !isFront { normal = -normal }
    let length = OrthographicView.dot(normal, normal).squareRoot()
    let share = max(0, OrthographicView.dot(normal, light)) / length
    guard share.isFinite else { return nil }
    return Face(
      corners: isFront ? [a, b, c] : [a, c, b], isFront: isFront, depth: a.z + b.z + c.z,
      shade: Int((share * Double(brightest)).rounded()), colour: colour)
  }

  /// Writes one path for each stretch of faces of one shade.
  ///
  /// Corners go around all faces the same way, so that none is a hole in another of its path.
  func write(to svg: inout MarkupWriter) {
    svg.element("g", ["class": "faces"]) { group in
      var path = ""
      var look: (shade: String, colour: String)?
      func close(_ group: inout MarkupWriter) {
        guard let look, !path.isEmpty else { return }
        group.element("path", ["class": look.shade, "color": look.colour, "d": path])
        path = ""
      }
      for face in faces {
        let own =
          face.colour.map { ("", Self.colour($0, shade: face.shade)) } ?? ("k\(face.shade)", "")
        if look.map({ $0 != own }) ?? true {
          close(&group)
          look = own
        }
        path += ObjectChart.path(face.corners)
      }
      close(&group)
    }
  }

  /// A colour of the file's under so much light, with four bits for red, green and blue each.
  static func colour(_ colour: SIMD3<Double>, shade: Int) -> String {
    ObjectChart.colour(colour * (0.45 + 0.55 * Double(shade) / Double(brightest)))
  }
}
