internal import KernelInterface

/// exp(x) for |x| ≤ 150, with an error below 1.1 units in the last place of a double.
///
/// x = n·ln 2 + r with |r| ≤ ½ ln 2; exp(x) = 2ⁿ·(1 + r + r²·q(r)).
@inline(__always)
func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let (n, r) = reduced(x)
  let square = r * r
  let p = SIMD8<Double>(repeating: 1) + r.addingProduct(square, exponentialRemainder(r))
  // Adding n to the exponent field multiplies by 2ⁿ exactly: p is near 1 and |n| ≤ 217. A NaN keeps its payload, since
  // the shifted-out low bits of a NaN that came from a float are zero.
  return doubles(bits(p) &+ (n &<< 52))
}

/// exp(x) − 1 for |x| ≤ 150, accurate also where the result is tiny.
@inline(__always)
func exponentialMinusOne(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let (n, r) = reduced(x)
  let square = r * r
  let p = r.addingProduct(square, exponentialRemainder(r))
  let one = SIMD8<Double>(repeating: 1)
  let power = doubles(bits(one) &+ (n &<< 52))
  // 2ⁿ·(1 + p) − 1: the first difference is exact for |n| ≤ 53, and zero for n = 0.
  return (power - one).addingProduct(power, p)
}

/// The integer n nearest to x / ln 2, in the low bits of each lane, and r = x − n·ln 2.
@inline(__always)
func reduced(_ x: SIMD8<Double>) -> (n: SIMD8<UInt64>, r: SIMD8<Double>) {
  // Adding 1.5·2⁵² rounds to an integer and leaves it in the low bits of the significand.
  let magic = SIMD8<Double>(repeating: 0x1.8p52)
  let shifted = magic.addingProduct(x, SIMD8(repeating: reciprocalOfLogarithmOfTwo))
  let n = shifted - magic
  let high = x.addingProduct(n, SIMD8(repeating: -logarithmOfTwoHigh))
  let r = high.addingProduct(n, SIMD8(repeating: -logarithmOfTwoLow))
  return (bits(shifted), r)
}

/// exp of eight floats, ready to be rounded once.
@inline(__always)
func exponentialLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // Beyond these bounds the rounded result is 0 or +∞ already.
  exponential(atMost(atLeast(x, -105), 90))
}

/// y = exp(x), correctly rounded.
@inline(never)
func rawExponential(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  unsafe mapLanes(y, x, count, exponentialLanes)
}
