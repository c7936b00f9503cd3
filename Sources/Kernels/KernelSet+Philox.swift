internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Counter-based random words.
extension KernelSet {
  /// Writes the 4 · count words of `count` consecutive Philox4x32-10 blocks.
  ///
  /// Block i has the counter (firstBlock + i, c1, c2, c3) and the key (k0, k1).
  public func philoxBlocks(
    _ words: UnsafeMutablePointer<UInt32>,
    firstBlock: UInt32,
    _ c1: UInt32,
    _ c2: UInt32,
    _ c3: UInt32,
    key k0: UInt32,
    _ k1: UInt32,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.philoxBlocks(words, firstBlock, c1, c2, c3, k0, k1, count)
    case .v3: unsafe KernelsV3.philoxBlocks(words, firstBlock, c1, c2, c3, k0, k1, count)
    case .v4: unsafe KernelsV4.philoxBlocks(words, firstBlock, c1, c2, c3, k0, k1, count)
    }
  }

  /// Fills a span with the words of consecutive Philox4x32-10 blocks, beginning with the block of `counter`.
  ///
  /// - Precondition: The number of words is a multiple of four.
  public func philoxBlocks(
    _ words: inout MutableSpan<UInt32>,
    counter: SIMD4<UInt32>,
    key: (UInt32, UInt32)
  ) {
    precondition(words.count % 4 == 0, "a Philox block is four words")
    let count = words.count / 4
    // SAFETY: the buffer is the span's own memory: 4 · count words.
    unsafe words.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe philoxBlocks(
        base, firstBlock: counter[0], counter[1], counter[2], counter[3], key: key.0, key.1,
        count: count)
    }
  }
}
