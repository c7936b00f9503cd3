package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: ReductionKernels {
  package func sum(_ x: FloatSlice) -> Float {
    unsafe rawSum(pointer(x), x.count)
  }

  package func sumOfSquares(_ x: FloatSlice) -> Float {
    unsafe rawSumOfSquares(pointer(x), x.count)
  }

  package func blockSums(_ partials: FloatSlice, _ x: FloatSlice) {
    unsafe rawBlockSums(pointer(partials), pointer(x), x.count)
  }

  package func blockSumsOfSquares(_ partials: FloatSlice, _ x: FloatSlice) {
    unsafe rawBlockSumsOfSquares(pointer(partials), pointer(x), x.count)
  }

  package func combinePairwise(_ buffers: FloatSlice, stride: Int, count: Int, elements: Int) {
    unsafe rawCombinePairwise(pointer(buffers), stride, count, elements)
  }

  package func columnSums(
    _ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int, accumulating: Bool
  ) {
    unsafe rawColumnSums(pointer(sums), pointer(x), rowStride, rows, columns, accumulating)
  }

  package func rowSums(_ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)
  {
    unsafe rawRowSums(pointer(sums), pointer(x), rowStride, rows, columns)
  }

  package func maximum(_ x: FloatSlice) -> Float {
    unsafe rawMaximum(pointer(x), x.count)
  }

  package func argmax(_ x: FloatSlice) -> Int {
    unsafe rawArgmax(pointer(x), x.count)
  }

  package func rowMaxima(
    _ maxima: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int
  ) {
    unsafe rawRowMaxima(pointer(maxima), pointer(x), rowStride, rows, columns)
  }

  package func rowArgmax(
    _ indices: WordSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int
  ) {
    precondition(indices.count >= rows, "an index for each row")
    unsafe rawRowArgmax(pointer(indices), pointer(x), rowStride, rows, columns)
  }

  package func allFinite(_ x: FloatSlice) -> Bool {
    unsafe rawAllFinite(pointer(x), x.count)
  }

  package func canonicalizeNaNs(_ x: FloatSlice) {
    unsafe rawCanonicalizeNaNs(pointer(x), x.count)
  }
}
