internal import KernelInterface

// The tiles of each size that `Columns.swift` chooses from, each a function of its own, so that each has all registers.

/// Two rows, two vectors wide.
@inline(never)
func tile2(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(1, true, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Four rows, two vectors wide.
@inline(never)
func tile4(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(2, true, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Six rows, two vectors wide.
@inline(never)
func tile6(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(3, true, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

#if TILE_12X32
  /// Eight rows, two vectors wide.
  @inline(never)
  func tile8(
    _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
    _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
    _ b: FloatPointer, _ bStride: Int,
    _ start: Int, _ bias: FloatPointer, _ relu: Bool
  ) {
    // SAFETY: as in `tile`.
    unsafe tile(4, true, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
  }

  /// Ten rows, two vectors wide.
  @inline(never)
  func tile10(
    _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
    _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
    _ b: FloatPointer, _ bStride: Int,
    _ start: Int, _ bias: FloatPointer, _ relu: Bool
  ) {
    // SAFETY: as in `tile`.
    unsafe tile(5, true, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
  }

  /// Twelve rows, two vectors wide.
  @inline(never)
  func tile12(
    _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
    _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
    _ b: FloatPointer, _ bStride: Int,
    _ start: Int, _ bias: FloatPointer, _ relu: Bool
  ) {
    // SAFETY: as in `tile`.
    unsafe tile(6, true, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
  }
#endif

/// Two rows, one vector wide.
@inline(never)
func narrowTile2(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(1, false, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Four rows, one vector wide.
@inline(never)
func narrowTile4(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(2, false, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Six rows, one vector wide.
@inline(never)
func narrowTile6(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(3, false, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Eight rows, one vector wide.
@inline(never)
func narrowTile8(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(4, false, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Ten rows, one vector wide.
@inline(never)
func narrowTile10(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(5, false, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}

/// Twelve rows, one vector wide.
@inline(never)
func narrowTile12(
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  // SAFETY: as in `tile`.
  unsafe tile(6, false, c, cStride, cLast, a, aStride, aLast, walk, b, bStride, start, bias, relu)
}
