/// Puts an object into the ball of radius 1 around nothing, in which it is turned and drawn.
struct ObjectFrame {
  /// The middle of the box around the object.
  let centre: SIMD3<Double>
  /// From there to the farthest vertex, in the units of the object; 1 where all is in one place.
  let radius: Double
  /// Half the sides of the box, where the radius is 1.
  let half: SIMD3<Double>

  init(_ object: Object3D) {
    let centre = object.least / 2 + object.greatest / 2
    // Scaled before it is squared: neither the least nor the greatest numbers may vanish.
    let side = max((object.greatest - object.least).max(), .leastNonzeroMagnitude)
    let farthest =
      object.geometry.vertices.map { vertex in
        let part = (vertex - centre) / side
        return OrthographicView.dot(part, part)
      }.max() ?? 0
    let reach = farthest.squareRoot() * side
    self.centre = centre
    radius = reach > 0 ? reach : 1
    half = (object.greatest - object.least) / 2 / radius
  }

  /// A point of the object within the ball.
  func place(_ vertex: SIMD3<Double>) -> SIMD3<Double> { (vertex - centre) / radius }
}
