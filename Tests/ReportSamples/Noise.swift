/// A small generator of numbers for sample models: the same on every machine, of no other use.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// The next number in [0, 1) (SplitMix64).
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ z >> 31) >> 11) / 9_007_199_254_740_992
  }

  /// A number near 0, seldom beyond ±1.
  mutating func bell() -> Double { next() + next() + next() - 1.5 }

  /// A number in `0..<count`.
  mutating func index(below count: Int) -> Int { Int(next() * Double(count)) }

  /// Hexadecimal digits in the form of a digest.
  mutating func digest() -> String {
    "sha256:" + (0..<64).map { _ in String(index(below: 16), radix: 16) }.joined()
  }
}
