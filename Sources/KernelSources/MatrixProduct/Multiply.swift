/// How the chains of a matrix product begin.
///
/// 0: from +0; 1: from the bias of their column; 2: from what C holds.
@inline(always) var startZero: Int { 0 }
@inline(always) var startBias: Int { 1 }
@inline(always) var startAccumulate: Int { 2 }

/// Computes C = start + A · B, each element one chain of `fma(a, b, acc)` in ascending k.
///
/// Element (i, k) of A is `a[i * aRowStride + k * aDepthStride]`. Columns come in panels of 32: element (k, 32p + j) of B
/// is `b[p * bPanelStride + k * bDepthStride + j]`, element (i, 32p + j) of C is
/// `c[p * cPanelStride + i * cRowStride + j]`. Nothing beyond column `columns` is read or written.
@inline(never)
public func multiply(
  _ c: UnsafeMutablePointer<Float>, _ cPanelStride: Int, _ cRowStride: Int,
  _ a: UnsafePointer<Float>, _ aRowStride: Int, _ aDepthStride: Int,
  _ b: UnsafePointer<Float>, _ bPanelStride: Int, _ bDepthStride: Int,
  _ padded: Bool,
  _ rows: Int, _ columns: Int, _ depth: Int,
  _ start: Int, _ bias: UnsafePointer<Float>, _ relu: Bool
) {
  for i in 0..<rows {
    for j in 0..<columns {
      // SAFETY: the caller owns all elements (i, j) of C, (i, k) of A, (k, j) of B, and the bias where it starts from it.
      let at = (j >> 5) * cPanelStride + i * cRowStride + (j & 31)
      var sum: Float = 0
      if start == startBias { unsafe sum = bias[j] }
      if start == startAccumulate { unsafe sum = c[at] }
      let column = (j >> 5) * bPanelStride + (j & 31)
      for k in 0..<depth {
        unsafe sum = sum.addingProduct(
          a[i * aRowStride + k * aDepthStride], b[column + k * bDepthStride])
      }
      if relu && sum < 0 { sum = 0 }
      unsafe c[at] = sum
    }
  }
}
