internal import KernelInterface

/// The taps of a window that meet the image: rows and columns, first and behind last, and where the first stands.
private typealias WindowTaps = (top: Int, bottom: Int, left: Int, right: Int)

/// The taps lower ..< upper of a window beginning at `start` that meet 0 ..< `extent`.
@inline(always)
private func inside(_ start: Int, _ kernel: Int, _ extent: Int) -> (lower: Int, upper: Int) {
  (max(0, -start), min(kernel, extent - start))
}

/// The greatest element of each window of images N, H, W, C, and the tap (kh · kernelWidth + kw) where it stands.
///
/// Taps are compared in ascending order and the first of equals stays; the first NaN wins over everything. Padding is never taken.
@inline(never)
func rawMaxPool(
  _ y: MutableFloatPointer, _ taps: UnsafeMutablePointer<UInt32>,
  _ x: FloatPointer, _ images: Int, _ g: PoolingGeometry
) {
  let (channels, height, width) = (g.channels, g.height, g.width)
  let (kernelHeight, kernelWidth) = (g.kernelHeight, g.kernelWidth)
  let (strideHeight, strideWidth) = (g.strideHeight, g.strideWidth)
  let (paddingHeight, paddingWidth) = (g.paddingHeight, g.paddingWidth)
  let (outputHeight, outputWidth) = (g.outputHeight, g.outputWidth)
  let line = width * channels
  if kernelHeight == 2 && kernelWidth == 2 && paddingHeight == 0 && paddingWidth == 0
    && channels >= 4
  {
    // SAFETY: as below; without padding every window lies inside.
    return unsafe maxPoolPairs(
      y, taps, x, images, channels, height * line, line, strideHeight * line,
      strideWidth * channels, outputHeight, outputWidth)
  }
  for image in 0..<images {
    for row in 0..<outputHeight {
      let top = row * strideHeight - paddingHeight
      let rows = inside(top, kernelHeight, height)
      for column in 0..<outputWidth {
        let left = column * strideWidth - paddingWidth
        let columns = inside(left, kernelWidth, width)
        let window: WindowTaps = (rows.lower, rows.upper, columns.lower, columns.upper)
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        // SAFETY: here and below, the caller owns all images of x, y and taps, and every window meets its image.
        let best = unsafe y + at
        let places = unsafe taps + at
        let from =
          unsafe x + ((image * height + top + rows.lower) * width + left + columns.lower) * channels
        // The last channels overlap those before, if there are enough: they are computed twice, with the same result.
        var j = 0
        while j < channels {
          if channels >= 16 {
            j = min(j, channels - 16)
            unsafe maxTaps16(best + j, places + j, from + j, window, kernelWidth, line, channels)
            j += 16
          } else if channels >= 4 {
            j = min(j, channels - 4)
            unsafe maxTaps4(best + j, places + j, from + j, window, kernelWidth, line, channels)
            j += 4
          } else {
            unsafe maxTaps1(best + j, places + j, from + j, window, kernelWidth, line, channels)
            j += 1
          }
        }
      }
    }
  }
}

/// The greatest of a window's taps in sixteen channels.
@inline(always)
private func maxTaps16(
  _ y: MutableFloatPointer, _ places: UnsafeMutablePointer<UInt32>,
  _ x: FloatPointer, _ window: WindowTaps, _ kernelWidth: Int, _ line: Int, _ channels: Int
) {
  // SAFETY: here and below, `x` is the first tap of the window, in sixteen channels that the caller owns in x, y and places.
  var best = unsafe load16(x, 0)
  var place = SIMD16<UInt32>(
    repeating: UInt32(truncatingIfNeeded: window.top * kernelWidth + window.left))
  for kh in window.top..<window.bottom {
    for kw in window.left..<window.right {
      let value = unsafe load16(x, (kh - window.top) * line + (kw - window.left) * channels)
      // A number below or equal to `best`, or anything when `best` is NaN, is not taken.
      let stays = (value .<= best) .| (best .!= best)
      best = value.replacing(with: best, where: stays)
      place = SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: kh * kernelWidth + kw))
        .replacing(with: place, where: stays)
    }
  }
  unsafe store16(y, 0, best)
  unsafe UnsafeMutableRawPointer(places).storeBytes(of: place, as: SIMD16<UInt32>.self)
}

/// The greatest of a window's taps in four channels.
@inline(always)
private func maxTaps4(
  _ y: MutableFloatPointer, _ places: UnsafeMutablePointer<UInt32>,
  _ x: FloatPointer, _ window: WindowTaps, _ kernelWidth: Int, _ line: Int, _ channels: Int
) {
  // SAFETY: as in `maxTaps16`, for four channels.
  var best = unsafe load4(x)
  var place = SIMD4<UInt32>(
    repeating: UInt32(truncatingIfNeeded: window.top * kernelWidth + window.left))
  for kh in window.top..<window.bottom {
    for kw in window.left..<window.right {
      unsafe takeGreater(
        &best, &place, load4(x + ((kh - window.top) * line + (kw - window.left) * channels)),
        UInt32(truncatingIfNeeded: kh * kernelWidth + kw))
    }
  }
  unsafe writable(y, 0, 4).storeBytes(of: best, as: SIMD4<Float>.self)
  unsafe UnsafeMutableRawPointer(places).storeBytes(of: place, as: SIMD4<UInt32>.self)
}

/// The greatest of a window's taps in one channel.
@inline(always)
private func maxTaps1(
  _ y: MutableFloatPointer, _ places: UnsafeMutablePointer<UInt32>,
  _ x: FloatPointer, _ window: WindowTaps, _ kernelWidth: Int, _ line: Int, _ channels: Int
) {
  // SAFETY: as in `maxTaps16`, for one channel.
  var best = unsafe x[0]
  var place = window.top * kernelWidth + window.left
  for kh in window.top..<window.bottom {
    for kw in window.left..<window.right {
      let value = unsafe x[(kh - window.top) * line + (kw - window.left) * channels]
      let isTaken = !(value <= best) && best == best
      best = isTaken ? value : best
      place = isTaken ? kh * kernelWidth + kw : place
    }
  }
  unsafe y[0] = best
  unsafe places[0] = UInt32(truncatingIfNeeded: place)
}

/// dx = the chain from +0 over the windows whose greatest element stands there, outputs ascending.
///
/// A window whose greatest element `y` is ≤ `floor` passes nothing: 0 for the pullback of a relu before the pooling,
/// NaN where there is none.
@inline(never)
func rawMaxPoolGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ taps: UnsafePointer<UInt32>,
  _ y: FloatPointer, _ floor: Float,
  _ images: Int, _ g: PoolingGeometry
) {
  let (channels, height, width) = (g.channels, g.height, g.width)
  let (kernelHeight, kernelWidth) = (g.kernelHeight, g.kernelWidth)
  let (strideHeight, strideWidth) = (g.strideHeight, g.strideWidth)
  let (paddingHeight, paddingWidth) = (g.paddingHeight, g.paddingWidth)
  let (outputHeight, outputWidth) = (g.outputHeight, g.outputWidth)
  let line = width * channels
  // Where windows tile the image, every element belongs to one of them and is written once.
  let tiles =
    paddingHeight == 0 && paddingWidth == 0 && strideHeight == kernelHeight
    && strideWidth == kernelWidth && outputHeight * kernelHeight == height
    && outputWidth * kernelWidth == width
  if tiles && kernelHeight == 2 && kernelWidth == 2 && channels >= 4 {
    // SAFETY: as below, for windows that tile the image.
    return unsafe maxPoolPairsGradient(
      dx, dy, taps, y, floor, images * outputHeight, channels, outputWidth)
  }
  for image in 0..<images {
    // SAFETY: here and below, the caller owns all images of dx, dy, y and taps.
    if !tiles { unsafe rawFill(dx + image * height * line, 0, height * line) }
    for row in 0..<outputHeight {
      let top = row * strideHeight - paddingHeight
      let rows = inside(top, kernelHeight, height)
      for column in 0..<outputWidth {
        let left = column * strideWidth - paddingWidth
        let columns = inside(left, kernelWidth, width)
        let window: WindowTaps = (rows.lower, rows.upper, columns.lower, columns.upper)
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let to =
          unsafe dx
          + ((image * height + top + rows.lower) * width + left + columns.lower) * channels
        var j = 0
        while j + 16 <= channels {
          let blocked = unsafe load16(y, at + j) .<= SIMD16<Float>(repeating: floor)
          let value = unsafe load16(dy, at + j).replacing(with: 0, where: blocked)
          unsafe passToTaps16(
            to + j, value, taps + (at + j), window, kernelWidth, line, channels, tiles)
          j += 16
        }
        while j + 4 <= channels {
          let blocked = unsafe load4(y + (at + j)) .<= SIMD4<Float>(repeating: floor)
          let value = unsafe load4(dy + (at + j)).replacing(with: 0, where: blocked)
          unsafe passToTaps4(
            to + j, value, taps + (at + j), window, kernelWidth, line, channels, tiles)
          j += 4
        }
        while j < channels {
          let value: Float = unsafe y[at + j] <= floor ? 0 : dy[at + j]
          unsafe passToTaps1(
            to + j, value, taps[at + j], window, kernelWidth, line, channels, tiles)
          j += 1
        }
      }
    }
  }
}

/// dx = (assigns ? +0 : dx) + (place == tap ? value : +0) at each tap of a window, in sixteen channels.
///
/// Adding +0 changes nothing: a sum that began at +0 is never −0.
@inline(always)
private func passToTaps16(
  _ dx: MutableFloatPointer, _ value: SIMD16<Float>, _ places: UnsafePointer<UInt32>,
  _ window: WindowTaps, _ kernelWidth: Int, _ line: Int, _ channels: Int, _ assigns: Bool
) {
  // SAFETY: here and below, `dx` is the first tap of the window, in sixteen channels that the caller owns.
  let place = unsafe UnsafeRawPointer(places).loadUnaligned(as: SIMD16<UInt32>.self)
  for kh in window.top..<window.bottom {
    for kw in window.left..<window.right {
      let tap = UInt32(truncatingIfNeeded: kh &* kernelWidth &+ kw)
      let here = place .== SIMD16<UInt32>(repeating: tap)
      let to = unsafe dx + ((kh &- window.top) &* line &+ (kw &- window.left) &* channels)
      let old = assigns ? SIMD16<Float>.zero : unsafe load16(to, 0)
      unsafe store16(to, 0, old + SIMD16<Float>.zero.replacing(with: value, where: here))
    }
  }
}

/// `passToTaps16` in four channels.
@inline(always)
private func passToTaps4(
  _ dx: MutableFloatPointer, _ value: SIMD4<Float>, _ places: UnsafePointer<UInt32>,
  _ window: WindowTaps, _ kernelWidth: Int, _ line: Int, _ channels: Int, _ assigns: Bool
) {
  // SAFETY: as in `passToTaps16`, for four channels.
  let place = unsafe UnsafeRawPointer(places).loadUnaligned(as: SIMD4<UInt32>.self)
  for kh in window.top..<window.bottom {
    for kw in window.left..<window.right {
      let tap = UInt32(truncatingIfNeeded: kh &* kernelWidth &+ kw)
      let here = place .== SIMD4<UInt32>(repeating: tap)
      let to = unsafe dx + ((kh &- window.top) &* line &+ (kw &- window.left) &* channels)
      let old = assigns ? SIMD4<Float>.zero : unsafe load4(to)
      let sum = old + SIMD4<Float>.zero.replacing(with: value, where: here)
      unsafe writable(to, 0, 4).storeBytes(of: sum, as: SIMD4<Float>.self)
    }
  }
}

/// `passToTaps16` in one channel.
@inline(always)
private func passToTaps1(
  _ dx: MutableFloatPointer, _ value: Float, _ place: UInt32,
  _ window: WindowTaps, _ kernelWidth: Int, _ line: Int, _ channels: Int, _ assigns: Bool
) {
  for kh in window.top..<window.bottom {
    for kw in window.left..<window.right {
      let isHere = place == UInt32(truncatingIfNeeded: kh &* kernelWidth &+ kw)
      // SAFETY: as in `passToTaps16`, for one channel.
      let to = unsafe dx + ((kh &- window.top) &* line &+ (kw &- window.left) &* channels)
      unsafe to[0] = (assigns ? 0 : to[0]) + (isHere ? value : 0)
    }
  }
}
