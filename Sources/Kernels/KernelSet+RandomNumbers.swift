internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Random numbers for whole spans, by Philox4x32-10.
extension KernelSet {
  /// y[i] = fma(u[i], high − low, low), kept below `high`, where u[i] is the upper 24 bits of word i.
  ///
  /// Word i is word i mod 4 of the Philox block with the counter `counter` + (i / 4, 0, 0, 0).
  ///
  /// - Precondition: The range is finite and not empty.
  public func fillUniforms(
    _ y: inout MutableSpan<Float>,
    in range: Range<Float>,
    counter: SIMD4<UInt32>,
    key: (UInt32, UInt32)
  ) {
    precondition(
      !range.isEmpty && (range.upperBound - range.lowerBound).isFinite,
      "uniform numbers need a finite range that is not empty")
    let count = y.count
    // SAFETY: the buffer is the span's own memory, `count` floats.
    unsafe y.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      switch instructionSet {
      case .v2:
        unsafe KernelsV2.fillUniforms(
          base, count, range.lowerBound, range.upperBound, counter[0], counter[1], counter[2],
          counter[3], key.0, key.1)
      case .v3:
        unsafe KernelsV3.fillUniforms(
          base, count, range.lowerBound, range.upperBound, counter[0], counter[1], counter[2],
          counter[3], key.0, key.1)
      case .v4:
        unsafe KernelsV4.fillUniforms(
          base, count, range.lowerBound, range.upperBound, counter[0], counter[1], counter[2],
          counter[3], key.0, key.1)
      }
    }
  }

  /// y[i] = mean + deviation·z[i], where z[2k] and z[2k + 1] are made of words 2k and 2k + 1 by Box and Muller.
  ///
  /// The words are those of `fillUniforms`. Everything is evaluated in double and rounded once.
  public func fillNormals(
    _ y: inout MutableSpan<Float>,
    mean: Double,
    deviation: Double,
    counter: SIMD4<UInt32>,
    key: (UInt32, UInt32)
  ) {
    let count = y.count
    // SAFETY: the buffer is the span's own memory, `count` floats.
    unsafe y.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      switch instructionSet {
      case .v2:
        unsafe KernelsV2.fillNormals(
          base, count, mean, deviation, counter[0], counter[1], counter[2], counter[3], key.0,
          key.1)
      case .v3:
        unsafe KernelsV3.fillNormals(
          base, count, mean, deviation, counter[0], counter[1], counter[2], counter[3], key.0,
          key.1)
      case .v4:
        unsafe KernelsV4.fillNormals(
          base, count, mean, deviation, counter[0], counter[1], counter[2], counter[3], key.0,
          key.1)
      }
    }
  }
}
