/// The permutation that decides which samples are taken for validation.
enum SplitPermutation {
  /// A permutation of 0..<count that depends on the arguments only.
  static func of(_ count: Int, seed: UInt64, stratum: Int) -> [Int] {
    var state = seed &+ UInt64(stratum) &* 0xD1B5_4A32_D192_ED03
    var order = Array(0..<count)
    for index in order.indices.dropLast() {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      let other = index + Int(word.multipliedFullWidth(by: UInt64(count - index)).high)
      order.swapAt(index, other)
    }
    return order
  }
}
