/// The key that all streams of one seed, or of one named part under it, share.
///
/// The rules, which belong to the numerics version: the key of a seed is (seed mod 2³², seed / 2³²). The key of a name
/// under a key is the first two words of the block with that key and the counter (h mod 2³², h / 2³², length, 0), where
/// h is the 64-bit FNV-1a hash of the name's UTF-8 bytes and length their number modulo 2³². So adding a layer moves no
/// other layer's streams.
public struct StreamKey: Hashable, Sendable {
  /// The first word of the Philox key.
  public let low: UInt32

  /// The second word of the Philox key.
  public let high: UInt32

  /// The key of a seed.
  public init(seed: UInt64) {
    low = UInt32(truncatingIfNeeded: seed)
    high = UInt32(truncatingIfNeeded: seed &>> 32)
  }

  /// The key of a part of the whole, for example a layer, by its name.
  public func named(_ name: String) -> StreamKey {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var length: UInt32 = 0
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      length = length &+ 1
    }
    let counter = Philox4x32.Words(
      UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash &>> 32), length,
      RandomStream.Purpose.derivation.rawValue)
    let words = Philox4x32.block(counter, key: self)
    return StreamKey(seed: UInt64(words[0]) | UInt64(words[1]) &<< 32)
  }

  /// The key as one number: `StreamKey(seed: key.seed) == key`.
  public var seed: UInt64 { UInt64(low) | UInt64(high) &<< 32 }
}
