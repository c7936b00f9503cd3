internal import KernelInterface

/// Gathers rows of bytes as floats: fma(byte, scale[channel], offset[channel]).
///
/// Row r of the output is row `indices[r]` of the source, whose elements are planes of `positions` bytes, one for each
/// channel. Interleaved output has element (position, channel) at position · channels + channel.
@inline(never)
func rawGatherBytes(
  _ y: MutableFloatPointer, _ rowStride: Int, _ interleaved: Bool,
  _ source: UnsafePointer<UInt8>, _ sourceStride: Int, _ indices: UnsafePointer<UInt32>,
  _ rows: Int, _ channels: Int, _ positions: Int,
  _ scale: FloatPointer, _ offset: FloatPointer
) {
  for row in 0..<rows {
    for channel in 0..<channels {
      // SAFETY: the caller owns `rows` indices and output rows, the source rows they name, and `channels` constants.
      let from = unsafe source + Int(indices[row]) * sourceStride + channel * positions
      let factor = unsafe scale[channel]
      let shift = unsafe offset[channel]
      if interleaved && channels > 1 {
        let to = unsafe y + row * rowStride + channel
        for i in 0..<positions {
          unsafe to[i * channels] = shift.addingProduct(Float(from[i]), factor)
        }
      } else {
        let to = unsafe y + row * rowStride + channel * positions
        for i in 0..<positions { unsafe to[i] = shift.addingProduct(Float(from[i]), factor) }
      }
    }
  }
}

/// Gathers rows of floats, `columns` of each, unchanged.
@inline(never)
func rawGatherFloats(
  _ y: MutableFloatPointer, _ rowStride: Int,
  _ source: FloatPointer, _ sourceStride: Int, _ indices: UnsafePointer<UInt32>,
  _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` indices and output rows, and the source rows they name.
    let from = unsafe source + Int(indices[row]) * sourceStride
    let to = unsafe y + row * rowStride
    for i in 0..<columns { unsafe to[i] = from[i] }
  }
}

/// Swaps planes and channels of images: N,C,H,W to N,H,W,C (`toInterleaved`) or back.
@inline(never)
func rawInterleave(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ toInterleaved: Bool,
  _ images: Int, _ channels: Int, _ positions: Int
) {
  for image in 0..<images {
    // SAFETY: the caller owns images × channels × positions elements of x and y, which do not overlap.
    let from = unsafe x + image * channels * positions
    let to = unsafe y + image * channels * positions
    if toInterleaved {
      unsafe transposeRows(to, channels, from, positions, channels, positions)
    } else {
      unsafe transposeRows(to, positions, from, channels, positions, channels)
    }
  }
}

/// y[column · yStride + row] = x[row · xStride + column], in blocks of 4 × 4.
func transposeRows(
  _ y: MutableFloatPointer, _ yStride: Int, _ x: FloatPointer, _ xStride: Int,
  _ rows: Int, _ columns: Int
) {
  let wholeRows = rows & ~3
  let wholeColumns = columns & ~3
  var column = 0
  while column < wholeColumns {
    // SAFETY: the caller owns rows × columns elements of x and y, which do not overlap.
    let to = unsafe y + column &* yStride
    let from = unsafe x + column
    var row = 0
    while row < wholeRows {
      unsafe transpose4(to + row, yStride, from + row &* xStride, xStride)
      row &+= 4
    }
    column &+= 4
  }
  for row in 0..<rows {
    for column in (row < wholeRows ? wholeColumns : 0)..<columns {
      unsafe y[column &* yStride &+ row] = x[row &* xStride &+ column]
    }
  }
}
