internal import KernelInterface

/// Φ(−u) = exp(−u²/2)·M and its parts, for 0 ≤ u ≤ 16; M is smooth, and the relative error stays below 2⁻⁴⁶ throughout.
@inline(__always)
func normalTailParts(
  _ u: SIMD8<Double>
) -> (density: SIMD8<Double>, ratio: SIMD8<Double>) {
  let density = exponential((u * u) * SIMD8(repeating: -0.5))
  let one = SIMD8<Double>(repeating: 1)
  let t = one / one.addingProduct(u, SIMD8(repeating: 0.5))
  return (density, normalTail(t - SIMD8(repeating: 0.5)))
}

/// x·Φ(x).
@inline(__always)
func geluLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // At −16 the rounded result is −0 already.
  let (density, ratio) = normalTailParts(atMost(magnitude(x), 16))
  let tail = density * ratio
  let upper = SIMD8(repeating: 1) - tail
  return atLeast(x, -16) * select(x, negative: tail, other: upper)
}

/// Φ(x) + x·φ(x).
@inline(__always)
func geluSlope(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let u = atMost(magnitude(x), 16)
  let (density, ratio) = normalTailParts(u)
  // Φ(−u) − u·φ(u), and by symmetry 1 less that on the other side.
  let low = density * ratio.addingProduct(u, SIMD8(repeating: -reciprocalOfRootOfTurn))
  let upper = SIMD8(repeating: 1) - low
  return select(x, negative: low, other: upper)
}

/// y = x·Φ(x), evaluated in double and rounded once.
@inline(never)
func rawGelu(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  unsafe mapLanes(y, x, count, geluLanes)
}

/// dy times the derivative.
@inline(__always)
func geluGradientLanes(_ dy: SIMD8<Double>, _ x: SIMD8<Double>) -> SIMD8<Double> {
  dy * geluSlope(x)
}

/// dx = dy·(Φ(x) + x·φ(x)), evaluated in double and rounded once; `dx` may be `dy` or `x`.
@inline(never)
func rawGeluGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ count: Int
) {
  unsafe mapLanes(dx, dy, x, count, geluGradientLanes)
}
