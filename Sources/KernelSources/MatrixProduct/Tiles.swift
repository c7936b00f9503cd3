internal import KernelInterface

// Tiles of C whose accumulators stay in registers: up to six pairs of rows, one or two vectors wide. All tiles do the same arithmetic for an
// element and differ in rows and columns only; the second row of the last pair may be the first one again (strides of 0), so that odd
// numbers fit. Six rows of two SIMD8 fill the 16 registers of AVX2, twelve of two SIMD16 the 32 of AVX-512.

internal import CPrefetch

#if TILE_12X32
  /// The lanes of one accumulator: a row of a tile is two of them.
  typealias Vector = SIMD16<Float>
#else
  /// The lanes of one accumulator: a row of a tile is two of them.
  typealias Vector = SIMD8<Float>
#endif

/// Columns of one accumulator.
@inline(always) var vectorWidth: Int { Vector.scalarCount }

/// The accumulator that begins at `x[0]`.
@inline(always)
func loadVector(_ x: FloatPointer) -> Vector {
  // SAFETY: the caller owns x[0 ..< vectorWidth]; every bit pattern is a Float.
  unsafe readable(x, 0, vectorWidth).loadUnaligned(as: Vector.self)
}

/// Writes an accumulator to `y[0...]`.
@inline(always)
func storeVector(_ y: MutableFloatPointer, _ value: Vector) {
  // SAFETY: the caller owns y[0 ..< vectorWidth], and a vector is plain bytes.
  unsafe writable(y, 0, vectorWidth).storeBytes(of: value, as: Vector.self)
}

/// The accumulators of two rows of a tile, each two vectors wide.
///
/// A tile holds a few of these and not an array: named variables stay in registers whatever the
/// optimizer thinks about unrolling, and two rows at p and p + s need one address register.
///
/// A tuple, since a debug build emits shared copy functions for any structure this wide, and the linker may give those of
/// one instruction set to another (a test reads the objects with `nm`).
private typealias RowPair = (x0: Vector, x1: Vector, y0: Vector, y1: Vector)

/// Accumulators at +0.
@inline(always)
private func zeros() -> RowPair { (.zero, .zero, .zero, .zero) }

/// Begins both rows with the bias.
@inline(always)
private func begin(_ g: inout RowPair, _ bias0: Vector, _ bias1: Vector) {
  g = (bias0, bias1, bias0, bias1)
}

/// Begins with what C holds.
@inline(always)
private func load(
  _ g: inout RowPair, _ isWide: Bool, _ c: FloatPointer, _ stride: Int
) {
  // SAFETY: the caller owns two rows of a tile at c and c + stride.
  unsafe g.x0 = loadVector(c)
  unsafe g.y0 = loadVector(c + stride)
  if isWide {
    unsafe g.x1 = loadVector(c + vectorWidth)
    unsafe g.y1 = loadVector(c + (stride &+ vectorWidth))
  }
}

/// One k, with the elements of A in all lanes: fma(a, b, acc).
@inline(always)
private func step(
  _ g: inout RowPair, _ isWide: Bool, _ x: Vector, _ y: Vector, _ b0: Vector, _ b1: Vector
) {
  g.x0 = g.x0.addingProduct(x, b0)
  if isWide { g.x1 = g.x1.addingProduct(x, b1) }
  g.y0 = g.y0.addingProduct(y, b0)
  if isWide { g.y1 = g.y1.addingProduct(y, b1) }
}

/// One k for the two elements of A at `a` and `a + stride`.
@inline(always)
private func step(
  _ g: inout RowPair, _ isWide: Bool, _ a: FloatPointer, _ stride: Int, _ b0: Vector,
  _ b1: Vector
) {
  // SAFETY: the caller owns a[0] and a[stride].
  unsafe step(&g, isWide, Vector(repeating: a[0]), Vector(repeating: a[stride]), b0, b1)
}

/// x < 0 ? +0 : x in every lane.
@inline(always)
private func rectify(_ g: inout RowPair) {
  g.x0 = g.x0.replacing(with: 0, where: g.x0 .< 0)
  g.x1 = g.x1.replacing(with: 0, where: g.x1 .< 0)
  g.y0 = g.y0.replacing(with: 0, where: g.y0 .< 0)
  g.y1 = g.y1.replacing(with: 0, where: g.y1 .< 0)
}

/// Writes both rows.
@inline(always)
private func store(
  _ g: RowPair, _ isWide: Bool, _ c: MutableFloatPointer, _ stride: Int
) {
  // SAFETY: the caller owns two rows of a tile at c and c + stride.
  unsafe storeVector(c, g.x0)
  if isWide { unsafe storeVector(c + vectorWidth, g.x1) }
  unsafe storeVector(c + stride, g.y0)
  if isWide { unsafe storeVector(c + (stride &+ vectorWidth), g.y1) }
}

/// Asks the processor to bring the line `ahead` floats behind `b` into the second-level cache; it reads nothing.
@inline(always)
private func prefetch(_ b: FloatPointer, _ ahead: Int) {
  // SAFETY: a hint, whatever the address.
  #if CHECKED_BOUNDS
    unsafe cprefetch_line(b.address, ahead)
  #else
    unsafe cprefetch_line(b, ahead)
  #endif
}

/// `pairs` pairs of rows, two vectors wide or one: C = start + A · B, then relu if wanted.
///
/// `pairs` (1 to 6) and `isWide` are constants of each tile, so that after inlining nothing is left of the pairs and halves that it does not
/// have. The largest wide tile of each instruction set, three pairs or six, fetches what the walk names as `ahead`.
@inline(always)
func tile(
  _ pairs: Int, _ isWide: Bool,
  _ c: MutableFloatPointer, _ cStride: Int, _ cLast: Int,
  _ a: FloatPointer, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  var g0 = zeros()
  var g1 = zeros()
  var g2 = zeros()
  var g3 = zeros()
  var g4 = zeros()
  var g5 = zeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    let bias1 = unsafe isWide ? loadVector(bias + vectorWidth) : .zero
    begin(&g0, bias0, bias1)
    if pairs > 1 { begin(&g1, bias0, bias1) }
    if pairs > 2 { begin(&g2, bias0, bias1) }
    if pairs > 3 { begin(&g3, bias0, bias1) }
    if pairs > 4 { begin(&g4, bias0, bias1) }
    if pairs > 5 { begin(&g5, bias0, bias1) }
  } else if start == startAccumulate {
    unsafe load(&g0, isWide, c, pairs == 1 ? cLast : cStride)
    if pairs > 1 { unsafe load(&g1, isWide, c + 2 &* cStride, pairs == 2 ? cLast : cStride) }
    if pairs > 2 { unsafe load(&g2, isWide, c + 4 &* cStride, pairs == 3 ? cLast : cStride) }
    if pairs > 3 { unsafe load(&g3, isWide, c + 6 &* cStride, pairs == 4 ? cLast : cStride) }
    if pairs > 4 { unsafe load(&g4, isWide, c + 8 &* cStride, pairs == 5 ? cLast : cStride) }
    if pairs > 5 { unsafe load(&g5, isWide, c + 10 &* cStride, cLast) }
  }
  var row = unsafe b
  var ahead = walk.ahead
  var outer = 0
  while outer < walk.outer {
    var inner = 0
    while inner < walk.inner {
      let from = unsafe a + (outer &* walk.outerStride &+ inner &* walk.innerStride)
      var a0 = unsafe from
      var a1 = unsafe from + 2 &* aStride
      var a2 = unsafe from + 4 &* aStride
      var a3 = unsafe from + 6 &* aStride
      var a4 = unsafe from + 8 &* aStride
      var a5 = unsafe from + 10 &* aStride
      var k = 0
      while k < walk.depth {
        if isWide && (pairs == 3 || pairs == 6) {
          unsafe prefetch(b, ahead)
          ahead &+= walk.aheadStride
        }
        let b0 = unsafe loadVector(row)
        let b1 = unsafe isWide ? loadVector(row + vectorWidth) : .zero
        unsafe step(&g0, isWide, a0, pairs == 1 ? aLast : aStride, b0, b1)
        if pairs > 1 { unsafe step(&g1, isWide, a1, pairs == 2 ? aLast : aStride, b0, b1) }
        if pairs > 2 { unsafe step(&g2, isWide, a2, pairs == 3 ? aLast : aStride, b0, b1) }
        if pairs > 3 { unsafe step(&g3, isWide, a3, pairs == 4 ? aLast : aStride, b0, b1) }
        if pairs > 4 { unsafe step(&g4, isWide, a4, pairs == 5 ? aLast : aStride, b0, b1) }
        if pairs > 5 { unsafe step(&g5, isWide, a5, aLast, b0, b1) }
        unsafe a0 += walk.depthStride
        unsafe a1 += walk.depthStride
        unsafe a2 += walk.depthStride
        unsafe a3 += walk.depthStride
        unsafe a4 += walk.depthStride
        unsafe a5 += walk.depthStride
        unsafe row += bStride
        k &+= 1
      }
      inner &+= 1
    }
    outer &+= 1
  }
  if relu {
    rectify(&g0)
    rectify(&g1)
    rectify(&g2)
    rectify(&g3)
    rectify(&g4)
    rectify(&g5)
  }
  unsafe store(g0, isWide, c, pairs == 1 ? cLast : cStride)
  if pairs > 1 { unsafe store(g1, isWide, c + 2 &* cStride, pairs == 2 ? cLast : cStride) }
  if pairs > 2 { unsafe store(g2, isWide, c + 4 &* cStride, pairs == 3 ? cLast : cStride) }
  if pairs > 3 { unsafe store(g3, isWide, c + 6 &* cStride, pairs == 4 ? cLast : cStride) }
  if pairs > 4 { unsafe store(g4, isWide, c + 8 &* cStride, pairs == 5 ? cLast : cStride) }
  if pairs > 5 { unsafe store(g5, isWide, c + 10 &* cStride, cLast) }
}

/// Work for benchmarks: `rounds` times 12 independent fused multiply-adds of one vector each, without memory.
///
/// Returns the floating-point operations that were done, so that time tells the peak of one core.
@inline(never)
func rawMultiplyAddPeak(_ rounds: Int, _ seed: Float) -> (operations: Double, result: Float) {
  var g0 = zeros()
  var g1 = zeros()
  var g2 = zeros()
  let factor = Vector(repeating: seed)
  // Different beginnings, so that no chain can stand for another one.
  let one = Vector(repeating: 1)
  begin(&g0, one, one + one)
  begin(&g1, factor, factor + one)
  begin(&g2, factor * factor, one / factor)
  let other = factor * factor
  for _ in 0..<rounds {
    step(&g0, true, factor, other, factor, factor)
    step(&g1, true, factor, other, factor, factor)
    step(&g2, true, factor, other, factor, factor)
  }
  let total = g0.x0 + g0.x1 + g0.y0 + g0.y1 + g1.x0 + g1.x1 + g1.y0 + g1.y1
  let result = (total + g2.x0 + g2.x1 + g2.y0 + g2.y1)[0]
  return (Double(rounds) * Double(2 * 12 * vectorWidth), result)
}
