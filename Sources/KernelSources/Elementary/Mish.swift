internal import KernelInterface

/// x·tanh(log(1 + eˣ)) = x·n / (n + 2) with n = eˣ·(eˣ + 2).
@inline(__always)
func mishLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let two = SIMD8<Double>(repeating: 2)
  // At −120 the rounded result is −0 already, at 40 the quotient is 1.
  let low = atLeast(x, -120)
  let e = exponential(atMost(low, 40))
  let n = e * (e + two)
  return low * (n / (n + two))
}

/// The derivative n / d + 4x·e·(1 + e) / d² with d = n + 2.
@inline(__always)
func mishSlope(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let one = SIMD8<Double>(repeating: 1)
  let x = atMost(atLeast(x, -120), 40)
  let e = exponential(x)
  let n = e * (e + SIMD8(repeating: 2))
  let reciprocal = one / (n + SIMD8(repeating: 2))
  let second = ((x * SIMD8(repeating: 4)) * (e * (one + e))) * (reciprocal * reciprocal)
  return second.addingProduct(n, reciprocal)
}

/// y = x·tanh(log(1 + exp(x))), evaluated in double and rounded once.
@inline(never)
func rawMish(_ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int) {
  unsafe mapLanes(y, x, count, mishLanes)
}

/// dy times the derivative.
@inline(__always)
func mishGradientLanes(_ dy: SIMD8<Double>, _ x: SIMD8<Double>) -> SIMD8<Double> {
  dy * mishSlope(x)
}

/// dx = dy times the derivative of `mish` at x, evaluated in double and rounded once; `dx` may be `dy` or `x`.
@inline(never)
func rawMishGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ count: Int
) {
  unsafe mapLanes(dx, dy, x, count, mishGradientLanes)
}
