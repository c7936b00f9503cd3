internal import ElementaryFunctions

/// How an object is seen without perspective: turned about the axis that points up, then from above.
struct OrthographicView {
  /// The directions of the picture in the space of the object, each of length 1 and at right angles to the others.
  let across: SIMD3<Double>
  let upwards: SIMD3<Double>
  let towardsViewer: SIMD3<Double>

  /// Creates a view.
  ///
  /// - Parameters:
  ///   - azimuth: Degrees by which the viewer goes around to the right; at 0 he sees x to the right.
  ///   - elevation: Degrees by which he stands above.
  ///   - up: The axis that points up.
  init(azimuth: Double, elevation: Double, up: Object3D.Axis) {
    let sine = Elementary.sine(ofTurns: azimuth / 360)
    let cosine = Elementary.cosine(ofTurns: azimuth / 360)
    let rise = Elementary.sine(ofTurns: elevation / 360)
    let level = Elementary.cosine(ofTurns: elevation / 360)
    // With y up, the object's z takes the place of −y.
    let turned = { (row: SIMD3<Double>) in up == .z ? row : SIMD3(row.x, row.z, -row.y) }
    across = turned(SIMD3(cosine, sine, 0))
    upwards = turned(SIMD3(-sine * rise, cosine * rise, level))
    towardsViewer = turned(SIMD3(sine * level, -cosine * level, rise))
  }

  /// Where a point is seen: to the right, up, and towards the viewer.
  func place(_ point: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      Self.dot(across, point), Self.dot(upwards, point), Self.dot(towardsViewer, point))
  }

  /// The inner product, from left to right.
  static func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
    a.x * b.x + a.y * b.y + a.z * b.z
  }

  /// At right angles to both.
  static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
