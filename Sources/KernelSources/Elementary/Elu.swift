internal import KernelInterface

/// x > 0 ? x : alpha·(exp(x) − 1).
@inline(__always)
func eluLanes(_ x: SIMD8<Double>, _ alpha: Double) -> SIMD8<Double> {
  // At −60 the difference is −1 already, also in double.
  let m = exponentialMinusOne(atMost(atLeast(x, -60), 0))
  // The sign of zero is kept: −0 gives −0 for a positive alpha.
  let scaled = copySign(magnitude(m), from: x) * SIMD8(repeating: alpha)
  return select(x, above: 0, large: x, other: scaled)
}

/// The derivative x > 0 ? 1 : alpha·exp(x).
@inline(__always)
func eluSlope(_ x: SIMD8<Double>, _ alpha: Double) -> SIMD8<Double> {
  let e = exponential(atMost(atLeast(x, -120), 0)) * SIMD8(repeating: alpha)
  return select(x, above: 0, large: SIMD8(repeating: 1), other: e)
}

/// y = scale·(x > 0 ? x : alpha·(exp(x) − 1)): the ELU (scale 1) and the SELU, in double and rounded once.
@inline(never)
func rawElu(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int,
  _ alpha: Double, _ scale: Double
) {
  // A loop of its own, since a closure with captured values would not be inlined into `mapLanes`.
  guard count > 0 else { return }
  // SAFETY: as in `mapLanes`.
  let last = unsafe count < 8 ? loadTail(x, 0, count) : load8(x, count &- 8)
  var index = 0
  while index < count {
    let isWhole = index &+ 8 <= count
    let argument = unsafe widened(isWhole ? load8(x, index) : last)
    let result = narrowed(eluLanes(argument, alpha) * SIMD8(repeating: scale))
    unsafe storeLanes(y, index, count, result)
    index &+= 8
  }
}

/// dx = dy·(scale·(x > 0 ? 1 : alpha·exp(x))), in double and rounded once; `dx` may be `dy` or `x`.
@inline(never)
func rawEluGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ count: Int, _ alpha: Double, _ scale: Double
) {
  guard count > 0 else { return }
  // SAFETY: as in `mapLanes`.
  let lastSlope = unsafe count < 8 ? loadTail(dy, 0, count) : load8(dy, count &- 8)
  let last = unsafe count < 8 ? loadTail(x, 0, count) : load8(x, count &- 8)
  var index = 0
  while index < count {
    let isWhole = index &+ 8 <= count
    let gradient = unsafe widened(isWhole ? load8(dy, index) : lastSlope)
    let argument = unsafe widened(isWhole ? load8(x, index) : last)
    let slope = eluSlope(argument, alpha) * SIMD8(repeating: scale)
    unsafe storeLanes(dx, index, count, narrowed(gradient * slope))
    index &+= 8
  }
}
