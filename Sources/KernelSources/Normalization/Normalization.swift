/// sums[j] = the chain fma(d, d, acc) with d = x[row, j] − mean[j], rows ascending; from +0, or from what `sums` holds.
@inline(never)
public func columnSquares(
  _ sums: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ mean: UnsafePointer<Float>,
  _ rowStride: Int, _ rows: Int, _ columns: Int, _ accumulate: Bool
) {
  // SAFETY: here and below, the caller owns `columns` elements of each vector and rows × columns elements of each matrix,
  // rows `rowStride` apart.
  if !accumulate { for j in 0..<columns { unsafe sums[j] = 0 } }
  for row in 0..<rows {
    let from = unsafe x + row * rowStride
    for j in 0..<columns {
      let d = unsafe from[j] - mean[j]
      unsafe sums[j] = sums[j].addingProduct(d, d)
    }
  }
}

/// sums[j] = the chain fma(dy[row, j], x[row, j] − mean[j], acc), rows ascending; from +0, or from what `sums` holds.
@inline(never)
public func columnProducts(
  _ sums: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
  _ mean: UnsafePointer<Float>, _ rowStride: Int, _ rows: Int, _ columns: Int,
  _ accumulate: Bool
) {
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

/// y[row, j] = fma(x[row, j], scale[j], shift[j]), then relu if wanted. In place is allowed.
@inline(never)
public func scaleShift(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
  _ shift: UnsafePointer<Float>, _ rowStride: Int, _ rows: Int, _ columns: Int, _ relu: Bool
) {
  for row in 0..<rows {
    let from = unsafe x + row * rowStride
    let to = unsafe y + row * rowStride
    if relu {
      for j in 0..<columns {
        let value = unsafe shift[j].addingProduct(from[j], scale[j])
        unsafe to[j] = value < 0 ? 0 : value
      }
    } else {
      for j in 0..<columns { unsafe to[j] = shift[j].addingProduct(from[j], scale[j]) }
    }
  }
}

/// dx[row, j] = fma(dy[row, j], a[j], fma(x[row, j] − mean[j], b[j], c[j])). dx may be dy.
@inline(never)
public func normalizationGradient(
  _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
  _ mean: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
  _ c: UnsafePointer<Float>, _ rowStride: Int, _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    let from = unsafe x + row * rowStride
    let gradient = unsafe dy + row * rowStride
    let to = unsafe dx + row * rowStride
    for j in 0..<columns {
      let d = unsafe from[j] - mean[j]
      let inner = unsafe c[j].addingProduct(d, b[j])
      unsafe to[j] = inner.addingProduct(gradient[j], a[j])
    }
  }
}
