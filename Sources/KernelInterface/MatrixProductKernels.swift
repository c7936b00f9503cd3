/// Where the chains of a matrix product begin.
package enum MatrixStart: Int, Sendable {
  /// From +0.
  case zero = 0
  /// From the bias of the column.
  case bias = 1
  /// From what C holds: the next block of k.
  case accumulate = 2
}

/// Matrix products.
package protocol MatrixProductKernels {
  /// C = start + A · B, each element one chain of fma(a, b, acc) in ascending k; then relu if wanted.
  ///
  /// Element (i, k) of A is `a[i * aRowStride + k * aDepthStride]`. Columns come in panels of 32: element (k, 32p + j) of B is
  /// `b[p * bPanelStride + k * bDepthStride + j]`, element (i, 32p + j) of C is `c[p * cPanelStride + i * cRowStride + j]`. So
  /// rows of a plain matrix have panel stride 32, and panels `[depth][32]` have panel stride 32 · depth and row stride 32.
  ///
  /// - Parameters:
  ///   - c: Element (0, 0) of C.
  ///   - cPanelStride: Floats from a panel of C to the next.
  ///   - cRowStride: Floats from a row of a panel of C to the next.
  ///   - a: Element (0, 0) of A.
  ///   - aRowStride: Floats from a row of A to the next.
  ///   - aDepthStride: Floats from a k of A to the next.
  ///   - b: Element (0, 0) of B.
  ///   - bPanelStride: Floats from a panel of B to the next.
  ///   - bDepthStride: Floats from a k of a panel of B to the next.
  ///   - padded: Whether every row of the last panel of B may be read to its 32nd float. Else nothing beyond `columns` is read.
  ///   - rows: Rows of A and C.
  ///   - columns: Columns of B and C.
  ///   - depth: Columns of A, rows of B.
  ///   - start: Where the chains begin.
  ///   - bias: `columns` floats, if the chains begin there.
  ///   - relu: Whether negative results become +0.
  ///   - depthBlock: How many k to compute before the accumulators are reloaded; 0 chooses. It changes no bit.
  /// - Complexity: O(rows · columns · depth).
  func multiply(
    c: FloatSlice, cPanelStride: Int, cRowStride: Int, a: FloatSlice, aRowStride: Int,
    aDepthStride: Int, b: FloatSlice, bPanelStride: Int, bDepthStride: Int, bPadded padded: Bool,
    rows: Int, columns: Int, depth: Int, start: MatrixStart, bias: FloatSlice?, relu: Bool,
    depthBlock: Int)
}
