extension Elementary {
  /// The angle whose tangent is `y / x`, in the quadrant of the point (x, y).
  ///
  /// The smaller slope of the two is taken from the nearest eighth, tan(a − b) = (t − c) / (1 + t·c), and the Taylor
  /// series gives the angle of what is left. The error is below 3 units in the last place of the result.
  ///
  /// - Returns: Radians in −π ... π; 0 at the origin, NaN for NaN.
  public static func angle(y: Double, x: Double) -> Double {
    guard !y.isNaN, !x.isNaN else { return .nan }
    guard x != 0 || y != 0 else { return 0 }
    let (tall, wide) = (abs(y), abs(x))
    // The smaller angle of the two, whose tangent is at most 1.
    let isSteep = tall > wide
    let slope = tall == wide ? 1 : isSteep ? wide / tall : tall / wide
    let small = arcTangent(slope)
    let first = isSteep ? .pi / 2 - small : small
    let half = x < 0 ? .pi - first : first
    return y < 0 ? 0 - half : half
  }

  /// The angle whose sine is given, in radians from −π/2 to π/2; NaN outside of −1 to 1.
  public static func angle(ofSine sine: Double) -> Double {
    guard abs(sine) <= 1 else { return .nan }
    return angle(y: sine, x: ((1 - sine) * (1 + sine)).squareRoot())
  }

  /// The angles whose tangents are the eighths from 0 to 1.
  private static let anglesOfEighths: [Double] = [
    0x0p+0, 0x1.fd5ba9aac2f6ep-4, 0x1.f5b75f92c80ddp-3, 0x1.6f61941e4def1p-2, 0x1.dac670561bb4fp-2,
    0x1.1e00babdefeb4p-1, 0x1.4978fa3269ee1p-1, 0x1.700a7c5784634p-1, 0x1.921fb54442d18p-1,
  ]

  /// The angle whose tangent is `slope`, for slopes from 0 to 1.
  private static func arcTangent(_ slope: Double) -> Double {
    let eighth = Int((slope * 8).rounded())
    let nearest = Double(eighth) / 8
    let t = (slope - nearest) / (1 + slope * nearest)
    // At most a sixteenth: the term of t¹⁵ is less than 2⁻⁵⁹ of the first.
    let square = t * t
    var sum = 0.0
    for denominator in stride(from: 13, through: 3, by: -2) {
      sum = ((denominator % 4 == 1 ? 1.0 : -1.0) / Double(denominator) + sum) * square
    }
    return anglesOfEighths[eighth] + (t + t * sum)
  }
}
