internal import KernelInterface

/// How much is worked on at a time: rows of A, a multiple of every tile, and the depth of the copies.
private typealias CopyBlock = (rows: Int, depth: Int)

/// With a copy of A, which stays in the second-level cache, and panels of B that fit the first-level cache.
@inline(always) private var shallowBlock: CopyBlock { (192, 256) }

/// With panels of B alone: many rows read each copy, and C is written once for all of a depth of 1024.
@inline(always) private var deepBlock: CopyBlock { (blockRows, 1024) }

/// Whether a block of A is read faster from a copy with a short stride.
///
/// Down a column every k is on another page. Along rows the prefetcher keeps up, even where rows are 4 KiB apart and a tile's rows
/// fall into one set of the first-level cache. The copy pays when several panels read it and A is larger than the second-level cache.
@inline(always)
func worthCopyingA(
  _ aRowStride: Int, _ aDepthStride: Int, _ rows: Int, _ columns: Int, _ depth: Int
) -> Bool {
  if rows < 24 || columns <= 32 || rows * columns * depth < 4_000_000 { return false }
  return aRowStride == 1 && aDepthStride >= 256 && aDepthStride * depth >= 524_288
}

/// Whether a panel of B is read faster from a copy, for the same reasons.
@inline(always)
func worthCopyingB(_ bDepthStride: Int, _ rows: Int, _ columns: Int, _ depth: Int) -> Bool {
  bDepthStride >= 256 && rows >= 48 && rows * columns * depth >= 4_000_000
}

/// `multiply` for large products: blocks of A and panels of B are copied where that is faster.
@inline(never)
func multiplyCopied(
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: FloatPointer, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: FloatPointer, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool, _ depthBlock: Int,
  _ copiesA: Bool, _ copiesB: Bool
) {
  if copiesA {
    var buffers = InlineArray<57_344, Float>(repeating: 0)
    var span = buffers.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { memory in
      guard let left = unsafe pointer(memory) else { return }
      // SAFETY: 256 rows of 192 floats, then 256 of 32.
      unsafe multiplyBlocks(
        left, left + 49_152, shallowBlock, c, cPanelStride, cRowStride, a, aRowStride,
        aDepthStride, b, bPanelStride, bDepthStride, padded, rows, columns, depth, start, bias,
        relu, depthBlock, copiesA, copiesB)
    }
  } else {
    var buffers = InlineArray<32_768, Float>(repeating: 0)
    var span = buffers.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { memory in
      guard let right = unsafe pointer(memory) else { return }
      // SAFETY: 1024 rows of 32 floats; A is not copied.
      unsafe multiplyBlocks(
        right, right, deepBlock, c, cPanelStride, cRowStride, a, aRowStride, aDepthStride, b,
        bPanelStride, bDepthStride, padded, rows, columns, depth, start, bias, relu, depthBlock,
        copiesA, copiesB)
    }
  }
}

/// `multiplyCopied` with room for a block of A and a panel of B.
private func multiplyBlocks(
  _ left: MutableFloatPointer, _ right: MutableFloatPointer, _ size: CopyBlock,
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: FloatPointer, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: FloatPointer, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool, _ depthBlock: Int,
  _ copiesA: Bool, _ copiesB: Bool
) {
  let block = depthBlock > 0 ? min(depthBlock, size.depth) : size.depth
  var k = 0
  // SAFETY: the caller owns the matrices and copies of this size.
  while k < depth {
    let count = min(block, depth - k)
    let from = k == 0 ? start : startAccumulate
    let rectify = relu && k + count >= depth
    var row = 0
    while row < rows {
      let height = min(size.rows, rows - row)
      let source = unsafe a + (row * aRowStride + k * aDepthStride)
      if copiesA {
        for i in 0..<count {
          unsafe copyFloats(left + i * size.rows, source + i * aDepthStride, height)
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
          copiesA ? FloatPointer(left) : source,
          copiesA ? 1 : aRowStride,
          copiesA ? size.rows : aDepthStride,
          full ? FloatPointer(right) : from32, full ? 32 : bDepthStride, padded, height, width,
          count, from, start == startBias ? bias + 32 * panel : bias, rectify, 0, 0)
        panel += 1
      }
      row += height
    }
    k += count
  }
}

/// Copies `count` floats.
@inline(always)
private func copyFloats(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
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
