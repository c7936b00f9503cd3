internal import KernelInterface

/// The sixteen floats that begin at `x[index]`; no alignment is needed.
@inline(always)
func load16(_ x: FloatPointer, _ index: Int) -> SIMD16<Float> {
  // SAFETY: the caller owns x[index ..< index + 16]; every bit pattern is a Float.
  unsafe readable(x, index, 16).loadUnaligned(as: SIMD16<Float>.self)
}

/// Writes sixteen floats to `y[index...]`; no alignment is needed.
@inline(always)
func store16(_ y: MutableFloatPointer, _ index: Int, _ value: SIMD16<Float>) {
  // SAFETY: the caller owns y[index ..< index + 16], and a SIMD16<Float> is 64 plain bytes.
  unsafe writable(y, index, 16).storeBytes(of: value, as: SIMD16<Float>.self)
}

/// The eight floats that begin at `x[index]`; no alignment is needed.
@inline(always)
func load8(_ x: FloatPointer, _ index: Int) -> SIMD8<Float> {
  // SAFETY: the caller owns x[index ..< index + 8]; every bit pattern is a Float.
  unsafe readable(x, index, 8).loadUnaligned(as: SIMD8<Float>.self)
}

/// Writes eight floats to `y[index...]`; no alignment is needed.
@inline(always)
func store8(_ y: MutableFloatPointer, _ index: Int, _ value: SIMD8<Float>) {
  // SAFETY: the caller owns y[index ..< index + 8], and a SIMD8<Float> is 32 plain bytes.
  unsafe writable(y, index, 8).storeBytes(of: value, as: SIMD8<Float>.self)
}

/// The `count` < 16 floats from `x[index]`, the missing lanes filled with `filler`.
@inline(always)
func loadTail16(
  _ x: FloatPointer, _ index: Int, _ count: Int, _ filler: Float
) -> SIMD16<Float> {
  var value = SIMD16<Float>(repeating: filler)
  for lane in 0..<count {
    // SAFETY: the caller owns x[index ..< index + count].
    unsafe value[lane] = x[index + lane]
  }
  return value
}

/// Writes the first `count` < 16 lanes of `value` to `y[index...]`.
@inline(always)
func storeTail16(
  _ y: MutableFloatPointer, _ index: Int, _ count: Int, _ value: SIMD16<Float>
) {
  for lane in 0..<count {
    // SAFETY: the caller owns y[index ..< index + count].
    unsafe y[index + lane] = value[lane]
  }
}
