/// x > 0 ? x : alpha·(exp(x) − 1).
@inline(__always)
func eluLanes(_ x: SIMD8<Double>, _ alpha: Double) -> SIMD8<Double> {
  let zero = SIMD8<Double>(repeating: 0)
  // At −60 the difference is −1 already, also in double.
  let m = exponentialMinusOne(atMost(atLeast(x, -60), 0))
  // The sign of zero is kept: −0 gives −0 for a positive alpha.
  return (copySign(magnitude(m), from: x) * SIMD8(repeating: alpha)).replacing(
    with: x, where: x .> zero)
}

/// The derivative x > 0 ? 1 : alpha·exp(x).
@inline(__always)
func eluSlope(_ x: SIMD8<Double>, _ alpha: Double) -> SIMD8<Double> {
  let e = exponential(atMost(atLeast(x, -120), 0)) * SIMD8(repeating: alpha)
  return e.replacing(with: SIMD8(repeating: 1), where: x .> SIMD8(repeating: 0))
}

/// y = scale·(x > 0 ? x : alpha·(exp(x) − 1)): the ELU (scale 1) and the SELU, in double and rounded once.
@inline(never)
public func elu(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int,
  _ alpha: Double, _ scale: Double
) {
  unsafe mapLanes(y, x, count) { eluLanes($0, alpha) * SIMD8(repeating: scale) }
}

/// dx = dy·(scale·(x > 0 ? 1 : alpha·exp(x))), in double and rounded once; `dx` may be `dy` or `x`.
@inline(never)
public func eluGradient(
  _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
  _ count: Int, _ alpha: Double, _ scale: Double
) {
  unsafe mapLanes(dx, dy, x, count) {
    $0 * (eluSlope($1, alpha) * SIMD8(repeating: scale))
  }
}
