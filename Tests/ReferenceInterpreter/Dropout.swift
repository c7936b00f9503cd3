/// Dropout of samples [N, C, positions], drawn by (sample, step, layer).
public struct ReferenceDropout: Sendable {
  public var channels, positions: Int
  public var probability: Double
  public var key: (UInt32, UInt32)
  public var purpose: UInt32

  public init(
    channels: Int, positions: Int, probability: Double, key: (UInt32, UInt32), purpose: UInt32
  ) {
    self.channels = channels
    self.positions = positions
    self.probability = probability
    self.key = key
    self.purpose = purpose
  }

  /// x · (1/(1 − p)) where the element's word is at least the threshold, else +0; the gradient is the same of dy.
  public func forward(_ x: [Float], samples: [UInt32], step: UInt32) -> [Float] {
    let threshold = UInt32(min((probability * 0x1p32).rounded(), 0x1p32 - 1))
    let scale = Float(1 / (1 - probability))
    let size = channels * positions
    var y = x
    for (row, sample) in samples.enumerated() {
      for channel in 0..<channels {
        for position in 0..<positions {
          // Elements count in storage order: H, W, C.
          let j = position * channels + channel
          let block = philox((UInt32(j / 4), sample, step, purpose), key: key)
          let at = row * size + channel * positions + position
          y[at] = block[j % 4] >= threshold ? x[at] * scale : 0
        }
      }
    }
    return y
  }
}

/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC 2011).
public func philox(
  _ counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
) -> [UInt32] {
  var (a, b, c, d) = counter
  var (k0, k1) = key
  for _ in 0..<10 {
    let (high0, low0) = UInt32(0xd251_1f53).multipliedFullWidth(by: a)
    let (high1, low1) = UInt32(0xcd9e_8d57).multipliedFullWidth(by: c)
    (a, b, c, d) = (high1 ^ b ^ k0, low1, high0 ^ d ^ k1, low0)
    (k0, k1) = (k0 &+ 0x9e37_79b9, k1 &+ 0xbb67_ae85)
  }
  return [a, b, c, d]
}

/// The key of a name under a seed: FNV-1a of its UTF-8 bytes, and a block of the seed's own key.
public func streamKey(seed: UInt64, name: String) -> (UInt32, UInt32) {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  let counter = (
    UInt32(truncatingIfNeeded: hash), UInt32(hash >> 32), UInt32(name.utf8.count), UInt32(0)
  )
  let block = philox(counter, key: (UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)))
  return (block[0], block[1])
}
