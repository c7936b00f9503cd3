// Tiles of C, two vectors wide, whose accumulators stay in registers. All tiles do the same arithmetic for an element and differ in the number of
// rows only: the second row of the last pair may be the first one again (strides of 0), so that odd numbers fit. Six rows of two SIMD8 fill the 16 registers of AVX2, twelve of two SIMD16 the 32 of AVX-512.
//
// This file is long because its accumulators must be private to it, and tiles are written out because arrays of
// accumulators leave the registers as soon as the optimizer stops unrolling. The largest tile of each instruction set also fetches what the
// walk names as `ahead`.

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
func loadVector(_ x: UnsafePointer<Float>) -> Vector {
  // SAFETY: the caller owns x[0 ..< vectorWidth]; every bit pattern is a Float.
  unsafe UnsafeRawPointer(x).loadUnaligned(as: Vector.self)
}

/// Writes an accumulator to `y[0...]`.
@inline(always)
func storeVector(_ y: UnsafeMutablePointer<Float>, _ value: Vector) {
  // SAFETY: the caller owns y[0 ..< vectorWidth], and a vector is plain bytes.
  unsafe UnsafeMutableRawPointer(y).storeBytes(of: value, as: Vector.self)
}

/// The accumulators of two rows of a tile, each two vectors wide.
///
/// Tiles are written as a few of these and not as an array: named variables stay in registers whatever the
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
private func load(_ g: inout RowPair, _ c: UnsafePointer<Float>, _ stride: Int) {
  // SAFETY: the caller owns two rows of a tile at c and c + stride.
  unsafe g.x0 = loadVector(c)
  unsafe g.x1 = loadVector(c + vectorWidth)
  unsafe g.y0 = loadVector(c + stride)
  unsafe g.y1 = loadVector(c + (stride &+ vectorWidth))
}

/// One k, with the elements of A in all lanes: fma(a, b, acc).
@inline(always)
private func step(_ g: inout RowPair, _ x: Vector, _ y: Vector, _ b0: Vector, _ b1: Vector) {
  g.x0 = g.x0.addingProduct(x, b0)
  g.x1 = g.x1.addingProduct(x, b1)
  g.y0 = g.y0.addingProduct(y, b0)
  g.y1 = g.y1.addingProduct(y, b1)
}

/// One k for the two elements of A at `a` and `a + stride`.
@inline(always)
private func step(
  _ g: inout RowPair, _ a: UnsafePointer<Float>, _ stride: Int, _ b0: Vector, _ b1: Vector
) {
  // SAFETY: the caller owns a[0] and a[stride].
  unsafe step(&g, Vector(repeating: a[0]), Vector(repeating: a[stride]), b0, b1)
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
private func store(_ g: RowPair, _ c: UnsafeMutablePointer<Float>, _ stride: Int) {
  // SAFETY: the caller owns two rows of a tile at c and c + stride.
  unsafe storeVector(c, g.x0)
  unsafe storeVector(c + vectorWidth, g.x1)
  unsafe storeVector(c + stride, g.y0)
  unsafe storeVector(c + (stride &+ vectorWidth), g.y1)
}

/// Two rows, two vectors wide: C = start + A · B, then relu if wanted.
@inline(never)
func tile2(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = zeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    let bias1 = unsafe loadVector(bias + vectorWidth)
    begin(&g0, bias0, bias1)
  } else if start == startAccumulate {
    unsafe load(&g0, c, cLast)
  }
  var row = unsafe b
  var outer = 0
  while outer < walk.outer {
    var inner = 0
    while inner < walk.inner {
      let from = unsafe a + (outer &* walk.outerStride &+ inner &* walk.innerStride)
      var a0 = unsafe from
      var k = 0
      while k < walk.depth {
        let b0 = unsafe loadVector(row)
        let b1 = unsafe loadVector(row + vectorWidth)
        unsafe step(&g0, a0, aLast, b0, b1)
        unsafe a0 += walk.depthStride
        unsafe row += bStride
        k &+= 1
      }
      inner &+= 1
    }
    outer &+= 1
  }
  if relu {
    rectify(&g0)
  }
  unsafe store(g0, c, cLast)
}

/// Four rows, two vectors wide: C = start + A · B, then relu if wanted.
@inline(never)
func tile4(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = zeros()
  var g1 = zeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    let bias1 = unsafe loadVector(bias + vectorWidth)
    begin(&g0, bias0, bias1)
    begin(&g1, bias0, bias1)
  } else if start == startAccumulate {
    unsafe load(&g0, c, cStride)
    unsafe load(&g1, c + 2 &* cStride, cLast)
  }
  var row = unsafe b
  var outer = 0
  while outer < walk.outer {
    var inner = 0
    while inner < walk.inner {
      let from = unsafe a + (outer &* walk.outerStride &+ inner &* walk.innerStride)
      var a0 = unsafe from
      var a1 = unsafe from + 2 &* aStride
      var k = 0
      while k < walk.depth {
        let b0 = unsafe loadVector(row)
        let b1 = unsafe loadVector(row + vectorWidth)
        unsafe step(&g0, a0, aStride, b0, b1)
        unsafe step(&g1, a1, aLast, b0, b1)
        unsafe a0 += walk.depthStride
        unsafe a1 += walk.depthStride
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
  }
  unsafe store(g0, c, cStride)
  unsafe store(g1, c + 2 &* cStride, cLast)
}

/// Six rows, two vectors wide: C = start + A · B, then relu if wanted.
@inline(never)
func tile6(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = zeros()
  var g1 = zeros()
  var g2 = zeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    let bias1 = unsafe loadVector(bias + vectorWidth)
    begin(&g0, bias0, bias1)
    begin(&g1, bias0, bias1)
    begin(&g2, bias0, bias1)
  } else if start == startAccumulate {
    unsafe load(&g0, c, cStride)
    unsafe load(&g1, c + 2 &* cStride, cStride)
    unsafe load(&g2, c + 4 &* cStride, cLast)
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
      var k = 0
      while k < walk.depth {
        unsafe cprefetch_line(b, ahead)
        ahead &+= walk.aheadStride
        let b0 = unsafe loadVector(row)
        let b1 = unsafe loadVector(row + vectorWidth)
        unsafe step(&g0, a0, aStride, b0, b1)
        unsafe step(&g1, a1, aStride, b0, b1)
        unsafe step(&g2, a2, aLast, b0, b1)
        unsafe a0 += walk.depthStride
        unsafe a1 += walk.depthStride
        unsafe a2 += walk.depthStride
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
  }
  unsafe store(g0, c, cStride)
  unsafe store(g1, c + 2 &* cStride, cStride)
  unsafe store(g2, c + 4 &* cStride, cLast)
}

#if TILE_12X32
  /// Eight rows, two vectors wide: C = start + A · B, then relu if wanted.
  @inline(never)
  func tile8(
    _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
    _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
    _ b: UnsafePointer<Float>, _ bStride: Int,
    _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
  ) {
    var g0 = zeros()
    var g1 = zeros()
    var g2 = zeros()
    var g3 = zeros()
    // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
    if start == startBias {
      let bias0 = unsafe loadVector(bias)
      let bias1 = unsafe loadVector(bias + vectorWidth)
      begin(&g0, bias0, bias1)
      begin(&g1, bias0, bias1)
      begin(&g2, bias0, bias1)
      begin(&g3, bias0, bias1)
    } else if start == startAccumulate {
      unsafe load(&g0, c, cStride)
      unsafe load(&g1, c + 2 &* cStride, cStride)
      unsafe load(&g2, c + 4 &* cStride, cStride)
      unsafe load(&g3, c + 6 &* cStride, cLast)
    }
    var row = unsafe b
    var outer = 0
    while outer < walk.outer {
      var inner = 0
      while inner < walk.inner {
        let from = unsafe a + (outer &* walk.outerStride &+ inner &* walk.innerStride)
        var a0 = unsafe from
        var a1 = unsafe from + 2 &* aStride
        var a2 = unsafe from + 4 &* aStride
        var a3 = unsafe from + 6 &* aStride
        var k = 0
        while k < walk.depth {
          let b0 = unsafe loadVector(row)
          let b1 = unsafe loadVector(row + vectorWidth)
          unsafe step(&g0, a0, aStride, b0, b1)
          unsafe step(&g1, a1, aStride, b0, b1)
          unsafe step(&g2, a2, aStride, b0, b1)
          unsafe step(&g3, a3, aLast, b0, b1)
          unsafe a0 += walk.depthStride
          unsafe a1 += walk.depthStride
          unsafe a2 += walk.depthStride
          unsafe a3 += walk.depthStride
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
    }
    unsafe store(g0, c, cStride)
    unsafe store(g1, c + 2 &* cStride, cStride)
    unsafe store(g2, c + 4 &* cStride, cStride)
    unsafe store(g3, c + 6 &* cStride, cLast)
  }

  /// Ten rows, two vectors wide: C = start + A · B, then relu if wanted.
  @inline(never)
  func tile10(
    _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
    _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
    _ b: UnsafePointer<Float>, _ bStride: Int,
    _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
  ) {
    var g0 = zeros()
    var g1 = zeros()
    var g2 = zeros()
    var g3 = zeros()
    var g4 = zeros()
    // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
    if start == startBias {
      let bias0 = unsafe loadVector(bias)
      let bias1 = unsafe loadVector(bias + vectorWidth)
      begin(&g0, bias0, bias1)
      begin(&g1, bias0, bias1)
      begin(&g2, bias0, bias1)
      begin(&g3, bias0, bias1)
      begin(&g4, bias0, bias1)
    } else if start == startAccumulate {
      unsafe load(&g0, c, cStride)
      unsafe load(&g1, c + 2 &* cStride, cStride)
      unsafe load(&g2, c + 4 &* cStride, cStride)
      unsafe load(&g3, c + 6 &* cStride, cStride)
      unsafe load(&g4, c + 8 &* cStride, cLast)
    }
    var row = unsafe b
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
        var k = 0
        while k < walk.depth {
          let b0 = unsafe loadVector(row)
          let b1 = unsafe loadVector(row + vectorWidth)
          unsafe step(&g0, a0, aStride, b0, b1)
          unsafe step(&g1, a1, aStride, b0, b1)
          unsafe step(&g2, a2, aStride, b0, b1)
          unsafe step(&g3, a3, aStride, b0, b1)
          unsafe step(&g4, a4, aLast, b0, b1)
          unsafe a0 += walk.depthStride
          unsafe a1 += walk.depthStride
          unsafe a2 += walk.depthStride
          unsafe a3 += walk.depthStride
          unsafe a4 += walk.depthStride
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
    }
    unsafe store(g0, c, cStride)
    unsafe store(g1, c + 2 &* cStride, cStride)
    unsafe store(g2, c + 4 &* cStride, cStride)
    unsafe store(g3, c + 6 &* cStride, cStride)
    unsafe store(g4, c + 8 &* cStride, cLast)
  }

  /// Twelve rows, two vectors wide: C = start + A · B, then relu if wanted.
  @inline(never)
  func tile12(
    _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
    _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
    _ b: UnsafePointer<Float>, _ bStride: Int,
    _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
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
      let bias1 = unsafe loadVector(bias + vectorWidth)
      begin(&g0, bias0, bias1)
      begin(&g1, bias0, bias1)
      begin(&g2, bias0, bias1)
      begin(&g3, bias0, bias1)
      begin(&g4, bias0, bias1)
      begin(&g5, bias0, bias1)
    } else if start == startAccumulate {
      unsafe load(&g0, c, cStride)
      unsafe load(&g1, c + 2 &* cStride, cStride)
      unsafe load(&g2, c + 4 &* cStride, cStride)
      unsafe load(&g3, c + 6 &* cStride, cStride)
      unsafe load(&g4, c + 8 &* cStride, cStride)
      unsafe load(&g5, c + 10 &* cStride, cLast)
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
          unsafe cprefetch_line(b, ahead)
          ahead &+= walk.aheadStride
          let b0 = unsafe loadVector(row)
          let b1 = unsafe loadVector(row + vectorWidth)
          unsafe step(&g0, a0, aStride, b0, b1)
          unsafe step(&g1, a1, aStride, b0, b1)
          unsafe step(&g2, a2, aStride, b0, b1)
          unsafe step(&g3, a3, aStride, b0, b1)
          unsafe step(&g4, a4, aStride, b0, b1)
          unsafe step(&g5, a5, aLast, b0, b1)
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
    unsafe store(g0, c, cStride)
    unsafe store(g1, c + 2 &* cStride, cStride)
    unsafe store(g2, c + 4 &* cStride, cStride)
    unsafe store(g3, c + 6 &* cStride, cStride)
    unsafe store(g4, c + 8 &* cStride, cStride)
    unsafe store(g5, c + 10 &* cStride, cLast)
  }
#endif

/// Work for benchmarks: `rounds` times 12 independent fused multiply-adds of one vector each, without memory.
///
/// Writes the floating-point operations that were done to `operations`, so that time tells the peak of one core.
@inline(never)
public func multiplyAddPeak(
  _ rounds: Int, _ seed: Float, _ operations: UnsafeMutablePointer<Double>
) -> Float {
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
    step(&g0, factor, other, factor, factor)
    step(&g1, factor, other, factor, factor)
    step(&g2, factor, other, factor, factor)
  }
  // SAFETY: the caller owns `operations`.
  unsafe operations.pointee = Double(rounds) * Double(2 * 12 * vectorWidth)
  let total = g0.x0 + g0.x1 + g0.y0 + g0.y1 + g1.x0 + g1.x1 + g1.y0 + g1.y1
  return (total + g2.x0 + g2.x1 + g2.y0 + g2.y1)[0]
}
