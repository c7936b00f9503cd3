/// A stream of random numbers that is named by what it is for: the n-th is a function of the name and n.
///
/// Each is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014) over a counter, so that no clock, no
/// hash seed and no order of threads has a say in it. Good enough to draw samples, not to keep secrets.
struct CounterStream {
  private let key: UInt64
  private var counter: UInt64 = 0

  /// Names a stream: `CounterStream(purpose, tree)`.
  init(_ names: UInt64...) {
    key = names.reduce(0x9E37_79B9_7F4A_7C15) { Self.mixed($0 ^ Self.mixed($1 &+ 1)) }
  }

  /// Draws the next number of 64 bits.
  mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mixed(key &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Draws a number in `0 ..< bound`.
  ///
  /// One of them is more likely than another by at most `bound` / 2⁶⁴.
  ///
  /// - Precondition: `bound` > 0.
  mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "a number below nothing")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
