package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: NormalizationKernels {
  package func statisticSums(
    _ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int
  ) {
    unsafe rawStatisticSums(pointer(sums), pointer(x), rowStride, rows, columns)
  }

  package func statisticSquares(
    _ sums: FloatSlice, _ x: FloatSlice, mean: FloatSlice, rowStride: Int, rows: Int, columns: Int
  ) {
    unsafe rawStatisticSquares(pointer(sums), pointer(x), pointer(mean), rowStride, rows, columns)
  }

  package func columnProducts(
    _ sums: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, mean: FloatSlice, rowStride: Int,
    rows: Int, columns: Int, accumulating: Bool
  ) {
    unsafe rawColumnProducts(
      pointer(sums), pointer(dy), pointer(x), pointer(mean), rowStride, rows, columns, accumulating)
  }

  package func scaleShift(
    _ y: FloatSlice, _ x: FloatSlice, scale: FloatSlice, shift: FloatSlice, rowStride: Int,
    rows: Int, columns: Int, relu: Bool
  ) {
    unsafe rawScaleShift(
      pointer(y), pointer(x), pointer(scale), pointer(shift), rowStride, rows, columns, relu)
  }

  package func scaleShiftAdd(
    _ y: FloatSlice, _ x: FloatSlice, scale: FloatSlice, shift: FloatSlice, _ addend: FloatSlice,
    rows: Int, columns: Int, relu: Bool
  ) {
    unsafe rawScaleShiftAdd(
      pointer(y), pointer(x), pointer(scale), pointer(shift), pointer(addend), rows, columns, relu)
  }

  package func normalizationSums(
    products: FloatSlice, sums: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, mean: FloatSlice,
    scale: FloatSlice, shift: FloatSlice, relu: Bool, rowStride: Int, rows: Int, columns: Int
  ) {
    unsafe rawNormalizationSums(
      pointer(products), pointer(sums), pointer(dy), pointer(x), pointer(mean), pointer(scale),
      pointer(shift), relu, rowStride, rows, columns)
  }

  package func normalizationGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, mean: FloatSlice, scale: FloatSlice,
    shift: FloatSlice, relu: Bool, b: FloatSlice, c: FloatSlice, rowStride: Int, rows: Int,
    columns: Int
  ) {
    unsafe rawNormalizationGradient(
      pointer(dx), pointer(dy), pointer(x), pointer(mean), pointer(scale), pointer(shift), relu,
      pointer(b), pointer(c), rowStride, rows, columns)
  }
}
