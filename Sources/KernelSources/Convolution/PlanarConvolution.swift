internal import KernelInterface

/// Whether a convolution onto `channels` channels of `width` columns runs faster with its lanes along the columns.
///
/// With lanes along channels, each column takes ⌈channels / 16⌉ vectors, mostly empty ones if channels are few; along
/// columns, each channel takes ⌈width / 16⌉. Which way it is computed changes no bit.
@inline(always)
func isPlanar(_ channels: Int, _ width: Int) -> Bool {
  channels <= 12 && 4 * channels * ((width + 15) / 16) <= 3 * width * ((channels + 15) / 16)
}

/// The rows of a kernel that take part in a row of the output: first ..< end.
typealias KernelRows = (first: Int, end: Int)

/// The rows of a kernel that reach one of `limit` rows from the output row `row`: tap k reaches row + padding − k · dilation.
///
/// Without a limit (0) all rows take part.
@inline(always)
private func kernelRows(
  _ row: Int, _ taps: Int, _ padding: Int, _ dilation: Int, _ limit: Int
) -> KernelRows {
  if limit == 0 { return (0, taps) }
  let position = row &+ padding
  let end = min(taps, position / dilation &+ 1)
  return (position < limit ? 0 : min(end, (position &- limit) / dilation &+ 1), end)
}

/// The walk over planes: kernel rows, kernel columns and channels, each with its stride.
///
/// The weight is visited with a stride of 32 floats all along.
typealias PlaneWalk = (
  rows: Int, rowStride: Int, columns: Int, columnStride: Int, channels: Int, planeStride: Int
)

/// Convolves planes: y[position][channel] = one chain from the bias or +0 over ascending (kh, kw, channel of x).
///
/// `x` is images of planes; the tap (kh, kw) of plane c for the output (row, column) of an image is
/// `x[origin + row · line + column + kh · rowStride + kw · columnStride + c · planeStride]`. It may be read up to 16 floats
/// beyond a row's last column. The weight is one panel `[kh · kw · planes][32]`. y is images of N, H, W, C.
///
/// With `gradientRows` > 0 the planes have so many rows, and kernel rows that reach none of them are left out, as
/// `convolutionInputGradient` says.
func convolvePlanes(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ weight: FloatPointer,
  _ bias: FloatPointer, _ start: Int, _ relu: Bool, _ images: Int, _ imageStride: Int,
  _ line: Int, _ height: Int, _ width: Int, _ channels: Int,
  _ kernelHeight: Int, _ rowStride: Int, _ kernelWidth: Int, _ columnStride: Int,
  _ planes: Int, _ planeStride: Int, _ padding: Int, _ dilation: Int, _ gradientRows: Int
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
    guard let tile = unsafe pointer(memory) else { return }
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
        let rows = (
          left: kernelRows(first.row, kernelHeight, padding, dilation, gradientRows),
          right: kernelRows(second.row, kernelHeight, padding, dilation, gradientRows)
        )
        var channel = 0
        while channel < channels {
          let count = min(6, channels &- channel)
          let panel = unsafe weight + channel
          let begin = unsafe start == startBias ? bias + channel : bias
          if count > 4 {
            unsafe planes6(
              tile, left, right, rows.left, rows.right, panel, walk, begin, start, relu, count)
          } else if count > 2 {
            unsafe planes4(
              tile, left, right, rows.left, rows.right, panel, walk, begin, start, relu, count)
          } else {
            unsafe planes2(
              tile, left, right, rows.left, rows.right, panel, walk, begin, start, relu, count)
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
  _ y: MutableFloatPointer, _ tile: FloatPointer, _ channels: Int, _ count: Int,
  _ width: Int
) {
  var column = 0
  while count >= 4 && column &+ 4 <= width {
    // SAFETY: here and below, the caller owns `width` positions of `channels` floats, and six rows of the tile.
    let to = unsafe y + column &* channels
    let from = unsafe tile + column
    unsafe transpose4(to, channels, from, 2 &* vectorWidth)
    if count == 6 {
      let e = unsafe load4(from, 8 &* vectorWidth)
      let f = unsafe load4(from, 10 &* vectorWidth)
      for i in 0..<4 {
        unsafe writable(to, i &* channels &+ 4, 2).storeBytes(
          of: SIMD2(e[i], f[i]), as: SIMD2<Float>.self)
      }
    } else if count == 5 {
      unsafe transpose4(to + 1, channels, from + 2 &* vectorWidth, 2 &* vectorWidth)
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
