internal import KernelInterface

/// log(1 + exp(x)) = max(x, 0) + log(1 + e) with e = exp(−|x|) ≤ 1.
@inline(__always)
func softplusLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let zero = SIMD8<Double>(repeating: 0)
  // At −120 the rounded result is +0 already, at 120 it is x.
  let e = exponential(-atMost(magnitude(x), 120))
  // 1 + e is 1 + f, or 2·(1 + f) where that keeps f in the polynomial's interval.
  let half = (e - SIMD8(repeating: 1)) * SIMD8(repeating: 0.5)
  let bound = 0x1.a827999fcef32p-2
  let f = select(e, above: bound, large: half, other: e)
  let base = select(
    e, above: bound, large: SIMD8(repeating: logarithmOfTwoHigh + logarithmOfTwoLow), other: zero)
  let positive = atLeast(x, 0)
  return positive + (base + logarithmOfOnePlus(f))
}

/// y = log(1 + exp(x)), evaluated in double and rounded once.
@inline(never)
func rawSoftplus(_ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int) {
  unsafe mapLanes(y, x, count, softplusLanes)
}

/// dy times the derivative, the sigmoid.
@inline(__always)
func softplusGradientLanes(_ dy: SIMD8<Double>, _ x: SIMD8<Double>) -> SIMD8<Double> {
  dy / (SIMD8(repeating: 1) + exponential(-atMost(atLeast(x, -120), 120)))
}

/// dx = dy / (1 + exp(−x)), evaluated in double and rounded once; `dx` may be `dy` or `x`.
@inline(never)
func rawSoftplusGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ count: Int
) {
  unsafe mapLanes(dx, dy, x, count, softplusGradientLanes)
}
