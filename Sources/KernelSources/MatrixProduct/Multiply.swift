internal import KernelInterface

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
func rawMultiply(
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: FloatPointer, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: FloatPointer, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool, _ depthBlock: Int
) {
  if rows == 1 && aDepthStride == 1 && bDepthStride == 32 && padded && columns >= 64
    && depthBlock == 0
  {
    // SAFETY: as below, for one row.
    let done = unsafe multiplyRow(
      c, cPanelStride, a, b, bPanelStride, columns / 32, depth, start, bias, relu)
    if done * 32 == columns { return }
    return unsafe multiplyPanels(
      c + done * cPanelStride, cPanelStride, cRowStride, a, aRowStride, aDepthStride,
      b + done * bPanelStride, bPanelStride, bDepthStride, padded, rows, columns - done * 32, depth,
      start, start == startBias ? bias + done * 32 : bias, relu)
  }
  let copiesA = worthCopyingA(aRowStride, aDepthStride, rows, columns, depth)
  let copiesB = worthCopyingB(bDepthStride, rows, columns, depth)
  // SAFETY: here and below, the caller owns every element of A, B, C and the bias that the documentation names.
  if copiesA || copiesB {
    return unsafe multiplyCopied(
      c, cPanelStride, cRowStride, a, aRowStride, aDepthStride, b, bPanelStride, bDepthStride,
      padded, rows, columns, depth, start, bias, relu, depthBlock, copiesA, copiesB)
  }
  // Down columns of A, blocks of 64 keep their pages in the first-level TLB; along rows the prefetcher keeps up.
  let automatic = aDepthStride == 1 ? 4096 : 64
  let block = depthBlock > 0 ? depthBlock : automatic
  var k = 0
  repeat {
    let count = min(block, depth - k)
    let from = k == 0 ? start : startAccumulate
    let rectify = relu && k + count >= depth
    var row = 0
    while row < rows {
      let height = min(blockRows, rows - row)
      unsafe multiplyPanels(
        c + row * cRowStride, cPanelStride, cRowStride,
        a + (row * aRowStride + k * aDepthStride), aRowStride, aDepthStride,
        b + k * bDepthStride, bPanelStride, bDepthStride, padded, height, columns, count, from,
        bias,
        rectify)
      row += height
    }
    k += count
  } while k < depth
}

/// Rows of A that all panels are multiplied with before the next rows: they stay in the second-level cache.
@inline(always) var blockRows: Int { 288 }

/// All panels of a block of rows and depth, each of which fetches the next one.
private func multiplyPanels(
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: FloatPointer, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: FloatPointer, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  var panel = 0
  while panel * 32 < columns {
    // SAFETY: the panel begins within `columns`, and so does the one after it wherever it is fetched.
    let right = unsafe b + panel * bPanelStride
    let follows = bDepthStride == 32 && (panel + 1) * 32 < columns
    unsafe multiplyPanel(
      c + panel * cPanelStride, cRowStride, a, aRowStride, aDepthStride, right,
      bDepthStride, padded, rows, min(32, columns - 32 * panel), depth, start,
      start == startBias ? bias + 32 * panel : bias, relu, bPanelStride,
      follows ? aheadStride(rows) : 0)
    panel += 1
  }
}

/// How many floats of the next panel a tile fetches for one k, so that the panel is there when all tiles of this one are done.
///
/// A panel is read by some `rows` / 12 tiles, and only the first of them would wait for memory; a line has 16 floats.
@inline(always)
private func aheadStride(_ rows: Int) -> Int { min(16, (383 + rows) / rows) }

/// One panel of at most 32 columns of a plain product, while memory `ahead` of B is fetched (`Walk`).
func multiplyPanel(
  _ c: MutableFloatPointer, _ cRowStride: Int,
  _ a: FloatPointer, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: FloatPointer, _ bDepthStride: Int,
  _ padded: Bool, _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool,
  _ ahead: Int, _ aheadStride: Int
) {
  let walk: Walk = (
    outer: 1, outerStride: 0, inner: 1, innerStride: 0, depth: depth, depthStride: aDepthStride,
    ahead: ahead, aheadStride: aheadStride
  )
  // SAFETY: the caller owns the panel; without padding B is copied.
  if padded || columns % vectorWidth == 0 {
    unsafe walkPanel(
      c, cRowStride, a, aRowStride, walk, b, bDepthStride, rows, columns, start, bias, relu)
  } else {
    unsafe walkUnpadded(
      c, cRowStride, a, aRowStride, walk, b, bDepthStride, rows, columns, start, bias, relu)
  }
}
