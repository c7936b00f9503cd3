internal import KernelInterface

/// Columns of a wide tile.
@inline(always) var tileWidth: Int { 2 * vectorWidth }

/// Computes `columns` ≤ 32 columns of `rows` rows of C along a walk.
///
/// B may be read up to the next multiple of 32 columns. If C is `open`, 32 floats behind its
/// last row may be overwritten.
func walkPanel(
  _ c: MutableFloatPointer, _ cStride: Int,
  _ a: FloatPointer, _ aStride: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int, _ rows: Int, _ columns: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool, _ open: Bool = false
) {
  if columns == cStride && columns % vectorWidth != 0 && start != startAccumulate {
    // SAFETY: as below.
    return unsafe walkDense(
      c, cStride, a, aStride, walk, b, bStride, rows, columns, start, bias, relu, open)
  }
  var column = 0
  while column < columns {
    let width = min(tileWidth, columns - column)
    // SAFETY: the caller owns every row and column named here; B is padded.
    let target = unsafe c + column
    let right = unsafe b + column
    let from = unsafe start == startBias ? bias + column : bias
    if width == tileWidth {
      unsafe walkColumns(target, cStride, a, aStride, walk, right, bStride, rows, start, from, relu)
    } else if width == vectorWidth {
      unsafe walkNarrow(target, cStride, a, aStride, walk, right, bStride, rows, start, from, relu)
    } else {
      unsafe walkEdge(
        target, cStride, a, aStride, walk, right, bStride, rows, width, start, from, relu)
    }
    column += width
  }
}

/// Rows of the next tile: the largest one, but never so that one or two rows stay behind, which would run at half speed.
@inline(always)
private func nextRows(_ rows: Int) -> Int {
  #if TILE_12X32
    if rows >= 15 || rows == 12 { return 12 }
    if rows > 12 { return 8 }
  #else
    if rows >= 9 || rows == 6 { return 6 }
    if rows > 6 { return 4 }
  #endif
  return rows
}

/// Full tile columns.
func walkColumns(
  _ c: MutableFloatPointer, _ cStride: Int,
  _ a: FloatPointer, _ aStride: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int, _ rows: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  var row = 0
  var walk = walk
  while row < rows {
    let count = nextRows(rows - row)
    let odd = count & 1 != 0
    let cLast = odd ? 0 : cStride
    let aLast = odd ? 0 : aStride
    // SAFETY: row + count ≤ rows; the second row of an odd last pair is its first.
    let to = unsafe c + row * cStride
    let from = unsafe a + row * aStride
    switch (count + 1) / 2 {
    case 1:
      unsafe tile2(to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    case 2:
      unsafe tile4(to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    case 3:
      unsafe tile6(to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    #if TILE_12X32
      case 4:
        unsafe tile8(to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
      case 5:
        unsafe tile10(to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
      default:
        unsafe tile12(to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    #else
      default: break
    #endif
    }
    walk.ahead += walk.aheadStride * walk.depth
    row += count
  }
}

/// Columns of one vector.
func walkNarrow(
  _ c: MutableFloatPointer, _ cStride: Int,
  _ a: FloatPointer, _ aStride: Int, _ walk: Walk,
  _ b: FloatPointer, _ bStride: Int, _ rows: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  var row = 0
  while row < rows {
    let left = rows - row
    let count = left >= 18 || left == 12 ? 12 : left > 12 ? 8 : left
    let odd = count & 1 != 0
    let cLast = odd ? 0 : cStride
    let aLast = odd ? 0 : aStride
    // SAFETY: as in `walkColumns`.
    let to = unsafe c + row * cStride
    let from = unsafe a + row * aStride
    switch (count + 1) / 2 {
    case 1:
      unsafe narrowTile2(
        to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    case 2:
      unsafe narrowTile4(
        to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    case 3:
      unsafe narrowTile6(
        to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    case 4:
      unsafe narrowTile8(
        to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    case 5:
      unsafe narrowTile10(
        to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    default:
      unsafe narrowTile12(
        to, cStride, cLast, from, aStride, aLast, walk, b, bStride, start, bias, relu)
    }
    row += count
  }
}
