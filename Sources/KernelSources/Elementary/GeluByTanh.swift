internal import KernelInterface

/// exp(−2z) with z = √(2/π)·(x + 0.044715·x³), for |x| ≤ 12.
@inline(__always)
func cubicDecay(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let factor = SIMD8<Double>(repeating: 1).addingProduct(x * x, SIMD8(repeating: 0.044715))
  return exponential((x * factor) * SIMD8(repeating: -2 * rootOfTwoOverPi))
}

/// ½·x·(1 + tanh z) = x / (1 + exp(−2z)).
@inline(__always)
func geluByTanhLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // At −12 the rounded result is −0 already, at 12 it is x.
  let low = atLeast(x, -12)
  return low / (SIMD8(repeating: 1) + cubicDecay(atMost(low, 12)))
}

/// The derivative s + x·s·(1 − s)·2z′ with s = 1 / (1 + e) and 1 − s = e·s, e = exp(−2z).
@inline(__always)
func geluByTanhSlope(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let x = atMost(atLeast(x, -12), 12)
  let one = SIMD8<Double>(repeating: 1)
  let e = cubicDecay(x)
  let s = one / (one + e)
  let twiceSlope = multiplyAdd(
    x * x, SIMD8(repeating: 3 * 0.044715 * 2 * rootOfTwoOverPi), 2 * rootOfTwoOverPi)
  return s * one.addingProduct(x * twiceSlope, e * s)
}

/// y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), evaluated in double and rounded once.
@inline(never)
func rawGeluByTanh(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  unsafe mapLanes(y, x, count, geluByTanhLanes)
}

/// dy times the derivative.
@inline(__always)
func geluByTanhGradientLanes(_ dy: SIMD8<Double>, _ x: SIMD8<Double>) -> SIMD8<Double> {
  dy * geluByTanhSlope(x)
}

/// dx = dy times the derivative of `geluByTanh` at x, evaluated in double and rounded once.
///
/// `dx` may be `dy` or `x`.
@inline(never)
func rawGeluByTanhGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ count: Int
) {
  unsafe mapLanes(dx, dy, x, count, geluByTanhGradientLanes)
}
