/// What normalization needs, over matrices whose rows are (sample, position) and whose columns are channels.
///
/// Vectors have `columns` elements; rows begin `rowStride` apart.
package protocol NormalizationKernels {
  /// sums[j] = Σ x[row, j], in blocks of 64 rows (rule 2).
  func statisticSums(_ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// sums[j] = Σ (x[row, j] − mean[j])², in blocks of 64 rows (rule 2), each square fused with its sum.
  func statisticSquares(
    _ sums: FloatSlice, _ x: FloatSlice, mean: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// sums[j] = the chain fma(dy[row, j], x[row, j] − mean[j], acc), rows ascending; from +0 unless `accumulating`.
  func columnProducts(
    _ sums: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, mean: FloatSlice, rowStride: Int,
    rows: Int, columns: Int, accumulating: Bool)

  /// y[row, j] = fma(x[row, j], scale[j], shift[j]), then relu if wanted; in place is allowed.
  func scaleShift(
    _ y: FloatSlice, _ x: FloatSlice, scale: FloatSlice, shift: FloatSlice, rowStride: Int,
    rows: Int, columns: Int, relu: Bool)

  /// y[row, j] = fma(x[row, j], scale[j], shift[j]) + addend[row, j], then relu if wanted; all rows are `columns` apart.
  func scaleShiftAdd(
    _ y: FloatSlice, _ x: FloatSlice, scale: FloatSlice, shift: FloatSlice, _ addend: FloatSlice,
    rows: Int, columns: Int, relu: Bool)

  /// What the gradient of a normalization sums: with dz = dy, or fma(x, scale, shift) ≤ 0 ? +0 : dy behind a `relu`, for each
  /// column sums[j] = Σ dz[row, j] and products[j] = Σ dz[row, j] · (x[row, j] − mean[j]), in blocks of 64 rows (rule 2), each product
  /// fused with its sum.
  func normalizationSums(
    products: FloatSlice, sums: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, mean: FloatSlice,
    scale: FloatSlice, shift: FloatSlice, relu: Bool, rowStride: Int, rows: Int, columns: Int)

  /// dx[row, j] = fma(dz[row, j], scale[j], fma(x[row, j] − mean[j], b[j], c[j])), with dz as in `normalizationSums`; dx may be dy.
  ///
  /// Without `relu`, `shift` is not used.
  func normalizationGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, mean: FloatSlice, scale: FloatSlice,
    shift: FloatSlice, relu: Bool, b: FloatSlice, c: FloatSlice, rowStride: Int, rows: Int,
    columns: Int)
}
