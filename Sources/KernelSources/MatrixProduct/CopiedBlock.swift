/// Rows of A in a block that is copied: a multiple of every tile; the block stays in the second-level cache.
@inline(always) var copyRows: Int { 192 }

/// Depth of a block that is copied: a panel of B of this depth fits the first-level cache.
@inline(always) var copyDepth: Int { 256 }

/// Floats between rows of a copy: 16 more than a row, which keeps rows out of each other's cache sets.
@inline(always) private var copyStride: Int { copyDepth + 16 }

/// Whether a block of A is read faster from a copy with a short stride.
///
/// Down a column every k is on another page. Along rows that are a multiple of 4 KiB apart all rows of a tile fall into
/// the same set of the first-level cache. The copy pays when several panels read it.
@inline(always)
func worthCopyingA(
  _ aRowStride: Int, _ aDepthStride: Int, _ rows: Int, _ columns: Int, _ depth: Int
) -> Bool {
  if rows < 24 || columns <= 32 || rows * columns * depth < 4_000_000 { return false }
  if aDepthStride == 1 { return aRowStride % 1024 == 0 }
  return aRowStride == 1 && aDepthStride >= 256 && aDepthStride * depth >= 131_072
}

/// Whether a panel of B is read faster from a copy, for the same reasons.
@inline(always)
func worthCopyingB(_ bDepthStride: Int, _ rows: Int, _ columns: Int, _ depth: Int) -> Bool {
  bDepthStride >= 256 && rows >= 48 && rows * columns * depth >= 4_000_000
}

/// `multiply` for large products: blocks of A and panels of B are copied where that is faster.
@inline(never)
func multiplyCopied(
  _ c: UnsafeMutablePointer<Float>, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: UnsafePointer<Float>, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: UnsafePointer<Float>, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool, _ depthBlock: Int,
  _ copiesA: Bool, _ copiesB: Bool
) {
  var buffers = InlineArray<65_536, Float>(repeating: 0)
  var span = buffers.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let left = memory.baseAddress else { return }
    // SAFETY: blocks are at most 192 rows × 256 deep, so copies take 52 224 and 8192 floats.
    let right = unsafe left + 57_344
    let block = depthBlock > 0 ? min(depthBlock, copyDepth) : copyDepth
    var k = 0
    while k < depth {
      let count = min(block, depth - k)
      let from = k == 0 ? start : startAccumulate
      let rectify = relu && k + count >= depth
      var row = 0
      while row < rows {
        let height = min(copyRows, rows - row)
        let source = unsafe a + (row * aRowStride + k * aDepthStride)
        let alongRows = aDepthStride == 1
        if copiesA && alongRows {
          for i in 0..<height {
            unsafe copyFloats(left + i * copyStride, source + i * aRowStride, count)
          }
        } else if copiesA {
          for i in 0..<count {
            unsafe copyFloats(left + i * copyRows, source + i * aDepthStride, height)
          }
        }
        var panel = 0
        while panel * 32 < columns {
          let width = min(32, columns - 32 * panel)
          let full = copiesB && width == 32
          let from32 = unsafe b + (panel * bPanelStride + k * bDepthStride)
          if full {
            for i in 0..<count {
              unsafe store16(right, 32 * i, load16(from32, i * bDepthStride))
              unsafe store16(right, 32 * i + 16, load16(from32, i * bDepthStride + 16))
            }
          }
          unsafe multiplyPanel(
            c + (panel * cPanelStride + row * cRowStride), cRowStride,
            copiesA ? UnsafePointer(left) : source,
            copiesA ? (alongRows ? copyStride : 1) : aRowStride,
            copiesA ? (alongRows ? 1 : copyRows) : aDepthStride,
            full ? UnsafePointer(right) : from32, full ? 32 : bDepthStride, padded, height, width,
            count, from, start == startBias ? bias + 32 * panel : bias, rectify)
          panel += 1
        }
        row += height
      }
      k += count
    }
  }
}

/// Copies `count` floats.
@inline(always)
private func copyFloats(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  var i = 0
  // SAFETY: the caller owns `count` floats behind both pointers.
  while i + 16 <= count {
    unsafe store16(y, i, load16(x, i))
    i += 16
  }
  while i < count {
    unsafe y[i] = x[i]
    i += 1
  }
}
