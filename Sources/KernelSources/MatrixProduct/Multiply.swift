/// The chains of a product begin from +0.
@inline(always) var startZero: Int { 0 }
/// The chains of a product begin from the bias of their column.
@inline(always) var startBias: Int { 1 }
/// The chains of a product begin from what C holds.
@inline(always) var startAccumulate: Int { 2 }

/// Computes C = start + A · B, each element one chain of `fma(a, b, acc)` in ascending k.
///
/// Element (i, k) of A is `a[i * aRowStride + k * aDepthStride]`. Columns come in panels of 32: element (k, 32p + j) of B
/// is `b[p * bPanelStride + k * bDepthStride + j]`, element (i, 32p + j) of C is
/// `c[p * cPanelStride + i * cRowStride + j]`. Nothing beyond column `columns` is written, nor read unless `padded`.
///
/// A block of `depthBlock` k reloads its accumulators from C, so its size (0: automatic) changes no bit.
@inline(never)
public func multiply(
  _ c: UnsafeMutablePointer<Float>, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: UnsafePointer<Float>, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: UnsafePointer<Float>, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool, _ depthBlock: Int
) {
  let copiesA = worthCopyingA(aRowStride, aDepthStride, rows, columns, depth)
  let copiesB = worthCopyingB(bDepthStride, rows, columns, depth)
  // SAFETY: here and below, the caller owns every element of A, B, C and the bias that the documentation names.
  if copiesA || copiesB {
    return unsafe multiplyCopied(
      c, cPanelStride, cRowStride, a, aRowStride, aDepthStride, b, bPanelStride, bDepthStride,
      padded, rows, columns, depth, start, bias, relu, depthBlock, copiesA, copiesB)
  }
  // Down columns of A, blocks keep the pages near; along rows the prefetcher does.
  let automatic = aDepthStride == 1 ? 4096 : 512
  let block = depthBlock > 0 ? depthBlock : automatic
  var k = 0
  repeat {
    let count = min(block, depth - k)
    let from = k == 0 ? start : startAccumulate
    let rectify = relu && k + count >= depth
    var row = 0
    while row < rows {
      let height = min(blockRows, rows - row)
      var panel = 0
      while panel * 32 < columns {
        unsafe multiplyPanel(
          c + (panel * cPanelStride + row * cRowStride), cRowStride,
          a + (row * aRowStride + k * aDepthStride), aRowStride, aDepthStride,
          b + (panel * bPanelStride + k * bDepthStride), bDepthStride, padded, height,
          min(32, columns - 32 * panel), count, from,
          start == startBias ? bias + 32 * panel : bias, rectify)
        panel += 1
      }
      row += height
    }
    k += count
  } while k < depth
}

/// Rows of A that all panels are multiplied with before the next rows: they stay in the second-level cache.
@inline(always) private var blockRows: Int { 192 }

/// One panel of at most 32 columns.
func multiplyPanel(
  _ c: UnsafeMutablePointer<Float>, _ cRowStride: Int,
  _ a: UnsafePointer<Float>, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: UnsafePointer<Float>, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var column = 0
  while column < columns {
    let width = min(2 * vectorWidth, columns - column)
    // SAFETY: the columns stay within the panel.
    if width == 2 * vectorWidth {
      unsafe multiplyColumns(
        c + column, cRowStride, a, aRowStride, aDepthStride, b + column, bDepthStride, rows, depth,
        start, start == startBias ? bias + column : bias, relu)
    } else {
      unsafe multiplyEdge(
        c + column, cRowStride, a, aRowStride, aDepthStride, b + column, bDepthStride, padded,
        rows, width, depth, start, start == startBias ? bias + column : bias, relu)
    }
    column += width
  }
}

/// Full tile columns: as many rows as possible in large tiles, an odd last row in a tile that computes it twice.
func multiplyColumns(
  _ c: UnsafeMutablePointer<Float>, _ cRowStride: Int,
  _ a: UnsafePointer<Float>, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: UnsafePointer<Float>, _ bDepthStride: Int, _ rows: Int, _ depth: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  var row = 0
  // SAFETY: row + the rows of the tile stay within `rows`.
  #if TILE_12X32
    while row + 12 <= rows {
      unsafe tile12(
        c + row * cRowStride, cRowStride, a + row * aRowStride, aRowStride, aDepthStride,
        b, bDepthStride, depth, start, bias, relu)
      row += 12
    }
    if row + 8 <= rows {
      unsafe tile8(
        c + row * cRowStride, cRowStride, a + row * aRowStride, aRowStride, aDepthStride,
        b, bDepthStride, depth, start, bias, relu)
      row += 8
    }
  #endif
  while row + 6 <= rows {
    unsafe tile6(
      c + row * cRowStride, cRowStride, a + row * aRowStride, aRowStride, aDepthStride,
      b, bDepthStride, depth, start, bias, relu)
    row += 6
  }
  if row + 4 <= rows {
    unsafe tile4(
      c + row * cRowStride, cRowStride, a + row * aRowStride, aRowStride, aDepthStride,
      b, bDepthStride, depth, start, bias, relu)
    row += 4
  }
  if row + 2 <= rows {
    unsafe tile2(
      c + row * cRowStride, cRowStride, a + row * aRowStride, aRowStride, aDepthStride,
      b, bDepthStride, depth, start, bias, relu)
    row += 2
  }
  if row < rows {
    // Row strides of 0 make both rows of the pair the same one, in C too.
    unsafe tile2(
      c + row * cRowStride, 0, a + row * aRowStride, 0, aDepthStride,
      b, bDepthStride, depth, start, bias, relu)
  }
}
