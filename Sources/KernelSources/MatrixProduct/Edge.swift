internal import KernelInterface

/// Rows of C that an edge computes at a time.
@inline(always) private var edgeRows: Int { 12 }

/// A tile column that ends within a vector, computed in full width in a buffer on the stack.
func walkEdge(
  _ c: MutableFloatPointer, _ cStride: Int,
  _ a: FloatPointer, _ aStride: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int, _ rows: Int, _ width: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  var buffer = InlineArray<416, Float>(repeating: 0)
  var span = buffer.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let wideBias = unsafe pointer(memory) else { return }
    // SAFETY: the bias and 12 rows of C, 32 wide, take 416 floats.
    let tile = unsafe wideBias + 32
    if start == startBias { unsafe copyRow(wideBias, bias, width) }
    var row = 0
    while row < rows {
      let height = min(edgeRows, rows - row)
      let target = unsafe c + row * cStride
      if start == startAccumulate {
        for i in 0..<height { unsafe copyRow(tile + 32 * i, target + i * cStride, width) }
      }
      if width > vectorWidth {
        unsafe walkColumns(
          tile, 32, a + row * aStride, aStride, walk, b, bStride, height, start, wideBias, relu)
      } else {
        unsafe walkNarrow(
          tile, 32, a + row * aStride, aStride, walk, b, bStride, height, start, wideBias, relu)
      }
      for i in 0..<height { unsafe copyRow(target + i * cStride, tile + 32 * i, width) }
      row += height
    }
  }
}

/// Columns of a C whose rows follow each other without a gap: stored in full width.
///
/// What a row writes behind its end belongs to the rows after it, which are computed later. Only the last rows, behind
/// which there are none, take the way through the buffer, unless C is `open`.
func walkDense(
  _ c: MutableFloatPointer, _ cStride: Int,
  _ a: FloatPointer, _ aStride: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int, _ rows: Int, _ columns: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool, _ open: Bool
) {
  let excess = (columns + vectorWidth - 1) / vectorWidth * vectorWidth - columns
  let guarded = open ? 0 : min(rows, (excess + columns - 1) / columns)
  let free = rows - guarded
  var wideBias = InlineArray<64, Float>(repeating: 0)
  var span = wideBias.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let padded = unsafe pointer(memory) else { return }
    // SAFETY: rows 0 ..< free write at most `excess` floats into the rows behind them; the bias has at most 32 floats.
    if start == startBias { unsafe copyRow(padded, bias, columns) }
    // The last columns first: what they spill into the next row's first columns is then overwritten.
    let whole = columns / tileWidth * tileWidth
    let last = unsafe c + whole
    if columns - whole > vectorWidth {
      unsafe walkColumns(
        last, cStride, a, aStride, walk, b + whole, bStride, free, start, padded + whole, relu)
    } else {
      unsafe walkNarrow(
        last, cStride, a, aStride, walk, b + whole, bStride, free, start, padded + whole, relu)
    }
    var column = 0
    while column < whole {
      unsafe walkColumns(
        c + column, cStride, a, aStride, walk, b + column, bStride, free, start, padded + column,
        relu)
      column += tileWidth
    }
    column = 0
    while column < columns && guarded > 0 {
      let width = min(tileWidth, columns - column)
      unsafe walkEdge(
        c + (free * cStride + column), cStride, a + free * aStride, aStride, walk, b + column,
        bStride, guarded, width, start, padded + column, relu)
      column += width
    }
  }
}

/// `walkPanel` for a plain product whose last panel of B must not be read beyond its columns: B is copied, padded with +0.
func walkUnpadded(
  _ c: MutableFloatPointer, _ cStride: Int,
  _ a: FloatPointer, _ aStride: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int, _ rows: Int, _ columns: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  var buffer = InlineArray<2048, Float>(repeating: 0)
  var span = buffer.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let panel = unsafe pointer(memory) else { return }
    var k = 0
    repeat {
      // SAFETY: 64 rows of 32 floats fit the buffer; the caller owns `columns` floats in each row of B.
      let count = min(64, walk.depth - k)
      for i in 0..<count { unsafe copyRow(panel + 32 * i, b + (k + i) * bStride, columns) }
      var part = walk
      part.depth = count
      unsafe walkPanel(
        c, cStride, a + k * walk.depthStride, aStride, part, panel, 32, rows, columns,
        k == 0 ? start : startAccumulate, bias, relu && k + count >= walk.depth)
      k += count
    } while k < walk.depth
  }
}

/// Copies `width` ≤ 32 floats.
@inline(always)
func copyRow(_ y: MutableFloatPointer, _ x: FloatPointer, _ width: Int) {
  var j = 0
  // SAFETY: the caller owns `width` floats behind both pointers.
  while width - j >= 16 {
    unsafe store16(y, j, load16(x, j))
    j += 16
  }
  if width - j >= 8 {
    unsafe store8(y, j, load8(x, j))
    j += 8
  }
  while j < width {
    unsafe y[j] = x[j]
    j += 1
  }
}
