// Tiles of C, one vector wide, for the last columns of a product: half the work of a wide tile. See `Tiles.swift`.
//
// Long for the reason given there: the tiles are written out, since arrays of accumulators leave the registers.

/// The accumulators of two rows of a narrow tile.
private typealias NarrowPair = (x: Vector, y: Vector)

/// Accumulators at +0.
@inline(always)
private func narrowZeros() -> NarrowPair { (.zero, .zero) }

/// Begins both rows with the bias.
@inline(always)
private func begin(_ g: inout NarrowPair, _ bias: Vector) {
  g = (bias, bias)
}

/// Begins with what C holds.
@inline(always)
private func load(_ g: inout NarrowPair, _ c: UnsafePointer<Float>, _ stride: Int) {
  // SAFETY: the caller owns two rows of a tile at c and c + stride.
  unsafe g.x = loadVector(c)
  unsafe g.y = loadVector(c + stride)
}

/// One k for the two elements of A at `a` and `a + stride`.
@inline(always)
private func step(_ g: inout NarrowPair, _ a: UnsafePointer<Float>, _ stride: Int, _ b: Vector) {
  // SAFETY: the caller owns a[0] and a[stride].
  g.x = unsafe g.x.addingProduct(Vector(repeating: a[0]), b)
  g.y = unsafe g.y.addingProduct(Vector(repeating: a[stride]), b)
}

/// x < 0 ? +0 : x in every lane.
@inline(always)
private func rectify(_ g: inout NarrowPair) {
  g.x = g.x.replacing(with: 0, where: g.x .< 0)
  g.y = g.y.replacing(with: 0, where: g.y .< 0)
}

/// Writes both rows.
@inline(always)
private func store(_ g: NarrowPair, _ c: UnsafeMutablePointer<Float>, _ stride: Int) {
  // SAFETY: the caller owns two rows of a tile at c and c + stride.
  unsafe storeVector(c, g.x)
  unsafe storeVector(c + stride, g.y)
}

/// Two rows, one vector wide: C = start + A · B, then relu if wanted.
@inline(never)
func narrowTile2(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = narrowZeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    begin(&g0, bias0)
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
        unsafe step(&g0, a0, aLast, b0)
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

/// Four rows, one vector wide: C = start + A · B, then relu if wanted.
@inline(never)
func narrowTile4(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = narrowZeros()
  var g1 = narrowZeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    begin(&g0, bias0)
    begin(&g1, bias0)
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
        unsafe step(&g0, a0, aStride, b0)
        unsafe step(&g1, a1, aLast, b0)
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

/// Six rows, one vector wide: C = start + A · B, then relu if wanted.
@inline(never)
func narrowTile6(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = narrowZeros()
  var g1 = narrowZeros()
  var g2 = narrowZeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    begin(&g0, bias0)
    begin(&g1, bias0)
    begin(&g2, bias0)
  } else if start == startAccumulate {
    unsafe load(&g0, c, cStride)
    unsafe load(&g1, c + 2 &* cStride, cStride)
    unsafe load(&g2, c + 4 &* cStride, cLast)
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
      var k = 0
      while k < walk.depth {
        let b0 = unsafe loadVector(row)
        unsafe step(&g0, a0, aStride, b0)
        unsafe step(&g1, a1, aStride, b0)
        unsafe step(&g2, a2, aLast, b0)
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

/// Eight rows, one vector wide: C = start + A · B, then relu if wanted.
@inline(never)
func narrowTile8(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = narrowZeros()
  var g1 = narrowZeros()
  var g2 = narrowZeros()
  var g3 = narrowZeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    begin(&g0, bias0)
    begin(&g1, bias0)
    begin(&g2, bias0)
    begin(&g3, bias0)
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
        unsafe step(&g0, a0, aStride, b0)
        unsafe step(&g1, a1, aStride, b0)
        unsafe step(&g2, a2, aStride, b0)
        unsafe step(&g3, a3, aLast, b0)
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

/// Ten rows, one vector wide: C = start + A · B, then relu if wanted.
@inline(never)
func narrowTile10(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = narrowZeros()
  var g1 = narrowZeros()
  var g2 = narrowZeros()
  var g3 = narrowZeros()
  var g4 = narrowZeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    begin(&g0, bias0)
    begin(&g1, bias0)
    begin(&g2, bias0)
    begin(&g3, bias0)
    begin(&g4, bias0)
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
        unsafe step(&g0, a0, aStride, b0)
        unsafe step(&g1, a1, aStride, b0)
        unsafe step(&g2, a2, aStride, b0)
        unsafe step(&g3, a3, aStride, b0)
        unsafe step(&g4, a4, aLast, b0)
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

/// Twelve rows, one vector wide: C = start + A · B, then relu if wanted.
@inline(never)
func narrowTile12(
  _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ cLast: Int,
  _ a: UnsafePointer<Float>, _ aStride: Int, _ aLast: Int, _ walk: Walk,
  _ b: UnsafePointer<Float>, _ bStride: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var g0 = narrowZeros()
  var g1 = narrowZeros()
  var g2 = narrowZeros()
  var g3 = narrowZeros()
  var g4 = narrowZeros()
  var g5 = narrowZeros()
  // SAFETY: the caller owns the tile of C, the elements of A on the walk, the rows of B, and the bias if it starts there.
  if start == startBias {
    let bias0 = unsafe loadVector(bias)
    begin(&g0, bias0)
    begin(&g1, bias0)
    begin(&g2, bias0)
    begin(&g3, bias0)
    begin(&g4, bias0)
    begin(&g5, bias0)
  } else if start == startAccumulate {
    unsafe load(&g0, c, cStride)
    unsafe load(&g1, c + 2 &* cStride, cStride)
    unsafe load(&g2, c + 4 &* cStride, cStride)
    unsafe load(&g3, c + 6 &* cStride, cStride)
    unsafe load(&g4, c + 8 &* cStride, cStride)
    unsafe load(&g5, c + 10 &* cStride, cLast)
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
      var a5 = unsafe from + 10 &* aStride
      var k = 0
      while k < walk.depth {
        let b0 = unsafe loadVector(row)
        unsafe step(&g0, a0, aStride, b0)
        unsafe step(&g1, a1, aStride, b0)
        unsafe step(&g2, a2, aStride, b0)
        unsafe step(&g3, a3, aStride, b0)
        unsafe step(&g4, a4, aStride, b0)
        unsafe step(&g5, a5, aLast, b0)
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
