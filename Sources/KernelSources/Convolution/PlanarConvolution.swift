/// Whether a convolution onto `channels` channels of `width` columns runs faster with its lanes along the columns.
///
/// With lanes along channels, each column takes ⌈channels / 16⌉ vectors, mostly empty ones if channels are few; along
/// columns, each channel takes ⌈width / 16⌉. Which way it is computed changes no bit.
@inline(always)
func isPlanar(_ channels: Int, _ width: Int) -> Bool {
  channels <= 12 && 4 * channels * ((width + 15) / 16) <= 3 * width * ((channels + 15) / 16)
}

/// The walk over planes: kernel rows, kernel columns and channels, each with its stride.
///
/// The weight is visited with a stride of 32 floats all along.
private typealias PlaneWalk = (
  rows: Int, rowStride: Int, columns: Int, columnStride: Int, channels: Int, planeStride: Int
)

/// Convolves planes: y[position][channel] = one chain from the bias or +0 over ascending (kh, kw, channel of x).
///
/// `x` is images of planes; the tap (kh, kw) of plane c for the output (row, column) of an image is
/// `x[origin + row · line + column + kh · rowStride + kw · columnStride + c · planeStride]`. It may be read up to 16 floats
/// beyond a row's last column. The weight is one panel `[kh · kw · planes][32]`. y is images of N, H, W, C.
func convolvePlanes(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>,
  _ bias: UnsafePointer<Float>, _ start: Int, _ relu: Bool, _ images: Int, _ imageStride: Int,
  _ line: Int, _ height: Int, _ width: Int, _ channels: Int,
  _ kernelHeight: Int, _ rowStride: Int, _ kernelWidth: Int, _ columnStride: Int,
  _ planes: Int, _ planeStride: Int
) {
  // With a single plane the innermost loop runs over the columns of the kernel.
  let walk: PlaneWalk =
    planes == 1
    ? (kernelHeight, rowStride, 1, 0, kernelWidth, columnStride)
    : (kernelHeight, rowStride, kernelWidth, columnStride, planes, planeStride)
  let blocks = (width + vectorWidth - 1) / vectorWidth
  let slots = height * blocks
  var buffer = InlineArray<192, Float>(repeating: 0)
  var span = buffer.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let tile = memory.baseAddress else { return }
    for image in 0..<images {
      // SAFETY: the caller owns the images of x and y, the panel, and the bias if the chains start there.
      let from = unsafe x + image &* imageStride
      let to = unsafe y + image &* height &* width &* channels
      var slot = 0
      while slot < slots {
        // Two vectors of columns at a time, neighbours in a row or below each other; the last one may stand alone.
        let other = min(slot &+ 1, slots &- 1)
        let first = (row: slot / blocks, column: slot % blocks &* vectorWidth)
        let second = (row: other / blocks, column: other % blocks &* vectorWidth)
        let left = unsafe from + (first.row &* line &+ first.column)
        let right = unsafe from + (second.row &* line &+ second.column)
        var channel = 0
        while channel < channels {
          let count = min(6, channels &- channel)
          let panel = unsafe weight + channel
          let begin = unsafe start == startBias ? bias + channel : bias
          if count > 4 {
            unsafe planes6(tile, left, right, panel, walk, begin, start, relu, count)
          } else if count > 2 {
            unsafe planes4(tile, left, right, panel, walk, begin, start, relu, count)
          } else {
            unsafe planes2(tile, left, right, panel, walk, begin, start, relu, count)
          }
          unsafe interleaveTile(
            to + ((first.row &* width &+ first.column) &* channels &+ channel), tile, channels,
            count,
            min(vectorWidth, width &- first.column))
          unsafe interleaveTile(
            to + ((second.row &* width &+ second.column) &* channels &+ channel),
            tile + vectorWidth, channels, count, min(vectorWidth, width &- second.column))
          channel &+= count
        }
        slot &+= 2
      }
    }
  }
}

/// Writes `count` rows of a tile, one a channel, as columns of N, H, W, C.
@inline(always)
private func interleaveTile(
  _ y: UnsafeMutablePointer<Float>, _ tile: UnsafePointer<Float>, _ channels: Int, _ count: Int,
  _ width: Int
) {
  var column = 0
  while count >= 4 && column &+ 4 <= width {
    // SAFETY: here and below, the caller owns `width` positions of `channels` floats, and six rows of the tile.
    let to = unsafe y + column &* channels
    let from = unsafe tile + column
    unsafe transpose4(to, channels, from, 2 &* vectorWidth)
    if count > 4 {
      let last = count &- 4
      unsafe transpose4(to + last, channels, from + last &* 2 &* vectorWidth, 2 &* vectorWidth)
    }
    column &+= 4
  }
  while column < width {
    for row in 0..<count {
      unsafe y[column &* channels &+ row] = tile[row &* 2 &* vectorWidth &+ column]
    }
    column &+= 1
  }
}

/// One channel of the output at two vectors of columns.
private typealias Lanes = (p: Vector, q: Vector)

/// The beginning of row `row`: its bias, or +0.
@inline(always)
private func begin(
  _ bias: UnsafePointer<Float>, _ start: Int, _ row: Int, _ count: Int
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

/// Writes a row of the tile, after the relu if wanted.
@inline(always)
private func finish(
  _ tile: UnsafeMutablePointer<Float>, _ row: Int, _ g: Lanes, _ relu: Bool
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

/// Up to six channels.
///
/// Rows from `count` on are computed from the panel's padding or its next channels, and not used.
private func planes6(
  _ tile: UnsafeMutablePointer<Float>, _ left: UnsafePointer<Float>,
  _ right: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ walk: PlaneWalk,
  _ bias: UnsafePointer<Float>, _ start: Int, _ relu: Bool, _ count: Int
) {
  var g0 = unsafe begin(bias, start, 0, count)
  var g1 = unsafe begin(bias, start, 1, count)
  var g2 = unsafe begin(bias, start, 2, count)
  var g3 = unsafe begin(bias, start, 3, count)
  var g4 = unsafe begin(bias, start, 4, count)
  var g5 = unsafe begin(bias, start, 5, count)
  var w = unsafe weight
  var row = 0
  while row < walk.rows {
    var column = 0
    while column < walk.columns {
      var at = row &* walk.rowStride &+ column &* walk.columnStride
      var channel = 0
      while channel < walk.channels {
        // SAFETY: the taps lie in the planes; the panel is 32 floats wide, and a tile begins before its column 12.
        let p = unsafe loadVector(left + at)
        let q = unsafe loadVector(right + at)
        unsafe step(&g0, w[0], p, q)
        unsafe step(&g1, w[1], p, q)
        unsafe step(&g2, w[2], p, q)
        unsafe step(&g3, w[3], p, q)
        unsafe step(&g4, w[4], p, q)
        unsafe step(&g5, w[5], p, q)
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
  unsafe finish(tile, 2, g2, relu)
  unsafe finish(tile, 3, g3, relu)
  unsafe finish(tile, 4, g4, relu)
  unsafe finish(tile, 5, g5, relu)
}

/// Up to four channels, as `planes6`.
private func planes4(
  _ tile: UnsafeMutablePointer<Float>, _ left: UnsafePointer<Float>,
  _ right: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ walk: PlaneWalk,
  _ bias: UnsafePointer<Float>, _ start: Int, _ relu: Bool, _ count: Int
) {
  var g0 = unsafe begin(bias, start, 0, count)
  var g1 = unsafe begin(bias, start, 1, count)
  var g2 = unsafe begin(bias, start, 2, count)
  var g3 = unsafe begin(bias, start, 3, count)
  var w = unsafe weight
  var row = 0
  while row < walk.rows {
    var column = 0
    while column < walk.columns {
      var at = row &* walk.rowStride &+ column &* walk.columnStride
      var channel = 0
      while channel < walk.channels {
        // SAFETY: as in `planes6`.
        let p = unsafe loadVector(left + at)
        let q = unsafe loadVector(right + at)
        unsafe step(&g0, w[0], p, q)
        unsafe step(&g1, w[1], p, q)
        unsafe step(&g2, w[2], p, q)
        unsafe step(&g3, w[3], p, q)
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
  unsafe finish(tile, 2, g2, relu)
  unsafe finish(tile, 3, g3, relu)
}

/// Up to two channels, as `planes6`.
private func planes2(
  _ tile: UnsafeMutablePointer<Float>, _ left: UnsafePointer<Float>,
  _ right: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, _ walk: PlaneWalk,
  _ bias: UnsafePointer<Float>, _ start: Int, _ relu: Bool, _ count: Int
) {
  var g0 = unsafe begin(bias, start, 0, count)
  var g1 = unsafe begin(bias, start, 1, count)
  var w = unsafe weight
  var row = 0
  while row < walk.rows {
    var column = 0
    while column < walk.columns {
      var at = row &* walk.rowStride &+ column &* walk.columnStride
      var channel = 0
      while channel < walk.channels {
        // SAFETY: as in `planes6`.
        let p = unsafe loadVector(left + at)
        let q = unsafe loadVector(right + at)
        unsafe step(&g0, w[0], p, q)
        unsafe step(&g1, w[1], p, q)
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
}
