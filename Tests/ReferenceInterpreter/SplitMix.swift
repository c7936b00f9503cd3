/// Vigna's SplitMix64: the random numbers of the tests, which owe nothing to those of the product.
public struct SplitMix {
  private var state: UInt64

  /// Starts a stream.
  public init(seed: UInt64) { state = seed }

  /// Sixty-four random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// An integer of a range.
  public mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() >> 1) % range.count
  }

  /// One of some integers.
  public mutating func choice(_ values: [Int]) -> Int { values[integer(0...values.count - 1)] }

  /// True once in `count` times.
  public mutating func once(in count: Int) -> Bool { integer(1...count) == 1 }

  /// Which floats are drawn.
  public enum Values: Sendable, CaseIterable {
    /// Magnitudes from 2⁻⁴ to 4, one in sixteen a zero of either sign.
    case ordinary
    /// Magnitudes over many powers of two, so that the order of a sum shows in its bits.
    case spread
    /// Magnitudes so small that products of two round to zeros of either sign.
    case tiny
    /// Integers from −3 to 3: sums of products are exact.
    case integers
    /// Ordinary ones, and here and there an infinity or NaN.
    case special
  }

  /// A float.
  public mutating func float(_ values: Values) -> Float {
    let bits = next()
    let sign: FloatingPointSign = bits & 1 == 0 ? .plus : .minus
    let significand = 1 + Float((bits >> 8) & 0x7f_ffff) * 0x1p-23
    let small = Int((bits >> 40) & 0xff)
    switch values {
    case .ordinary:
      if small < 16 { return sign == .plus ? 0 : -0.0 }
      return Float(sign: sign, exponent: small % 6 - 4, significand: significand)
    case .spread: return Float(sign: sign, exponent: small % 24 - 12, significand: significand)
    case .tiny: return Float(sign: sign, exponent: small % 8 - 80, significand: significand)
    case .integers: return Float(small % 7 - 3)
    case .special:
      if small == 0 { return sign == .plus ? .infinity : -.infinity }
      if small == 1 { return .nan }
      return Float(sign: sign, exponent: small % 6 - 4, significand: significand)
    }
  }

  /// Floats.
  public mutating func floats(_ count: Int, _ values: Values = .ordinary) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(float(values)) }
    return result
  }
}
