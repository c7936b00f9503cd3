internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

extension KernelSet {
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
  public func multiply(
    c: UnsafeMutablePointer<Float>,
    cPanelStride: Int,
    cRowStride: Int,
    a: UnsafePointer<Float>,
    aRowStride: Int,
    aDepthStride: Int,
    b: UnsafePointer<Float>,
    bPanelStride: Int,
    bDepthStride: Int,
    bPadded padded: Bool,
    rows: Int,
    columns: Int,
    depth: Int,
    start: MatrixStart = .zero,
    bias: UnsafePointer<Float>? = nil,
    relu: Bool = false,
    depthBlock: Int = 0
  ) {
    unsafe precondition(
      start != .bias || bias != nil, "a product that starts from the bias needs one")
    let from = start.rawValue
    // SAFETY: without a bias the pointer is never read.
    let vector = unsafe bias ?? a
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.multiply(
        c, cPanelStride, cRowStride, a, aRowStride, aDepthStride, b, bPanelStride,
        bDepthStride, padded, rows, columns, depth, from, vector, relu, depthBlock)
    case .v3:
      unsafe KernelsV3.multiply(
        c, cPanelStride, cRowStride, a, aRowStride, aDepthStride, b, bPanelStride,
        bDepthStride, padded, rows, columns, depth, from, vector, relu, depthBlock)
    case .v4:
      unsafe KernelsV4.multiply(
        c, cPanelStride, cRowStride, a, aRowStride, aDepthStride, b, bPanelStride,
        bDepthStride, padded, rows, columns, depth, from, vector, relu, depthBlock)
    }
  }
}
