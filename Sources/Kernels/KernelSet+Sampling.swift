internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Dropout, and gathering of samples into batches.
extension KernelSet {
  /// y[row, j] = word ≥ threshold ? x[row, j] · scale : +0, the word by Philox.
  ///
  /// The word is number j mod 4 of the block with the counter (j / 4, samples[row], step, purpose) and the key (k0, k1). The
  /// gradient is the same function of dy. Threshold is round(p · 2³²) and scale is 1 / (1 − p), rounded once. In place is allowed.
  public func dropout(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    samples: UnsafePointer<UInt32>,
    rows: Int,
    columns: Int,
    step: UInt32,
    purpose: UInt32,
    key k0: UInt32,
    _ k1: UInt32,
    threshold: UInt32,
    scale: Float
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.dropout(
        y, x, rowStride, samples, rows, columns, step, purpose, k0, k1, threshold, scale)
    case .v3:
      unsafe KernelsV3.dropout(
        y, x, rowStride, samples, rows, columns, step, purpose, k0, k1, threshold, scale)
    case .v4:
      unsafe KernelsV4.dropout(
        y, x, rowStride, samples, rows, columns, step, purpose, k0, k1, threshold, scale)
    }
  }

  /// Gathers rows of bytes as floats: fma(byte, scale[channel], offset[channel]).
  ///
  /// Row r of the output is row `indices[r]` of the source (rows `sourceStride` bytes apart), which holds planes of `positions`
  /// bytes, one for each channel. `interleaved` output puts element (position, channel) at position · channels + channel.
  public func gatherBytes(
    _ y: UnsafeMutablePointer<Float>,
    rowStride: Int,
    interleaved: Bool,
    source: UnsafePointer<UInt8>,
    sourceStride: Int,
    indices: UnsafePointer<UInt32>,
    rows: Int,
    channels: Int,
    positions: Int,
    scale: UnsafePointer<Float>,
    offset: UnsafePointer<Float>
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.gatherBytes(
        y, rowStride, interleaved, source, sourceStride, indices, rows, channels, positions,
        scale, offset)
    case .v3:
      unsafe KernelsV3.gatherBytes(
        y, rowStride, interleaved, source, sourceStride, indices, rows, channels, positions,
        scale, offset)
    case .v4:
      unsafe KernelsV4.gatherBytes(
        y, rowStride, interleaved, source, sourceStride, indices, rows, channels, positions,
        scale, offset)
    }
  }

  /// Gathers rows of `columns` floats, unchanged: row r of y is row `indices[r]` of the source.
  public func gatherFloats(
    _ y: UnsafeMutablePointer<Float>,
    rowStride: Int,
    source: UnsafePointer<Float>,
    sourceStride: Int,
    indices: UnsafePointer<UInt32>,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.gatherFloats(
        y, rowStride, source, sourceStride, indices, rows, columns)
    case .v3:
      unsafe KernelsV3.gatherFloats(
        y, rowStride, source, sourceStride, indices, rows, columns)
    case .v4:
      unsafe KernelsV4.gatherFloats(
        y, rowStride, source, sourceStride, indices, rows, columns)
    }
  }

  /// Turns images from N,C,H,W to N,H,W,C (`toInterleaved`) or back; x and y do not overlap.
  public func interleave(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    toInterleaved: Bool,
    images: Int,
    channels: Int,
    positions: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.interleave(y, x, toInterleaved, images, channels, positions)
    case .v3: unsafe KernelsV3.interleave(y, x, toInterleaved, images, channels, positions)
    case .v4: unsafe KernelsV4.interleave(y, x, toInterleaved, images, channels, positions)
    }
  }
}
