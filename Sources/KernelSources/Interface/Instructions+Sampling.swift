package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: SamplingKernels {
  package func dropout(
    _ y: FloatSlice, _ x: FloatSlice, rowStride: Int, samples: WordSlice, rows: Int, columns: Int,
    step: UInt32, purpose: UInt32, key k0: UInt32, _ k1: UInt32, threshold: UInt32, scale: Float
  ) {
    precondition(samples.count >= rows, "a sample number for each row")
    unsafe rawDropout(
      pointer(y), pointer(x), rowStride, pointer(samples), rows, columns, step, purpose, k0, k1,
      threshold, scale)
  }

  package func gatherBytes(
    _ y: inout MutableSpan<Float>, rowStride: Int, interleaved: Bool, source: Span<UInt8>,
    sourceStride: Int,
    indices: Span<UInt32>, channels: Int, positions: Int, scale: Span<Float>, offset: Span<Float>
  ) {
    let rows = indices.count
    let length = channels * positions
    guard rows > 0, length > 0 else { return }
    precondition(y.count >= (rows - 1) * rowStride + length, "a row of floats for each index")
    precondition(scale.count >= channels && offset.count >= channels, "constants for each channel")
    for index in indices.indices {
      precondition(
        Int(indices[index]) * sourceStride + length <= source.count, "an index beyond the source")
    }
    unsafe y.withUnsafeMutableBufferPointer { target in
      unsafe source.withUnsafeBufferPointer { bytes in
        unsafe indices.withUnsafeBufferPointer { places in
          unsafe scale.withUnsafeBufferPointer { factors in
            unsafe offset.withUnsafeBufferPointer { shifts in
              guard let y = unsafe pointer(target), let from = bytes.baseAddress,
                let rowsFrom = places.baseAddress,
                let scale = unsafe pointer(UnsafeMutableBufferPointer(mutating: factors)),
                let offset = unsafe pointer(UnsafeMutableBufferPointer(mutating: shifts))
              else { return }
              // SAFETY: the spans were checked above; the constants are only read.
              unsafe rawGatherBytes(
                y, rowStride, interleaved, from, sourceStride, rowsFrom, rows, channels, positions,
                scale, offset)
            }
          }
        }
      }
    }
  }

  package func gatherFloats(
    _ y: FloatSlice, rowStride: Int, source: FloatSlice, sourceStride: Int, indices: WordSlice,
    rows: Int, columns: Int
  ) {
    precondition(indices.count >= rows, "an index for each row")
    unsafe rawGatherFloats(
      pointer(y), rowStride, pointer(source), sourceStride, pointer(indices), rows, columns)
  }

  package func interleave(
    _ y: FloatSlice, _ x: FloatSlice, toInterleaved: Bool, images: Int, channels: Int,
    positions: Int
  ) {
    unsafe rawInterleave(pointer(y), pointer(x), toInterleaved, images, channels, positions)
  }
}
