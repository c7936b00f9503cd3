/// Rows of B that an edge copies at a time.
@inline(always) private var edgeDepth: Int { 64 }

/// Rows of C that an edge copies at a time.
@inline(always) private var edgeRows: Int { 48 }

/// A tile column narrower than two vectors, computed in full width on the stack.
///
/// Without padding, B is copied in blocks of k, padded with +0, so that nothing beyond its columns is read. C goes through
/// a buffer of full width in any case.
func multiplyEdge(
  _ c: UnsafeMutablePointer<Float>, _ cRowStride: Int,
  _ a: UnsafePointer<Float>, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: UnsafePointer<Float>, _ bDepthStride: Int, _ padded: Bool,
  _ rows: Int, _ width: Int, _ depth: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var buffers = InlineArray<4_096, Float>(repeating: 0)
  var span = buffers.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let wideBias = memory.baseAddress else { return }
    // SAFETY: the bias, 48 rows of C and 64 of B take 3616 floats; a full tile column is at most 32 wide.
    let tile = unsafe wideBias + 32
    let panel = unsafe tile + edgeRows * 32
    if start == startBias { for j in 0..<width { unsafe wideBias[j] = bias[j] } }
    var row = 0
    while row < rows {
      let height = min(edgeRows, rows - row)
      let target = unsafe c + row * cRowStride
      if start == startAccumulate { unsafe copyColumns(tile, 32, target, cRowStride, height, width) }
      var k = 0
      repeat {
        let count = padded ? depth : min(edgeDepth, depth - k)
        let source = unsafe b + k * bDepthStride
        if !padded { unsafe copyColumns(panel, 32, source, bDepthStride, count, width) }
        unsafe multiplyColumns(
          tile, 32, a + (row * aRowStride + k * aDepthStride), aRowStride, aDepthStride,
          padded ? source : UnsafePointer(panel), padded ? bDepthStride : 32, height, count,
          k == 0 ? start : startAccumulate, wideBias, relu && k + count >= depth)
        k += count
      } while k < depth
      unsafe copyColumns(target, cRowStride, tile, 32, height, width)
      row += height
    }
  }
}

/// Copies `rows` rows of `width` ≤ 32 floats.
@inline(always)
private func copyColumns(
  _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  _ x: UnsafePointer<Float>, _ xStride: Int, _ rows: Int, _ width: Int
) {
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` rows of `width` floats behind both pointers.
    let to = unsafe y + row * yStride
    let from = unsafe x + row * xStride
    var j = 0
    if width >= 16 {
      unsafe store16(to, 0, load16(from, 0))
      j = 16
    }
    if width - j >= 8 {
      unsafe store8(to, j, load8(from, j))
      j += 8
    }
    while j < width {
      unsafe to[j] = from[j]
      j += 1
    }
  }
}
