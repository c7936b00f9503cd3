import COracle
import Thoroughness

/// Arguments at which elementary functions are tested.
enum SamplePoints {
  /// Zeros, infinities, NaN, and the borders of the number format, with both signs.
  static let special: [Float] = {
    let magnitudes: [Float] = [
      0, .leastNonzeroMagnitude, 2 * .leastNonzeroMagnitude, 0x1p-130,
      Float.leastNormalMagnitude.nextDown,
      .leastNormalMagnitude, 0x1.000002p-126, 0x1p-64, 0x1p-25, 0x1p-24, 0x1p-13, 0.5, 1, 2,
      0x1p23, 0x1p24, 0x1p64, .greatestFiniteMagnitude, .infinity,
    ]
    return magnitudes.flatMap { [$0, -$0] } + [.nan, -.nan, Float(nan: 0x1234, signaling: false)]
  }()

  /// Where results begin to overflow, underflow or round to a constant, and cases that are known to be hard.
  static let borders: [Float] = [
    // exp: overflow, the least normal and the least subnormal result, and half of it.
    88.722_839, -87.336_544, -103.278_93, -103.972_08, 90, -105,
    // tanh rounds to 1, sigmoid to 1 and to 0, erf to 1, and where our own clamps lie.
    9.010_913, 10, 17.328_68, -103.972_08, 3.832_507, 3.92, 0.5, 16, -14.2, 12, -10.5, 120, -120,
    40,
    // log near 1 and at the ends of the polynomial's interval.
    1, 0.707_106_77, 1.414_213_5,
    // Sigmoid: ½ + x/4 lies exactly between two floats.
    0x1.8p-22, 0x1.cp-21, -0x1.8p-23, -0x1.fep-17, -0x1.250c02p-10,
    // Logarithm: closer to the middle of two floats than a double can tell.
    0x1.827a74p-7, 0x1.2f1fd6p+3, 0x1.bacb4ap+25, 0x1.b121a6p+76, 0x1.6351d8p+95,
  ]

  /// How many random floats are tried: a million by an optimized build.
  ///
  /// The functions are the same machine code in a debug build, which tries a tenth.
  static let randomCount = Thoroughness.count(1_000_000, sampledBy: 10)

  /// All special points, two hundred floats around each border, and random floats.
  ///
  /// Half of the random floats have random bits, so that all exponents occur alike; the other half lie evenly in
  /// `range`, where the function has its form.
  static func points(in range: ClosedRange<Float>, count: Int = randomCount) -> [Float] {
    var points = special
    for border in borders {
      var up = border
      var down = border
      for _ in 0..<100 {
        points += [up, down, -up, -down]
        up = up.nextUp
        down = down.nextDown
      }
    }
    let known = points.count
    points += [Float](repeating: 0, count: count)
    points.withUnsafeMutableBufferPointer { all in
      guard let base = all.baseAddress else { return }
      oracle_random_floats(base + known, count, range.lowerBound, range.upperBound, 0x0dd_ba11)
    }
    return points
  }
}
