/// Random numbers for whole spans, by Philox4x32-10.
package protocol RandomNumberKernels {
  /// Fills a span with the words of consecutive Philox4x32-10 blocks, beginning with the block of `counter`.
  ///
  /// - Precondition: The number of words is a multiple of four.
  func philoxBlocks(
    _ words: inout MutableSpan<UInt32>, counter: SIMD4<UInt32>, key: (UInt32, UInt32))

  /// y[i] = fma(u[i], high − low, low), kept below `high`, where u[i] is the upper 24 bits of word i.
  ///
  /// Word i is word i mod 4 of the Philox block with the counter `counter` + (i / 4, 0, 0, 0).
  ///
  /// - Precondition: The range is finite and not empty.
  func fillUniforms(
    _ y: inout MutableSpan<Float>, in range: Range<Float>, counter: SIMD4<UInt32>,
    key: (UInt32, UInt32))

  /// y[i] = mean + deviation·z[i], where z[2k] and z[2k + 1] are made of words 2k and 2k + 1 by Box and Muller.
  ///
  /// The words are those of `fillUniforms`. Everything is evaluated in double and rounded once.
  func fillNormals(
    _ y: inout MutableSpan<Float>, mean: Double, deviation: Double, counter: SIMD4<UInt32>,
    key: (UInt32, UInt32))
}
