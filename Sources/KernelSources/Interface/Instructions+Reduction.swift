package import KernelInterface

extension Instructions: ReductionKernels {
  package func sum(_ x: FloatSlice) -> Float {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    return unsafe rawSum(pointer(x), count)
  }

  package func sumOfSquares(_ x: FloatSlice) -> Float {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    return unsafe rawSumOfSquares(pointer(x), count)
  }

  package func blockSums(_ partials: FloatSlice, _ x: FloatSlice) {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawBlockSums(pointer(partials), pointer(x), count)
  }

  package func blockSumsOfSquares(_ partials: FloatSlice, _ x: FloatSlice) {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawBlockSumsOfSquares(pointer(partials), pointer(x), count)
  }

  package func combinePairwise(_ buffers: FloatSlice, stride: Int, count: Int, elements: Int) {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawCombinePairwise(pointer(buffers), stride, count, elements)
  }

  package func columnSums(
    _ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int, accumulating: Bool
  ) {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawColumnSums(pointer(sums), pointer(x), rowStride, rows, columns, accumulating)
  }

  package func rowSums(_ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)
  {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawRowSums(pointer(sums), pointer(x), rowStride, rows, columns)
  }

  package func maximum(_ x: FloatSlice) -> Float {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    return unsafe rawMaximum(pointer(x), count)
  }

  package func argmax(_ x: FloatSlice) -> Int {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    return unsafe rawArgmax(pointer(x), count)
  }

  package func rowMaxima(
    _ maxima: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int
  ) {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawRowMaxima(pointer(maxima), pointer(x), rowStride, rows, columns)
  }

  package func rowArgmax(
    _ indices: WordSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int
  ) {
    precondition(indices.count >= rows, "an index for each row")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawRowArgmax(pointer(indices), pointer(x), rowStride, rows, columns)
  }

  package func allFinite(_ x: FloatSlice) -> Bool {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    return unsafe rawAllFinite(pointer(x), count)
  }

  package func canonicalizeNaNs(_ x: FloatSlice) {
    let count = x.count
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawCanonicalizeNaNs(pointer(x), count)
  }
}
