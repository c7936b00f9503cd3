/// Points of a square in three classes, by their distance from its centre.
struct Rings {
  /// x and y of each point, from −1 to 1.
  var points: [Float] = []
  var labels: [UInt32] = []

  static let classes = 3

  /// Draws points; another seed draws others.
  init(count: Int, seed: UInt64) {
    var state = seed
    func uniform() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 23) - 1
    }
    for _ in 0..<count {
      let (x, y) = (uniform(), uniform())
      points += [x, y]
      let square = x * x + y * y
      labels.append(square < 0.2 ? 0 : square < 0.7 ? 1 : 2)
    }
  }
}
