/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). This is the scalar
/// form, for single blocks; `Kernels` holds the same function for runs of blocks.
public enum Philox4x32 {
  /// The four words of a counter or of a block.
  public typealias Words = SIMD4<UInt32>

  /// The block of a counter, ten rounds.
  ///
  /// - Parameters:
  ///   - counter: By our convention (block, sample or element, step or epoch, purpose).
  ///   - key: The key of the streams.
  /// - Returns: Four words, uniform and independent over counters and keys.
  public static func block(_ counter: Words, key: StreamKey) -> Words {
    var x = counter
    var k0 = key.low
    var k1 = key.high
    for _ in 0..<10 {
      let p0 = UInt64(x[0]) &* 0xD251_1F53
      let p1 = UInt64(x[2]) &* 0xCD9E_8D57
      x = Words(
        UInt32(truncatingIfNeeded: p1 &>> 32) ^ x[1] ^ k0,
        UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 &>> 32) ^ x[3] ^ k1,
        UInt32(truncatingIfNeeded: p0))
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return x
  }
}
