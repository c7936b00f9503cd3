/// Elementary functions of Double with the same bits everywhere.
///
/// They use only operations that IEEE 754 defines exactly (+ − × ÷ √ fma, comparisons, integers), never the C library's
/// mathematics, so that schedules, bias corrections and normal deviates do not depend on the machine. The errors are
/// below 1.1 units in the last place; the bits belong to the numerics version. Square roots need nothing of the kind:
/// `Double.squareRoot()` is exact already.
public enum Elementary {
  /// eˣ: +∞ above 709.79, 0 below −745.13, with results below 2⁻¹⁰²² rounded twice.
  public static func exp(_ x: Double) -> Double {
    guard x < 710 else { return x.isNaN ? x : .infinity }
    guard x > -746 else { return 0 }
    // x = n·ln 2 + r; adding 1.5·2⁵² rounds to an integer and leaves it in the low bits of the significand.
    let magic = 0x1.8p52
    let shifted = magic.addingProduct(x, reciprocalOfLogarithmOfTwo)
    let n = shifted - magic
    let high = x.addingProduct(n, -logarithmOfTwoHigh)
    let r = high.addingProduct(n, -logarithmOfTwoLow)
    let square = r * r
    let p = 1 + r.addingProduct(square, exponentialRemainder(r))
    // 2ⁿ as two factors, each a normal number.
    let exponent = Int(n)
    let half = exponent / 2
    return p * power(ofTwo: half) * power(ofTwo: exponent - half)
  }

  /// The natural logarithm: −∞ at ±0, NaN below.
  public static func log(_ x: Double) -> Double {
    guard x > 0 && x < .infinity else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
    let isSubnormal = x < .leastNormalMagnitude
    let scaled = isSubnormal ? x * 0x1p54 : x
    // x = 2ᵉ·(1 + f) with √½ ≤ 1 + f < √2.
    let offset = Int64(bitPattern: scaled.bitPattern &- 0x3fe6_a09e_667f_3bcd)
    let exponent = offset &>> 52
    let significand = scaled.bitPattern &- UInt64(bitPattern: exponent &<< 52)
    let f = Double(bitPattern: significand) - 1
    let e = Double(isSubnormal ? exponent - 54 : exponent)
    let square = f * f
    let tail = (-0.5).addingProduct(f, logarithmRemainder(f))
    let low = (e * logarithmOfTwoLow).addingProduct(square, tail)
    let high = e * logarithmOfTwoHigh
    let sum = high + f
    return sum + (low + (f - (sum - high)))
  }

  /// cos(2πu), exact at multiples of a quarter turn.
  ///
  /// - Parameter turns: u, whole turns; the reduction is exact for every finite value.
  /// - Returns: A number in −1 ... 1, or NaN for an infinite `turns`.
  public static func cosine(ofTurns turns: Double) -> Double {
    circle(turns).cosine
  }

  /// sin(2πu), exact at multiples of a quarter turn.
  ///
  /// - Parameter turns: u, whole turns; the reduction is exact for every finite value.
  /// - Returns: A number in −1 ... 1, or NaN for an infinite `turns`.
  public static func sine(ofTurns turns: Double) -> Double {
    circle(turns).sine
  }

  /// The power of a whole exponent, by squaring from the lowest bit up: a fixed order of roundings.
  ///
  /// A negative exponent gives the reciprocal of the power of its magnitude. The relative error is below
  /// |exponent|·2⁻⁵².
  public static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var factor = base
    var rest = exponent.magnitude
    while rest != 0 {
      if rest & 1 == 1 { result *= factor }
      rest >>= 1
      if rest != 0 { factor *= factor }
    }
    return exponent < 0 ? 1 / result : result
  }

  /// 2ⁿ for −1022 ≤ n ≤ 1023.
  private static func power(ofTwo n: Int) -> Double {
    Double(bitPattern: UInt64(n + 1023) &<< 52)
  }

  /// Cosine and sine of u turns, from polynomials over an eighth turn to either side of a quarter.
  private static func circle(_ turns: Double) -> (cosine: Double, sine: Double) {
    guard turns.isFinite else { return (.nan, .nan) }
    // Conversions to an integer and back are exact here, and cut off towards zero.
    let part = abs(turns) < 0x1p52 ? turns - Double(Int64(turns)) : 0
    let quarter = Int64(part * 4 + 4.5) - 4
    let f = part - Double(quarter) * 0.25
    let y = f * f
    let c = cosineOfTurns(y)
    let s = (f * fullTurnLow.addingProduct(sineRemainderOfTurns(y), y)).addingProduct(f, fullTurn)
    return switch quarter & 3 {
    case 0: (c, s)
    case 1: (0 - s, c)
    case 2: (0 - c, 0 - s)
    default: (s, 0 - c)
    }
  }
}
