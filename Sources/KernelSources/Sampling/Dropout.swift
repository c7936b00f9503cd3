internal import KernelInterface

/// y[row, j] = word ≥ threshold ? x[row, j] · scale : +0.
///
/// The word of element j of the sample `samples[row]` is word j mod 4 of the Philox block with the counter
/// (j / 4, sample, step, purpose). The gradient is the same function of dy. In place is allowed.
@inline(never)
func rawDropout(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int,
  _ samples: UnsafePointer<UInt32>, _ rows: Int, _ columns: Int,
  _ step: UInt32, _ purpose: UInt32, _ k0: UInt32, _ k1: UInt32,
  _ threshold: UInt32, _ scale: Float
) {
  var words = InlineArray<256, UInt32>(repeating: 0)
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` samples and rows × columns elements of x and y; `words` holds 64 blocks.
    let sample = unsafe samples[row]
    let from = unsafe x + row * rowStride
    let to = unsafe y + row * rowStride
    var first = 0
    while first < columns {
      let width = min(256, columns - first)
      var span = words.mutableSpan
      unsafe span.withUnsafeMutableBufferPointer { memory in
        if let base = memory.baseAddress {
          unsafe rawPhiloxBlocks(
            base, UInt32(truncatingIfNeeded: first / 4), sample, step, purpose, k0, k1,
            (width + 3) / 4)
          unsafe keepAbove(to + first, from + first, base, width, threshold, scale)
        }
      }
      first += width
    }
  }
}

/// y = word ≥ threshold ? x · scale : +0 for `count` elements.
@inline(always)
private func keepAbove(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ words: UnsafePointer<UInt32>,
  _ count: Int, _ threshold: UInt32, _ scale: Float
) {
  let limit = SIMD16<UInt32>(repeating: threshold)
  var j = 0
  // SAFETY: the caller owns `count` elements of y and x, and as many words.
  while j + 16 <= count {
    let word = unsafe UnsafeRawPointer(words + j).loadUnaligned(as: SIMD16<UInt32>.self)
    let scaled = unsafe load16(x, j) * SIMD16<Float>(repeating: scale)
    unsafe store16(y, j, SIMD16<Float>.zero.replacing(with: scaled, where: word .>= limit))
    j += 16
  }
  while j < count {
    let scaled = unsafe x[j] * scale
    unsafe y[j] = words[j] >= threshold ? scaled : 0
    j += 1
  }
}
