internal import KernelInterface

/// sums[j] = the chain fma(dy[row, j], x[row, j] − mean[j], acc), rows ascending; from +0, or from what `sums` holds.
@inline(never)
func rawColumnProducts(
  _ sums: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ mean: FloatPointer, _ rowStride: Int, _ rows: Int, _ columns: Int,
  _ accumulate: Bool
) {
  // SAFETY: here and below, the caller owns `columns` elements of each vector and rows × columns elements of each matrix,
  // rows `rowStride` apart.
  if !accumulate { for j in 0..<columns { unsafe sums[j] = 0 } }
  for row in 0..<rows {
    let from = unsafe x + row * rowStride
    let gradient = unsafe dy + row * rowStride
    for j in 0..<columns {
      let d = unsafe from[j] - mean[j]
      unsafe sums[j] = sums[j].addingProduct(gradient[j], d)
    }
  }
}

/// y[row, j] = fma(x[row, j], scale[j], shift[j]), then relu if wanted.
///
/// In place is allowed.
@inline(never)
func rawScaleShift(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ scale: FloatPointer,
  _ shift: FloatPointer, _ rowStride: Int, _ rows: Int, _ columns: Int, _ relu: Bool
) {
  let whole = columns & ~15
  forStrips(rows, whole, columns) { row, strip, j in
    let factor = unsafe load16(scale, j)
    let offset = unsafe load16(shift, j)
    var from = unsafe x + (row &* rowStride &+ j)
    var to = unsafe y + (row &* rowStride &+ j)
    for _ in 0..<strip {
      var value = unsafe offset.addingProduct(load16(from, 0), factor)
      if relu { value = value.replacing(with: 0, where: value .< 0) }
      unsafe store16(to, 0, value)
      unsafe from += rowStride
      unsafe to += rowStride
    }
  }
  if whole == columns { return }
  for row in 0..<rows {
    let from = unsafe x + row * rowStride
    let to = unsafe y + row * rowStride
    for j in whole..<columns {
      let value = unsafe shift[j].addingProduct(from[j], scale[j])
      unsafe to[j] = relu && value < 0 ? 0 : value
    }
  }
}

/// y[row, j] = fma(x[row, j], scale[j], shift[j]) + addend[row, j], then relu if wanted.
@inline(never)
func rawScaleShiftAdd(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ scale: FloatPointer,
  _ shift: FloatPointer, _ addend: FloatPointer, _ rows: Int, _ columns: Int,
  _ relu: Bool
) {
  let whole = columns & ~15
  for row in 0..<rows {
    let from = unsafe x + row * columns
    let other = unsafe addend + row * columns
    let to = unsafe y + row * columns
    var j = 0
    while j < whole {
      let normalized = unsafe load16(shift, j).addingProduct(load16(from, j), load16(scale, j))
      var value = unsafe normalized + load16(other, j)
      if relu { value = value.replacing(with: 0, where: value .< 0) }
      unsafe store16(to, j, value)
      j += 16
    }
    for j in whole..<columns {
      let value = unsafe shift[j].addingProduct(from[j], scale[j]) + other[j]
      unsafe to[j] = relu && value < 0 ? 0 : value
    }
  }
}

/// dx[row, j] = fma(dz[row, j], scale[j], fma(x[row, j] − mean[j], b[j], c[j])).
///
/// With dz as in `normalizationSums`; dx may be dy.
@inline(never)
func rawNormalizationGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ mean: FloatPointer, _ scale: FloatPointer, _ shift: FloatPointer,
  _ relu: Bool, _ b: FloatPointer, _ c: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int
) {
  let whole = columns & ~15
  forStrips(rows, whole, columns) { row, strip, j in
    let center = unsafe load16(mean, j)
    let factor = unsafe load16(scale, j)
    let offset = unsafe load16(shift, j)
    let slope = unsafe load16(b, j)
    let level = unsafe load16(c, j)
    var from = unsafe x + (row &* rowStride &+ j)
    var gradient = unsafe dy + (row &* rowStride &+ j)
    var to = unsafe dx + (row &* rowStride &+ j)
    for _ in 0..<strip {
      let value = unsafe load16(from, 0)
      var dz = unsafe load16(gradient, 0)
      if relu { dz = dz.replacing(with: 0, where: offset.addingProduct(value, factor) .<= 0) }
      unsafe store16(to, 0, level.addingProduct(value - center, slope).addingProduct(dz, factor))
      unsafe from += rowStride
      unsafe gradient += rowStride
      unsafe to += rowStride
    }
  }
  if whole == columns { return }
  for row in 0..<rows {
    let from = unsafe x + row * rowStride
    let gradient = unsafe dy + row * rowStride
    let to = unsafe dx + row * rowStride
    for j in whole..<columns {
      var dz = unsafe gradient[j]
      if unsafe relu && shift[j].addingProduct(from[j], scale[j]) <= 0 { dz = 0 }
      let inner = unsafe c[j].addingProduct(from[j] - mean[j], b[j])
      unsafe to[j] = inner.addingProduct(dz, scale[j])
    }
  }
}

/// Calls `body` for each sixteen of the first `whole` columns over each strip of rows, strips ascending.
///
/// A strip is so short that the cache holds all its columns till they have been worked off.
@inline(always)
private func forStrips(
  _ rows: Int, _ whole: Int, _ columns: Int, _ body: (_ row: Int, _ strip: Int, _ j: Int) -> Void
) {
  let longest = columns <= 16 ? rows : max(1, 4096 / columns)
  var row = 0
  while row < rows {
    let strip = min(rows - row, longest)
    var j = 0
    while j < whole {
      body(row, strip, j)
      j += 16
    }
    row += strip
  }
}
