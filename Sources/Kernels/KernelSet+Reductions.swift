internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Sums in the fixed order of rule 3, extremes and checks.
///
/// A sum has 16 stripes (index mod 16, ascending) within blocks of 4096 elements, each block closed by the tree
/// 16 → 8 → 4 → 2 → 1, and the blocks combined pairwise, an odd one carried up.
extension KernelSet {
  /// The sum of `count` elements by rule 3; +0 if there are none.
  public func sum(
    _ x: UnsafePointer<Float>,
    count: Int
  ) -> Float {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.sum(x, count)
    case .v3: unsafe KernelsV3.sum(x, count)
    case .v4: unsafe KernelsV4.sum(x, count)
    }
  }

  /// The sum of squares of `count` elements by rule 3, each stripe a chain of fma(x, x, acc).
  public func sumOfSquares(
    _ x: UnsafePointer<Float>,
    count: Int
  ) -> Float {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.sumOfSquares(x, count)
    case .v3: unsafe KernelsV3.sumOfSquares(x, count)
    case .v4: unsafe KernelsV4.sumOfSquares(x, count)
    }
  }

  /// Writes the sums of the ⌈count / 4096⌉ blocks of `x` to `partials`.
  ///
  /// For work that is split over threads at multiples of 4096: `combinePairwise(partials, stride: 1, count: blocks,
  /// elements: 1)` then gives in `partials[0]` the bits of `sum`.
  public func blockSums(
    _ partials: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.blockSums(partials, x, count)
    case .v3: unsafe KernelsV3.blockSums(partials, x, count)
    case .v4: unsafe KernelsV4.blockSums(partials, x, count)
    }
  }

  /// Writes the sums of squares of the ⌈count / 4096⌉ blocks of `x` to `partials`.
  public func blockSumsOfSquares(
    _ partials: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.blockSumsOfSquares(partials, x, count)
    case .v3: unsafe KernelsV3.blockSumsOfSquares(partials, x, count)
    case .v4: unsafe KernelsV4.blockSumsOfSquares(partials, x, count)
    }
  }

  /// Combines `count` buffers of `elements` floats, `stride` apart, pairwise into the first one.
  ///
  /// Level by level: buffer i takes i + 1, then i + 2, i + 4, …; an odd one is carried up. All but the first are left with
  /// partial results. Threads may split the elements: pass the buffers advanced by the first element of a thread.
  public func combinePairwise(
    _ buffers: UnsafeMutablePointer<Float>,
    stride: Int,
    count: Int,
    elements: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.combinePairwise(buffers, stride, count, elements)
    case .v3: unsafe KernelsV3.combinePairwise(buffers, stride, count, elements)
    case .v4: unsafe KernelsV4.combinePairwise(buffers, stride, count, elements)
    }
  }

  /// sums[j] = chain of x[row, j] over ascending rows, from +0, or from what `sums` holds if `accumulating`.
  ///
  /// This is the gradient of a bias over the samples of one block of rule 2.
  public func columnSums(
    _ sums: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int,
    accumulating: Bool
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.columnSums(sums, x, rowStride, rows, columns, accumulating)
    case .v3: unsafe KernelsV3.columnSums(sums, x, rowStride, rows, columns, accumulating)
    case .v4: unsafe KernelsV4.columnSums(sums, x, rowStride, rows, columns, accumulating)
    }
  }

  /// sums[row] = the sum of each row by rule 3.
  public func rowSums(
    _ sums: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.rowSums(sums, x, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.rowSums(sums, x, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.rowSums(sums, x, rowStride, rows, columns)
    }
  }

  /// The largest of `count` ≥ 1 elements; NaN wins, ties go to the lowest index.
  public func maximum(
    _ x: UnsafePointer<Float>,
    count: Int
  ) -> Float {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.maximum(x, count)
    case .v3: unsafe KernelsV3.maximum(x, count)
    case .v4: unsafe KernelsV4.maximum(x, count)
    }
  }

  /// The index of the largest of `count` ≥ 1 elements; the first NaN wins, ties go to the lowest index.
  public func argmax(
    _ x: UnsafePointer<Float>,
    count: Int
  ) -> Int {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.argmax(x, count)
    case .v3: unsafe KernelsV3.argmax(x, count)
    case .v4: unsafe KernelsV4.argmax(x, count)
    }
  }

  /// maxima[row] = `maximum` of each row; columns ≥ 1.
  public func rowMaxima(
    _ maxima: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.rowMaxima(maxima, x, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.rowMaxima(maxima, x, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.rowMaxima(maxima, x, rowStride, rows, columns)
    }
  }

  /// indices[row] = `argmax` of each row; columns ≥ 1.
  public func rowArgmax(
    _ indices: UnsafeMutablePointer<UInt32>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.rowArgmax(indices, x, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.rowArgmax(indices, x, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.rowArgmax(indices, x, rowStride, rows, columns)
    }
  }

  /// Whether none of `count` elements is infinite or NaN.
  public func allFinite(
    _ x: UnsafePointer<Float>,
    count: Int
  ) -> Bool {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.allFinite(x, count)
    case .v3: unsafe KernelsV3.allFinite(x, count)
    case .v4: unsafe KernelsV4.allFinite(x, count)
    }
  }

  /// Replaces every NaN by the one with the bits 0x7fc00000, as rule 10 demands on writing.
  public func canonicalizeNaNs(
    _ x: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.canonicalizeNaNs(x, count)
    case .v3: unsafe KernelsV3.canonicalizeNaNs(x, count)
    case .v4: unsafe KernelsV4.canonicalizeNaNs(x, count)
    }
  }
}
