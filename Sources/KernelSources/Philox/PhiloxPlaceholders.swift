// A placeholder until the vector form arrives: one block at a time.

/// Writes the 4 · count words of `count` consecutive Philox4x32-10 blocks.
///
/// Block i has the counter (firstBlock + i, c1, c2, c3) and the key (k0, k1).
@inline(never)
public func philoxBlocks(
  _ words: UnsafeMutablePointer<UInt32>, _ firstBlock: UInt32, _ c1: UInt32, _ c2: UInt32,
  _ c3: UInt32, _ k0: UInt32, _ k1: UInt32, _ count: Int
) {
  for i in 0..<count {
    var x0 = firstBlock &+ UInt32(truncatingIfNeeded: i)
    var x1 = c1
    var x2 = c2
    var x3 = c3
    var key0 = k0
    var key1 = k1
    for _ in 0..<10 {
      let p = UInt64(x0) &* 0xD251_1F53
      let q = UInt64(x2) &* 0xCD9E_8D57
      x0 = UInt32(truncatingIfNeeded: q >> 32) ^ x1 ^ key0
      x1 = UInt32(truncatingIfNeeded: q)
      x2 = UInt32(truncatingIfNeeded: p >> 32) ^ x3 ^ key1
      x3 = UInt32(truncatingIfNeeded: p)
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    // SAFETY: the caller owns 4 · count words.
    unsafe words[4 * i] = x0
    unsafe words[4 * i + 1] = x1
    unsafe words[4 * i + 2] = x2
    unsafe words[4 * i + 3] = x3
  }
}
