internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// What normalization needs, over matrices whose rows are (sample, position) and whose columns are channels.
///
/// Vectors have `columns` elements; rows begin `rowStride` apart.
extension KernelSet {
  /// sums[j] = Σ x[row, j], in blocks of 64 rows (rule 2).
  public func statisticSums(
    _ sums: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rowStride: Int, rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.statisticSums(sums, x, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.statisticSums(sums, x, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.statisticSums(sums, x, rowStride, rows, columns)
    }
  }

  /// sums[j] = Σ (x[row, j] − mean[j])², in blocks of 64 rows (rule 2), each square fused with its sum.
  public func statisticSquares(
    _ sums: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, mean: UnsafePointer<Float>,
    rowStride: Int, rows: Int, columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.statisticSquares(sums, x, mean, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.statisticSquares(sums, x, mean, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.statisticSquares(sums, x, mean, rowStride, rows, columns)
    }
  }

  /// sums[j] = the chain fma(dy[row, j], x[row, j] − mean[j], acc), rows ascending; from +0 unless `accumulating`.
  public func columnProducts(
    _ sums: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, rowStride: Int, rows: Int, columns: Int, accumulating: Bool
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.columnProducts(
        sums, dy, x, mean, rowStride, rows, columns, accumulating)
    case .v3:
      unsafe KernelsV3.columnProducts(
        sums, dy, x, mean, rowStride, rows, columns, accumulating)
    case .v4:
      unsafe KernelsV4.columnProducts(
        sums, dy, x, mean, rowStride, rows, columns, accumulating)
    }
  }

  /// y[row, j] = fma(x[row, j], scale[j], shift[j]), then relu if wanted; in place is allowed.
  public func scaleShift(
    _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>, rowStride: Int, rows: Int, columns: Int, relu: Bool = false
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.scaleShift(
        y, x, scale, shift, rowStride, rows, columns, relu)
    case .v3:
      unsafe KernelsV3.scaleShift(
        y, x, scale, shift, rowStride, rows, columns, relu)
    case .v4:
      unsafe KernelsV4.scaleShift(
        y, x, scale, shift, rowStride, rows, columns, relu)
    }
  }

  /// y[row, j] = fma(x[row, j], scale[j], shift[j]) + addend[row, j], then relu if wanted; all rows are `columns` apart.
  public func scaleShiftAdd(
    _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>, _ addend: UnsafePointer<Float>, rows: Int, columns: Int,
    relu: Bool
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.scaleShiftAdd(y, x, scale, shift, addend, rows, columns, relu)
    case .v3:
      unsafe KernelsV3.scaleShiftAdd(y, x, scale, shift, addend, rows, columns, relu)
    case .v4:
      unsafe KernelsV4.scaleShiftAdd(y, x, scale, shift, addend, rows, columns, relu)
    }
  }

  /// What the gradient of a normalization sums: with dz = dy, or fma(x, scale, shift) ≤ 0 ? +0 : dy behind a `relu`, for each
  /// column sums[j] = Σ dz[row, j] and products[j] = Σ dz[row, j] · (x[row, j] − mean[j]), in blocks of 64 rows (rule 2), each product
  /// fused with its sum.
  public func normalizationSums(
    products: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>, mean: UnsafePointer<Float>,
    scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, relu: Bool, rowStride: Int,
    rows: Int, columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.normalizationSums(
        products, sums, dy, x, mean, scale, shift, relu, rowStride, rows, columns)
    case .v3:
      unsafe KernelsV3.normalizationSums(
        products, sums, dy, x, mean, scale, shift, relu, rowStride, rows, columns)
    case .v4:
      unsafe KernelsV4.normalizationSums(
        products, sums, dy, x, mean, scale, shift, relu, rowStride, rows, columns)
    }
  }

  /// dx[row, j] = fma(dz[row, j], scale[j], fma(x[row, j] − mean[j], b[j], c[j])), with dz as in `normalizationSums`; dx may be dy.
  ///
  /// Without `relu`, `shift` is not used.
  public func normalizationGradient(
    _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    relu: Bool, b: UnsafePointer<Float>, c: UnsafePointer<Float>, rowStride: Int, rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.normalizationGradient(
        dx, dy, x, mean, scale, shift, relu, b, c, rowStride, rows, columns)
    case .v3:
      unsafe KernelsV3.normalizationGradient(
        dx, dy, x, mean, scale, shift, relu, b, c, rowStride, rows, columns)
    case .v4:
      unsafe KernelsV4.normalizationGradient(
        dx, dy, x, mean, scale, shift, relu, b, c, rowStride, rows, columns)
    }
  }
}
