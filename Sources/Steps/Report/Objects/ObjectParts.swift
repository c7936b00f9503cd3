internal import Pipeline
internal import Report

/// What a reader gathers of an object, every number looked at.
struct ObjectParts {
  /// The output that it was read from, for messages.
  let source: String
  private(set) var vertices: [SIMD3<Double>] = []
  /// Three places among the vertices each, which are looked at when the object is made.
  private(set) var triangles: [SIMD3<UInt32>] = []
  var tint: Object3D.Tint = .plain

  init(source: String) { self.source = source }

  /// Takes a vertex.
  ///
  /// - Parameters:
  ///   - x: Across, in the units of the file, as are the others.
  ///   - y: The second coordinate.
  ///   - z: The third coordinate.
  ///   - place: Where it stands, for messages: `line 7`.
  /// - Throws: ``StepFailure`` for a number that is not finite, or too large to be drawn.
  mutating func addVertex(
    _ x: Double, _ y: Double, _ z: Double, at place: @autoclosure () -> String
  ) throws(StepFailure) {
    for value in [x, y, z] where !(abs(value) <= Object3D.farthest) {
      throw failure(
        "holds the coordinate \(value) in \(place()); a plot needs finite numbers of at most "
          + "\(Object3D.farthest)")
    }
    vertices.append(SIMD3(x, y, z))
  }

  /// Takes a polygon as triangles that fan out from its first corner: right for convex ones.
  mutating func addPolygon(_ corners: [UInt32]) {
    guard corners.count > 2 else { return }
    for place in 2..<corners.count {
      triangles.append(SIMD3(corners[0], corners[place - 1], corners[place]))
    }
  }

  /// A failure that names the file.
  func failure(_ words: String) -> StepFailure {
    StepFailure(.malformedData, "\(source) \(words)")
  }
}
