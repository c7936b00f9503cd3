internal import KernelInterface

// Tiles of a convolution whose lanes run along the columns of planes: up to six channels at two places, whose accumulators stay in registers.

/// One channel of the output at two vectors of columns.
private typealias Lanes = (p: Vector, q: Vector)

/// The beginning of row `row`: its bias, or +0.
@inline(always)
private func begin(
  _ bias: FloatPointer, _ start: Int, _ row: Int, _ count: Int
) -> Lanes {
  // SAFETY: the caller owns `count` biases if the chains start there.
  let value = unsafe start == startBias && row < count ? bias[row] : 0
  return (Vector(repeating: value), Vector(repeating: value))
}

/// fma(w, x, acc) in both vectors.
@inline(always)
private func step(_ g: inout Lanes, _ weight: Float, _ p: Vector, _ q: Vector) {
  let w = Vector(repeating: weight)
  g.p = g.p.addingProduct(w, p)
  g.q = g.q.addingProduct(w, q)
}

/// fma(w, x, acc) in one of the vectors.
@inline(always)
private func step(_ g: inout Vector, _ weight: Float, _ x: Vector) {
  g = g.addingProduct(Vector(repeating: weight), x)
}

/// Writes a row of the tile, after the relu if wanted.
@inline(always)
private func finish(
  _ tile: MutableFloatPointer, _ row: Int, _ g: Lanes, _ relu: Bool
) {
  var g = g
  if relu {
    g.p = g.p.replacing(with: 0, where: g.p .< 0)
    g.q = g.q.replacing(with: 0, where: g.q .< 0)
  }
  // SAFETY: the tile has six rows of two vectors.
  unsafe storeVector(tile + row &* 2 &* vectorWidth, g.p)
  unsafe storeVector(tile + (row &* 2 &+ 1) &* vectorWidth, g.q)
}

/// Up to `limit` channels, a constant of each tile: the chains go on through the kernel rows of each place, of which `right` has none that
/// begin or end earlier.
///
/// Rows from `count` on are computed from the panel's padding or its next channels, and not used.
@inline(always)
private func planeTile(
  _ limit: Int, _ tile: MutableFloatPointer, _ left: FloatPointer,
  _ right: FloatPointer, _ leftRows: KernelRows, _ rightRows: KernelRows,
  _ weight: FloatPointer, _ walk: PlaneWalk, _ bias: FloatPointer, _ start: Int,
  _ relu: Bool, _ count: Int
) {
  var g0 = unsafe begin(bias, start, 0, count)
  var g1 = unsafe begin(bias, start, 1, count)
  var g2 = unsafe begin(bias, start, 2, count)
  var g3 = unsafe begin(bias, start, 3, count)
  var g4 = unsafe begin(bias, start, 4, count)
  var g5 = unsafe begin(bias, start, 5, count)
  var row = leftRows.first
  while row < rightRows.end {
    let onLeft = row < leftRows.end
    let onRight = row >= rightRows.first
    // SAFETY: the taps lie in the planes; the panel is 32 floats wide, and a tile begins before its column 12.
    var w = unsafe weight + row &* walk.columns &* walk.channels &* 32
    var column = 0
    while column < walk.columns && (onLeft || onRight) {
      var at = row &* walk.rowStride &+ column &* walk.columnStride
      var channel = 0
      while channel < walk.channels {
        if onLeft && onRight {
          let p = unsafe loadVector(left + at)
          let q = unsafe loadVector(right + at)
          unsafe step(&g0, w[0], p, q)
          unsafe step(&g1, w[1], p, q)
          if limit > 2 {
            unsafe step(&g2, w[2], p, q)
            unsafe step(&g3, w[3], p, q)
          }
          if limit > 4 {
            unsafe step(&g4, w[4], p, q)
            unsafe step(&g5, w[5], p, q)
          }
        } else if onLeft {
          let p = unsafe loadVector(left + at)
          unsafe step(&g0.p, w[0], p)
          unsafe step(&g1.p, w[1], p)
          if limit > 2 {
            unsafe step(&g2.p, w[2], p)
            unsafe step(&g3.p, w[3], p)
          }
          if limit > 4 {
            unsafe step(&g4.p, w[4], p)
            unsafe step(&g5.p, w[5], p)
          }
        } else {
          let q = unsafe loadVector(right + at)
          unsafe step(&g0.q, w[0], q)
          unsafe step(&g1.q, w[1], q)
          if limit > 2 {
            unsafe step(&g2.q, w[2], q)
            unsafe step(&g3.q, w[3], q)
          }
          if limit > 4 {
            unsafe step(&g4.q, w[4], q)
            unsafe step(&g5.q, w[5], q)
          }
        }
        unsafe w += 32
        at &+= walk.planeStride
        channel &+= 1
      }
      column &+= 1
    }
    row &+= 1
  }
  unsafe finish(tile, 0, g0, relu)
  unsafe finish(tile, 1, g1, relu)
  if limit > 2 {
    unsafe finish(tile, 2, g2, relu)
    unsafe finish(tile, 3, g3, relu)
  }
  if limit > 4 {
    unsafe finish(tile, 4, g4, relu)
    unsafe finish(tile, 5, g5, relu)
  }
}

/// Up to six channels.
@inline(never)
func planes6(
  _ tile: MutableFloatPointer, _ left: FloatPointer,
  _ right: FloatPointer, _ leftRows: KernelRows, _ rightRows: KernelRows,
  _ weight: FloatPointer, _ walk: PlaneWalk, _ bias: FloatPointer, _ start: Int,
  _ relu: Bool, _ count: Int
) {
  // SAFETY: as in `planeTile`.
  unsafe planeTile(
    6, tile, left, right, leftRows, rightRows, weight, walk, bias, start, relu, count)
}

/// Up to four channels.
@inline(never)
func planes4(
  _ tile: MutableFloatPointer, _ left: FloatPointer,
  _ right: FloatPointer, _ leftRows: KernelRows, _ rightRows: KernelRows,
  _ weight: FloatPointer, _ walk: PlaneWalk, _ bias: FloatPointer, _ start: Int,
  _ relu: Bool, _ count: Int
) {
  // SAFETY: as in `planeTile`.
  unsafe planeTile(
    4, tile, left, right, leftRows, rightRows, weight, walk, bias, start, relu, count)
}

/// Up to two channels.
@inline(never)
func planes2(
  _ tile: MutableFloatPointer, _ left: FloatPointer,
  _ right: FloatPointer, _ leftRows: KernelRows, _ rightRows: KernelRows,
  _ weight: FloatPointer, _ walk: PlaneWalk, _ bias: FloatPointer, _ start: Int,
  _ relu: Bool, _ count: Int
) {
  // SAFETY: as in `planeTile`.
  unsafe planeTile(
    2, tile, left, right, leftRows, rightRows, weight, walk, bias, start, relu, count)
}
