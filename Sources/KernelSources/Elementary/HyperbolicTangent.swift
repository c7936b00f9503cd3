internal import KernelInterface

/// tanh(x), with an error of about two units in the last place of a double.
///
/// tanh |x| = −m / (2 + m) with m = exp(−2|x|) − 1, which lies in (−1, 0].
@inline(__always)
func hyperbolicTangentLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // tanh(10) rounds to 1 already.
  let size = atMost(magnitude(x), 10)
  let m = exponentialMinusOne(size * SIMD8(repeating: -2))
  return copySign(magnitude(m / (SIMD8(repeating: 2) + m)), from: x)
}

/// y = tanh(x), correctly rounded.
@inline(never)
func rawHyperbolicTangent(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  unsafe mapLanes(y, x, count, hyperbolicTangentLanes)
}
