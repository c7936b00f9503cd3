internal import KernelInterface

// The elementary functions take eight floats at a time, widen them to double, evaluate there with IEEE-exact operations
// only, and round once to float on the way out. Conversions are written as lane loops: the optimizer makes one
// instruction of each, while the conversion initialisers of SIMD would become shared out-of-line functions.

/// Eight floats as doubles.
@inline(__always)
func widened(_ x: SIMD8<Float>) -> SIMD8<Double> {
  var wide = SIMD8<Double>()
  for lane in 0..<8 { wide[lane] = Double(x[lane]) }
  return wide
}

/// Eight doubles rounded to the nearest floats, ties to even.
@inline(__always)
func narrowed(_ x: SIMD8<Double>) -> SIMD8<Float> {
  var narrow = SIMD8<Float>()
  for lane in 0..<8 { narrow[lane] = Float(x[lane]) }
  return narrow
}

/// p·x + c with one rounding.
@inline(__always)
func multiplyAdd(_ p: SIMD8<Double>, _ x: SIMD8<Double>, _ c: Double) -> SIMD8<Double> {
  SIMD8(repeating: c).addingProduct(p, x)
}

/// The bit patterns of eight doubles.
@inline(__always)
func bits(_ x: SIMD8<Double>) -> SIMD8<UInt64> {
  // SAFETY: both are eight lanes of 64 bits, and every pattern is a valid UInt64.
  unsafe unsafeBitCast(x, to: SIMD8<UInt64>.self)
}

/// Eight doubles from their bit patterns.
@inline(__always)
func doubles(_ x: SIMD8<UInt64>) -> SIMD8<Double> {
  // SAFETY: both are eight lanes of 64 bits, and every pattern is a valid Double.
  unsafe unsafeBitCast(x, to: SIMD8<Double>.self)
}

/// |x|.
@inline(__always)
func magnitude(_ x: SIMD8<Double>) -> SIMD8<Double> {
  doubles(bits(x) & SIMD8(repeating: 0x7fff_ffff_ffff_ffff))
}

/// The magnitude of `x`, which must not be negative, with the sign of `sign`.
@inline(__always)
func copySign(_ x: SIMD8<Double>, from sign: SIMD8<Double>) -> SIMD8<Double> {
  doubles(bits(x) | (bits(sign) & SIMD8(repeating: 0x8000_0000_0000_0000)))
}

/// The neighbour of `x` with an odd significand that lies on the side of `error`: x + error, rounded to odd.
///
/// A double so rounded can be rounded once more to float without harm, for it never lies on the border between two
/// floats by accident. The caller's true value is irrational or `x` is a float, so that an exact `x` need not be told
/// apart. `x` must not be −0, nor `error` −0 where `x` is +0.
@inline(__always)
func roundedToOdd(_ x: SIMD8<Double>, _ error: SIMD8<Double>) -> SIMD8<Double> {
  let towardZero = (bits(x) ^ bits(error)) &>> 63
  return doubles((bits(x) &- towardZero) | SIMD8(repeating: 1))
}

/// `x` where it is at most `bound` or NaN, else `bound`.
@inline(__always)
func atMost(_ x: SIMD8<Double>, _ bound: Double) -> SIMD8<Double> {
  let limit = SIMD8<Double>(repeating: bound)
  return x.replacing(with: limit, where: x .> limit)
}

/// `x` where it is at least `bound` or NaN, else `bound`.
@inline(__always)
func atLeast(_ x: SIMD8<Double>, _ bound: Double) -> SIMD8<Double> {
  let limit = SIMD8<Double>(repeating: bound)
  return x.replacing(with: limit, where: x .< limit)
}

/// Up to seven floats from memory; the lanes that are missing hold 1, where no function is slow or invalid.
@inline(__always)
func loadTail(_ x: FloatPointer, _ index: Int, _ count: Int) -> SIMD8<Float> {
  var value = SIMD8<Float>(repeating: 1)
  // SAFETY: index + lane < count, the length that the caller vouches for.
  for lane in 0..<(count - index) { value[lane] = unsafe x[index + lane] }
  return value
}

/// Up to seven floats to memory.
@inline(__always)
func storeTail(_ y: MutableFloatPointer, _ index: Int, _ count: Int, _ value: SIMD8<Float>) {
  // SAFETY: index + lane < count, the length that the caller vouches for.
  for lane in 0..<(count - index) { unsafe y[index + lane] = value[lane] }
}

/// `negative` where x < 0, else `other`.
///
/// The zero has its type spelled out, here as in all comparisons: with a type that is inferred, the compiler takes the
/// generic comparison, which is a loop over the lanes.
@inline(__always)
func select(
  _ x: SIMD8<Double>, negative: SIMD8<Double>, other: SIMD8<Double>
) -> SIMD8<Double> {
  let zero = SIMD8<Double>(repeating: 0)
  return other.replacing(with: negative, where: x .< zero)
}

/// `large` where x > limit, else `other`.
@inline(__always)
func select(
  _ x: SIMD8<Double>, above limit: Double, large: SIMD8<Double>, other: SIMD8<Double>
) -> SIMD8<Double> {
  let limits = SIMD8<Double>(repeating: limit)
  return other.replacing(with: large, where: x .> limits)
}

/// Stores the results of one turn of a loop over `count` elements: at `index`, or as the last eight, or fewer than eight.
@inline(__always)
func storeLanes(
  _ y: MutableFloatPointer, _ index: Int, _ count: Int, _ result: SIMD8<Float>
) {
  // SAFETY: eight are written at index only if index + 8 ≤ count, at count − 8 only if count ≥ 8.
  if index &+ 8 <= count {
    unsafe store8(y, index, result)
  } else if count < 8 {
    unsafe storeTail(y, 0, count, result)
  } else {
    unsafe store8(y, count &- 8, result)
  }
}

/// Applies a function of double lanes to a range of floats, rounding each result once.
///
/// `y` may be `x`. Elements do not depend on their neighbours, so any cut of a range gives the same bits. The function is
/// called in one place only, as it would not be inlined in two.
@inline(__always)
func mapLanes(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int,
  _ function: (SIMD8<Double>) -> SIMD8<Double>
) {
  guard count > 0 else { return }
  // The last eight are read before anything is written, as `y` may be `x`, and written last.
  // SAFETY: count ≥ 8 where eight are read or written at count − 8, and index + 8 ≤ count in the loop.
  let last = unsafe count < 8 ? loadTail(x, 0, count) : load8(x, count &- 8)
  var index = 0
  while index < count {
    let isWhole = index &+ 8 <= count
    let result = unsafe narrowed(function(widened(isWhole ? load8(x, index) : last)))
    unsafe storeLanes(y, index, count, result)
    index &+= 8
  }
}

/// Applies a function of two double lanes to ranges of floats, rounding each result once.
///
/// `y` may be `a` or `b`. The function is called in one place only, as in the function above.
@inline(__always)
func mapLanes(
  _ y: MutableFloatPointer, _ a: FloatPointer, _ b: FloatPointer,
  _ count: Int, _ function: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
) {
  guard count > 0 else { return }
  // SAFETY: as in the function above.
  let lastA = unsafe count < 8 ? loadTail(a, 0, count) : load8(a, count &- 8)
  let lastB = unsafe count < 8 ? loadTail(b, 0, count) : load8(b, count &- 8)
  var index = 0
  while index < count {
    let isWhole = index &+ 8 <= count
    let first = unsafe widened(isWhole ? load8(a, index) : lastA)
    let second = unsafe widened(isWhole ? load8(b, index) : lastB)
    let result = narrowed(function(first, second))
    unsafe storeLanes(y, index, count, result)
    index &+= 8
  }
}
