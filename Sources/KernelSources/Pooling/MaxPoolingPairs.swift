internal import KernelInterface

// Max pooling by windows of 2 × 2 without padding, where loops over taps would cost more than the taps.
//
// Functions are written out for 16, 8 and 4 lanes: a generic one would be shared by the instruction sets.

/// The four floats that begin at `x`.
@inline(always)
func load4(_ x: FloatPointer, _ index: Int = 0) -> SIMD4<Float> {
  // SAFETY: the caller owns x[index ..< index + 4].
  unsafe readable(x, index, 4).loadUnaligned(as: SIMD4<Float>.self)
}

/// Writes four floats to `y[index...]`.
@inline(always)
private func store4(_ y: MutableFloatPointer, _ index: Int, _ value: SIMD4<Float>) {
  // SAFETY: the caller owns y[index ..< index + 4].
  unsafe writable(y, index, 4).storeBytes(of: value, as: SIMD4<Float>.self)
}

/// `maxPool` for windows of 2 × 2 without padding and at least 4 channels.
///
/// Sixteen channels at a time, or eight, or four. Where they do not divide the channels, the last group overlaps the one
/// before it and writes the same again. Eight lanes for fewer channels write beyond the window: the next window mends that, and
/// the last one of all takes four.
func maxPoolPairs(
  _ y: MutableFloatPointer, _ taps: UnsafeMutablePointer<UInt32>,
  _ x: FloatPointer, _ images: Int, _ channels: Int, _ image: Int, _ line: Int,
  _ rowStep: Int, _ columnStep: Int, _ outputHeight: Int, _ outputWidth: Int
) {
  let end = images &* outputHeight &* outputWidth &* channels
  var at = 0
  for number in 0..<images {
    for row in 0..<outputHeight {
      // SAFETY: here and below, the caller owns all windows of x, and y and taps up to `end`.
      var corner = unsafe x + (number &* image &+ row &* rowStep)
      for _ in 0..<outputWidth {
        var j = 0
        if channels >= 16 {
          while j < channels {
            j = min(j, channels &- 16)
            unsafe greatest16(y, taps, at &+ j, corner + j, channels, line)
            j &+= 16
          }
        } else if channels > 4 && channels <= 8 && at &+ 8 <= end {
          unsafe greatest8(y, taps, at, corner, channels, line)
        } else {
          while j < channels {
            j = min(j, channels &- 4)
            unsafe greatest4(y, taps, at &+ j, corner + j, channels, line)
            j &+= 4
          }
        }
        at &+= channels
        unsafe corner += columnStep
      }
    }
  }
}

/// `maxPoolGradient` for windows of 2 × 2 that tile images with at least 4 channels: one line of dx after the other.
///
/// Lanes as in `maxPoolPairs`.
func maxPoolPairsGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ taps: UnsafePointer<UInt32>,
  _ y: FloatPointer, _ floor: Float, _ rows: Int, _ channels: Int, _ columns: Int
) {
  let line = 2 &* columns &* channels
  let end = rows &* columns &* channels
  for row in 0..<rows {
    for below in 0..<2 {
      let first = UInt32(truncatingIfNeeded: 2 &* below)
      var at = row &* columns &* channels
      // SAFETY: the caller owns two lines of dx for each row of windows, and an element of dy, y and taps for each window. What eight
      // lanes write beyond a line belongs to the next one, which is written later; the last window takes four.
      var to = unsafe dx + (2 &* row &+ below) &* line
      for _ in 0..<columns {
        var j = 0
        if channels >= 16 {
          while j < channels {
            j = min(j, channels &- 16)
            unsafe pass16(to + j, dy, taps, y, floor, at &+ j, channels, first)
            j &+= 16
          }
        } else if channels > 4 && channels <= 8 && at &+ 8 <= end {
          unsafe pass8(to, dy, taps, y, floor, at, channels, first)
        } else {
          while j < channels {
            j = min(j, channels &- 4)
            unsafe pass4(to + j, dy, taps, y, floor, at &+ j, channels, first)
            j &+= 4
          }
        }
        at &+= channels
        unsafe to += 2 &* channels
      }
    }
  }
}

/// Takes `value` where it is greater than `best`, or NaN where `best` is not.
@inline(always)
private func takeGreater(
  _ best: inout SIMD16<Float>, _ place: inout SIMD16<UInt32>, _ value: SIMD16<Float>, _ tap: UInt32
) {
  let stays = (value .<= best) .| (best .!= best)
  best = value.replacing(with: best, where: stays)
  place = SIMD16<UInt32>(repeating: tap).replacing(with: place, where: stays)
}

/// The greatest of the taps of a window in 16 channels, written at `at`.
@inline(always)
private func greatest16(
  _ y: MutableFloatPointer, _ taps: UnsafeMutablePointer<UInt32>, _ at: Int,
  _ x: FloatPointer, _ right: Int, _ below: Int
) {
  // SAFETY: the caller owns 16 floats at each tap, at x, right of it and below, and of the results.
  var best = unsafe load16(x, 0)
  var place = SIMD16<UInt32>.zero
  unsafe takeGreater(&best, &place, load16(x, right), 1)
  unsafe takeGreater(&best, &place, load16(x, below), 2)
  unsafe takeGreater(&best, &place, load16(x, below &+ right), 3)
  unsafe store16(y, at, best)
  unsafe UnsafeMutableRawPointer(taps + at).storeBytes(of: place, as: SIMD16<UInt32>.self)
}

/// The two taps of a line of a window in 16 channels: what stands at `at` where it came from there, +0 elsewhere.
@inline(always)
private func pass16(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ taps: UnsafePointer<UInt32>,
  _ y: FloatPointer, _ floor: Float, _ at: Int, _ right: Int, _ first: UInt32
) {
  // SAFETY: the caller owns 16 elements at `at` of dy, taps and y, and 16 floats at both taps of dx.
  let blocked = unsafe load16(y, at) .<= SIMD16<Float>(repeating: floor)
  let value = unsafe SIMD16<Float>.zero + load16(dy, at).replacing(with: 0, where: blocked)
  let place = unsafe UnsafeRawPointer(taps + at).loadUnaligned(as: SIMD16<UInt32>.self)
  let zero = SIMD16<Float>.zero
  let isLeft = place .== SIMD16<UInt32>(repeating: first)
  let isRight = place .== SIMD16<UInt32>(repeating: first &+ 1)
  unsafe store16(dx, 0, zero.replacing(with: value, where: isLeft))
  unsafe store16(dx, right, zero.replacing(with: value, where: isRight))
}

/// Takes `value` where it is greater than `best`, or NaN where `best` is not.
@inline(always)
private func takeGreater(
  _ best: inout SIMD8<Float>, _ place: inout SIMD8<UInt32>, _ value: SIMD8<Float>, _ tap: UInt32
) {
  let stays = (value .<= best) .| (best .!= best)
  best = value.replacing(with: best, where: stays)
  place = SIMD8<UInt32>(repeating: tap).replacing(with: place, where: stays)
}

/// The greatest of the taps of a window in 8 channels, written at `at`.
@inline(always)
private func greatest8(
  _ y: MutableFloatPointer, _ taps: UnsafeMutablePointer<UInt32>, _ at: Int,
  _ x: FloatPointer, _ right: Int, _ below: Int
) {
  // SAFETY: the caller owns 8 floats at each tap, at x, right of it and below, and of the results.
  var best = unsafe load8(x, 0)
  var place = SIMD8<UInt32>.zero
  unsafe takeGreater(&best, &place, load8(x, right), 1)
  unsafe takeGreater(&best, &place, load8(x, below), 2)
  unsafe takeGreater(&best, &place, load8(x, below &+ right), 3)
  unsafe store8(y, at, best)
  unsafe UnsafeMutableRawPointer(taps + at).storeBytes(of: place, as: SIMD8<UInt32>.self)
}

/// The two taps of a line of a window in 8 channels: what stands at `at` where it came from there, +0 elsewhere.
@inline(always)
private func pass8(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ taps: UnsafePointer<UInt32>,
  _ y: FloatPointer, _ floor: Float, _ at: Int, _ right: Int, _ first: UInt32
) {
  // SAFETY: the caller owns 8 elements at `at` of dy, taps and y, and 8 floats at both taps of dx.
  let blocked = unsafe load8(y, at) .<= SIMD8<Float>(repeating: floor)
  let value = unsafe SIMD8<Float>.zero + load8(dy, at).replacing(with: 0, where: blocked)
  let place = unsafe UnsafeRawPointer(taps + at).loadUnaligned(as: SIMD8<UInt32>.self)
  let zero = SIMD8<Float>.zero
  let isLeft = place .== SIMD8<UInt32>(repeating: first)
  let isRight = place .== SIMD8<UInt32>(repeating: first &+ 1)
  unsafe store8(dx, 0, zero.replacing(with: value, where: isLeft))
  unsafe store8(dx, right, zero.replacing(with: value, where: isRight))
}

/// Takes `value` where it is greater than `best`, or NaN where `best` is not.
@inline(always)
func takeGreater(
  _ best: inout SIMD4<Float>, _ place: inout SIMD4<UInt32>, _ value: SIMD4<Float>, _ tap: UInt32
) {
  let stays = (value .<= best) .| (best .!= best)
  best = value.replacing(with: best, where: stays)
  place = SIMD4<UInt32>(repeating: tap).replacing(with: place, where: stays)
}

/// The greatest of the taps of a window in 4 channels, written at `at`.
@inline(always)
private func greatest4(
  _ y: MutableFloatPointer, _ taps: UnsafeMutablePointer<UInt32>, _ at: Int,
  _ x: FloatPointer, _ right: Int, _ below: Int
) {
  // SAFETY: the caller owns 4 floats at each tap, at x, right of it and below, and of the results.
  var best = unsafe load4(x, 0)
  var place = SIMD4<UInt32>.zero
  unsafe takeGreater(&best, &place, load4(x, right), 1)
  unsafe takeGreater(&best, &place, load4(x, below), 2)
  unsafe takeGreater(&best, &place, load4(x, below &+ right), 3)
  unsafe store4(y, at, best)
  unsafe UnsafeMutableRawPointer(taps + at).storeBytes(of: place, as: SIMD4<UInt32>.self)
}

/// The two taps of a line of a window in 4 channels: what stands at `at` where it came from there, +0 elsewhere.
@inline(always)
private func pass4(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ taps: UnsafePointer<UInt32>,
  _ y: FloatPointer, _ floor: Float, _ at: Int, _ right: Int, _ first: UInt32
) {
  // SAFETY: the caller owns 4 elements at `at` of dy, taps and y, and 4 floats at both taps of dx.
  let blocked = unsafe load4(y, at) .<= SIMD4<Float>(repeating: floor)
  let value = unsafe SIMD4<Float>.zero + load4(dy, at).replacing(with: 0, where: blocked)
  let place = unsafe UnsafeRawPointer(taps + at).loadUnaligned(as: SIMD4<UInt32>.self)
  let zero = SIMD4<Float>.zero
  let isLeft = place .== SIMD4<UInt32>(repeating: first)
  let isRight = place .== SIMD4<UInt32>(repeating: first &+ 1)
  unsafe store4(dx, 0, zero.replacing(with: value, where: isLeft))
  unsafe store4(dx, right, zero.replacing(with: value, where: isRight))
}
