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
}
