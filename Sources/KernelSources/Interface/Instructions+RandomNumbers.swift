internal import KernelInterface

extension Instructions: RandomNumberKernels {
  package func philoxBlocks(
    _ words: inout MutableSpan<UInt32>, counter: SIMD4<UInt32>, key: (UInt32, UInt32)
  ) {
    precondition(words.count % 4 == 0, "a Philox block is four words")
    let blocks = words.count / 4
    // SAFETY: the buffer is the span's own memory: 4 · blocks words.
    unsafe words.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe rawPhiloxBlocks(
        base, counter[0], counter[1], counter[2], counter[3], key.0, key.1, blocks)
    }
  }

  package func fillUniforms(
    _ y: inout MutableSpan<Float>, in range: Range<Float>, counter: SIMD4<UInt32>,
    key: (UInt32, UInt32)
  ) {
    precondition(
      !range.isEmpty && (range.upperBound - range.lowerBound).isFinite,
      "uniform numbers need a finite range that is not empty")
    // SAFETY: the buffer is the span's own memory.
    unsafe y.withUnsafeMutableBufferPointer { buffer in
      guard let base = unsafe pointer(buffer) else { return }
      unsafe rawFillUniforms(
        base, buffer.count, range.lowerBound, range.upperBound, counter[0], counter[1], counter[2],
        counter[3], key.0, key.1)
    }
  }

  package func fillNormals(
    _ y: inout MutableSpan<Float>, mean: Double, deviation: Double, counter: SIMD4<UInt32>,
    key: (UInt32, UInt32)
  ) {
    // SAFETY: the buffer is the span's own memory.
    unsafe y.withUnsafeMutableBufferPointer { buffer in
      guard let base = unsafe pointer(buffer) else { return }
      unsafe rawFillNormals(
        base, buffer.count, mean, deviation, counter[0], counter[1], counter[2], counter[3], key.0,
        key.1)
    }
  }
}
