internal import KernelInterface

/// log(1 + f) for √½ − 1 ≤ f ≤ √2 − 1.
@inline(__always)
func logarithmOfOnePlus(_ f: SIMD8<Double>) -> SIMD8<Double> {
  let square = f * f
  let tail = SIMD8<Double>(repeating: -0.5).addingProduct(f, logarithmRemainder(f))
  return f.addingProduct(square, tail)
}

/// log(x) for positive, finite, normal doubles as an unevaluated sum; anything else gives something unspecified.
///
/// x = 2ᵉ·(1 + f) with √½ ≤ 1 + f < √2.
@inline(__always)
func logarithmParts(_ x: SIMD8<Double>) -> (high: SIMD8<Double>, low: SIMD8<Double>) {
  let one = SIMD8<UInt64>(repeating: 0x3ff0_0000_0000_0000)
  let rootOfHalf = SIMD8<UInt64>(repeating: 0x3fe6_a09e_667f_3bcd)
  // The exponent field of the difference to √½ is e, modulo 2¹².
  let offset = bits(x) &- rootOfHalf
  let field = offset & SIMD8(repeating: 0xfff0_0000_0000_0000)
  let f = doubles(bits(x) &- field) - doubles(one)
  // e as a double: e + 2¹¹ in the low bits of 2⁵², then both taken away.
  let biased = (offset &+ SIMD8(repeating: 0x8000_0000_0000_0000)) &>> 52
  let e =
    doubles(biased | SIMD8(repeating: 0x4330_0000_0000_0000)) - SIMD8(repeating: 0x1p52 + 2048)
  let square = f * f
  let tail = SIMD8<Double>(repeating: -0.5).addingProduct(f, logarithmRemainder(f))
  // e·ln 2 + f + f²·tail, the small parts first; |high| is 0 or above |f|, so that high + f leaves an exact error.
  let low = (e * SIMD8(repeating: logarithmOfTwoLow)).addingProduct(square, tail)
  let high = e * SIMD8(repeating: logarithmOfTwoHigh)
  let sum = high + f
  return (sum, low + (f - (sum - high)))
}

/// log(x) for positive, finite, normal doubles, with an error below one unit in the last place.
@inline(__always)
func plainLogarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let (high, low) = logarithmParts(x)
  return high + low
}

/// log(x) for positive, finite, normal doubles, rounded to odd.
@inline(__always)
func oddLogarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let (high, low) = logarithmParts(x)
  // |high| is above |low|, so that the sum leaves an exact error.
  let sum = high + low
  return roundedToOdd(sum, low - (sum - high))
}

/// log of eight floats, ready to be rounded once.
@inline(__always)
func logarithmLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // In this order, so that ±0 gives −∞, a negative number NaN, and +∞ and NaN themselves.
  let zero = SIMD8<Double>(repeating: 0)
  let infinity = SIMD8<Double>(repeating: .infinity)
  var y = oddLogarithm(x)
  y = y.replacing(with: x, where: .!(x .< infinity))
  y = y.replacing(with: SIMD8(repeating: .nan), where: x .< zero)
  return y.replacing(with: -infinity, where: x .== zero)
}

/// y = log(x), correctly rounded: −∞ for ±0, NaN below.
@inline(never)
func rawLogarithm(_ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int) {
  unsafe mapLanes(y, x, count, logarithmLanes)
}
