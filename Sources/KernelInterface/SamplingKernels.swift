/// Dropout, and gathering of samples into batches.
package protocol SamplingKernels {
  /// y[row, j] = word ≥ threshold ? x[row, j] · scale : +0, the word by Philox.
  ///
  /// The word is number j mod 4 of the block with the counter (j / 4, samples[row], step, purpose) and the key (k0, k1). The
  /// gradient is the same function of dy. Threshold is round(p · 2³²) and scale is 1 / (1 − p), rounded once. In place is allowed.
  func dropout(
    _ y: FloatSlice, _ x: FloatSlice, rowStride: Int, samples: WordSlice, rows: Int, columns: Int,
    step: UInt32, purpose: UInt32, key k0: UInt32, _ k1: UInt32, threshold: UInt32, scale: Float)

  /// Gathers rows of bytes as floats: fma(byte, scale[channel], offset[channel]).
  ///
  /// Row r of the output is row `indices[r]` of the source (rows `sourceStride` bytes apart), which holds planes of `positions`
  /// bytes, one for each channel. `interleaved` output puts element (position, channel) at position · channels + channel.
  func gatherBytes(
    _ y: inout MutableSpan<Float>, rowStride: Int, interleaved: Bool, source: Span<UInt8>,
    sourceStride: Int,
    indices: Span<UInt32>, channels: Int, positions: Int, scale: Span<Float>, offset: Span<Float>)

  /// Gathers rows of `columns` floats, unchanged: row r of y is row `indices[r]` of the source.
  func gatherFloats(
    _ y: FloatSlice, rowStride: Int, source: FloatSlice, sourceStride: Int, indices: WordSlice,
    rows: Int, columns: Int)

  /// Turns images from N,C,H,W to N,H,W,C (`toInterleaved`) or back; x and y do not overlap.
  func interleave(
    _ y: FloatSlice, _ x: FloatSlice, toInterleaved: Bool, images: Int, channels: Int,
    positions: Int)
}
