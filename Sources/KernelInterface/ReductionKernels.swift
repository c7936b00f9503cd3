/// Sums in the fixed order of rule 3, extremes and checks.
///
/// A sum has 16 stripes (index mod 16, ascending) within blocks of 4096 elements, each block closed by the tree
/// 16 → 8 → 4 → 2 → 1, and the blocks combined pairwise, an odd one carried up.
package protocol ReductionKernels {
  /// The sum of all elements by rule 3; +0 if there are none.
  func sum(_ x: FloatSlice) -> Float

  /// The sum of squares of all elements by rule 3, each stripe a chain of fma(x, x, acc).
  func sumOfSquares(_ x: FloatSlice) -> Float

  /// Writes the sums of the ⌈x.count / 4096⌉ blocks of `x` to `partials`.
  ///
  /// For work that is split over threads at multiples of 4096: `combinePairwise(partials, stride: 1, count: blocks,
  /// elements: 1)` then gives in `partials[0]` the bits of `sum`.
  func blockSums(_ partials: FloatSlice, _ x: FloatSlice)

  /// Writes the sums of squares of the ⌈x.count / 4096⌉ blocks of `x` to `partials`.
  func blockSumsOfSquares(_ partials: FloatSlice, _ x: FloatSlice)

  /// Combines `count` buffers of `elements` floats, `stride` apart, pairwise into the first one.
  ///
  /// Level by level: buffer i takes i + 1, then i + 2, i + 4, …; an odd one is carried up. All but the first are left with
  /// partial results. Threads may split the elements: pass the buffers from the first element of a thread on.
  func combinePairwise(_ buffers: FloatSlice, stride: Int, count: Int, elements: Int)

  /// sums[j] = chain of x[row, j] over ascending rows, from +0, or from what `sums` holds if `accumulating`.
  ///
  /// This is the gradient of a bias over the samples of one block of rule 2.
  func columnSums(
    _ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int, accumulating: Bool
  )

  /// sums[row] = the sum of each row by rule 3.
  func rowSums(_ sums: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// The largest of at least one element; NaN wins, ties go to the lowest index.
  func maximum(_ x: FloatSlice) -> Float

  /// The index of the largest of at least one element; the first NaN wins, ties go to the lowest index.
  func argmax(_ x: FloatSlice) -> Int

  /// maxima[row] = `maximum` of each row; columns ≥ 1.
  func rowMaxima(_ maxima: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// indices[row] = `argmax` of each row; columns ≥ 1.
  func rowArgmax(_ indices: WordSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// Whether no element is infinite or NaN.
  func allFinite(_ x: FloatSlice) -> Bool

  /// Replaces every NaN by the one with the bits 0x7fc00000, as rule 10 demands on writing.
  func canonicalizeNaNs(_ x: FloatSlice)
}
