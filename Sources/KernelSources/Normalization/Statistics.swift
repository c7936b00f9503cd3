internal import KernelInterface

// Statistics over the rows (sample, position) of a matrix: blocks of 64 rows, each a chain from +0 over ascending rows, combined pairwise,
// an odd one carried up. Chains of thousands of rows lose three digits where a channel is nearly constant.

/// Rows of one block.
@inline(always) private var statisticRows: Int { 64 }

/// Columns that are worked off together: their partial sums lie in a buffer of the stack.
@inline(always) private var groupColumns: Int { 128 }

/// What a statistic reads, rows `rowStride` apart.
private typealias Operands = (
  x: FloatPointer, dy: FloatPointer, mean: FloatPointer,
  scale: FloatPointer, shift: FloatPointer, rowStride: Int
)

/// Which statistic: constants of each call.
@inline(always) private var kindSums: Int { 0 }
@inline(always) private var kindSquares: Int { 1 }
@inline(always) private var kindGradient: Int { 2 }
@inline(always) private var kindRectifiedGradient: Int { 3 }

/// sums[j] = Σ x[row, j].
@inline(never)
func rawStatisticSums(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int, _ rows: Int,
  _ columns: Int
) {
  // SAFETY: here and below, the caller owns `columns` elements of each vector and rows × columns elements of each matrix,
  // rows `rowStride` apart; what a kind does not read is given any pointer.
  unsafe statistic(kindSums, sums, sums, (x, x, x, x, x, rowStride), rows, columns)
}

/// sums[j] = Σ fma(d, d, acc) with d = x[row, j] − mean[j].
@inline(never)
func rawStatisticSquares(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ mean: FloatPointer,
  _ rowStride: Int, _ rows: Int, _ columns: Int
) {
  unsafe statistic(kindSquares, sums, sums, (x, x, mean, mean, mean, rowStride), rows, columns)
}

/// What the gradient of a normalization sums: with dz = dy, or fma(x, scale, shift) ≤ 0 ? +0 : dy behind a relu, for each column
/// sums[j] = Σ dz[row, j] and products[j] = Σ fma(dz[row, j], x[row, j] − mean[j], acc).
@inline(never)
func rawNormalizationSums(
  _ products: MutableFloatPointer, _ sums: MutableFloatPointer,
  _ dy: FloatPointer, _ x: FloatPointer, _ mean: FloatPointer,
  _ scale: FloatPointer, _ shift: FloatPointer, _ relu: Bool,
  _ rowStride: Int, _ rows: Int, _ columns: Int
) {
  unsafe statistic(
    relu ? kindRectifiedGradient : kindGradient, sums, products,
    (x, dy, mean, scale, shift, rowStride), rows, columns)
}

/// A statistic of all columns, group by group.
@inline(always)
private func statistic(
  _ kind: Int, _ sums: MutableFloatPointer, _ products: MutableFloatPointer,
  _ operands: Operands, _ rows: Int, _ columns: Int
) {
  var j = 0
  while j < columns {
    // SAFETY: as above.
    unsafe statisticTree(
      kind, sums + j, products + j,
      (
        operands.x + j, operands.dy + j, operands.mean + j, operands.scale + j,
        operands.shift + j, operands.rowStride
      ), rows, min(groupColumns, columns - j))
    j += groupColumns
  }
}

/// The pairwise combination of the blocks of some rows, by recursion on the largest power of two below their number.
///
/// This is the same tree as level by level with an odd one carried up.
private func statisticTree(
  _ kind: Int, _ sums: MutableFloatPointer, _ products: MutableFloatPointer,
  _ operands: Operands, _ rows: Int, _ columns: Int
) {
  if rows <= statisticRows {
    // SAFETY: here and below, as above; the buffer holds two vectors of a group's columns.
    return unsafe statisticBlock(kind, sums, products, operands, rows, columns)
  }
  var left = statisticRows
  while left * 2 < rows { left *= 2 }
  unsafe statisticTree(kind, sums, products, operands, left, columns)
  var buffer = InlineArray<256, Float>(repeating: 0)
  var span = buffer.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let other = unsafe pointer(memory) else { return }
    let at = unsafe left * operands.rowStride
    unsafe statisticTree(
      kind, other, other + groupColumns,
      (
        operands.x + at, operands.dy + at, operands.mean, operands.scale, operands.shift,
        operands.rowStride
      ), rows - left, columns)
    for j in 0..<columns { unsafe sums[j] = sums[j] + other[j] }
    if kind >= kindGradient {
      for j in 0..<columns { unsafe products[j] = products[j] + other[groupColumns + j] }
    }
  }
}

/// The chains of one block.
@inline(always)
private func statisticBlock(
  _ kind: Int, _ sums: MutableFloatPointer, _ products: MutableFloatPointer,
  _ operands: Operands, _ rows: Int, _ columns: Int
) {
  if kind == kindSums {
    unsafe rawColumnSums(sums, operands.x, operands.rowStride, rows, columns, false)
  } else if kind == kindSquares {
    unsafe blockSquares(sums, operands, rows, columns)
  } else {
    unsafe blockGradients(
      kind == kindRectifiedGradient, sums, products, operands, rows, columns)
  }
}

private func blockSquares(
  _ sums: MutableFloatPointer, _ operands: Operands, _ rows: Int, _ columns: Int
) {
  let whole = columns & ~15
  var j = 0
  while j < whole {
    var sum = SIMD16<Float>.zero
    let center = unsafe load16(operands.mean, j)
    var from = unsafe operands.x + j
    for _ in 0..<rows {
      let d = unsafe load16(from, 0) - center
      sum = sum.addingProduct(d, d)
      unsafe from += operands.rowStride
    }
    unsafe store16(sums, j, sum)
    j += 16
  }
  for j in whole..<columns {
    var sum: Float = 0
    for row in 0..<rows {
      let d = unsafe operands.x[row &* operands.rowStride &+ j] - operands.mean[j]
      sum = sum.addingProduct(d, d)
    }
    unsafe sums[j] = sum
  }
}

private func blockGradients(
  _ relu: Bool, _ sums: MutableFloatPointer, _ products: MutableFloatPointer,
  _ operands: Operands, _ rows: Int, _ columns: Int
) {
  let whole = columns & ~15
  var j = 0
  while j < whole {
    var sum = SIMD16<Float>.zero
    var product = SIMD16<Float>.zero
    let center = unsafe load16(operands.mean, j)
    let factor = unsafe load16(operands.scale, j)
    let offset = unsafe load16(operands.shift, j)
    var from = unsafe operands.x + j
    var gradient = unsafe operands.dy + j
    for _ in 0..<rows {
      let value = unsafe load16(from, 0)
      var dz = unsafe load16(gradient, 0)
      if relu { dz = dz.replacing(with: 0, where: offset.addingProduct(value, factor) .<= 0) }
      sum += dz
      product = product.addingProduct(dz, value - center)
      unsafe from += operands.rowStride
      unsafe gradient += operands.rowStride
    }
    unsafe store16(sums, j, sum)
    unsafe store16(products, j, product)
    j += 16
  }
  for j in whole..<columns {
    var sum: Float = 0
    var product: Float = 0
    for row in 0..<rows {
      let value = unsafe operands.x[row &* operands.rowStride &+ j]
      var dz = unsafe operands.dy[row &* operands.rowStride &+ j]
      if unsafe relu && operands.shift[j].addingProduct(value, operands.scale[j]) <= 0 { dz = 0 }
      sum += dz
      product = unsafe product.addingProduct(dz, value - operands.mean[j])
    }
    unsafe sums[j] = sum
    unsafe products[j] = product
  }
}
