internal import KernelInterface

/// x / (1 + exp(−x)).
@inline(__always)
func siluLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // At −120 the rounded result is −0 already, at 120 it is x.
  let low = atLeast(x, -120)
  return low / (SIMD8(repeating: 1) + exponential(-atMost(low, 120)))
}

/// The derivative s·(1 + x·(1 − s)) with s = 1 / (1 + e) and 1 − s = e·s, e = exp(−x).
@inline(__always)
func siluSlope(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let x = atMost(atLeast(x, -120), 120)
  let one = SIMD8<Double>(repeating: 1)
  let e = exponential(-x)
  let s = one / (one + e)
  return s * one.addingProduct(x, e * s)
}

/// y = x·rawSigmoid(x), the SiLU, evaluated in double and rounded once.
@inline(never)
func rawSilu(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  unsafe mapLanes(y, x, count, siluLanes)
}

/// dy times the derivative.
@inline(__always)
func siluGradientLanes(_ dy: SIMD8<Double>, _ x: SIMD8<Double>) -> SIMD8<Double> {
  dy * siluSlope(x)
}

/// dx = dy times the derivative of `silu` at x, evaluated in double and rounded once.
///
/// `dx` may be `dy` or `x`.
@inline(never)
func rawSiluGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ count: Int
) {
  unsafe mapLanes(dx, dy, x, count, siluGradientLanes)
}
