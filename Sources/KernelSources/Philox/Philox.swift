// Philox4x32-10, after Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
//
// Eight consecutive blocks are computed at once. Each of the four words of a state is kept in eight lanes of 64 bits,
// whose upper halves may hold rubbish between the rounds: a 32 × 32 → 64 bit product reads the lower halves only.

/// The four words of eight blocks: a tuple, since a struct would bring shared copy functions into the module.
typealias PhiloxState = (
  x0: SIMD8<UInt64>, x1: SIMD8<UInt64>, x2: SIMD8<UInt64>, x3: SIMD8<UInt64>
)

/// The lower halves of the lanes.
@inline(__always)
func lowHalves(_ x: SIMD8<UInt64>) -> SIMD8<UInt64> {
  x & SIMD8(repeating: 0xffff_ffff)
}

/// A word in both halves of all lanes.
///
/// With an upper half that is known to be zero, the optimizer would drop the mask before a product and, no longer seeing
/// that the lower halves suffice, take a 64-bit multiplication that costs three times as much.
@inline(__always)
func inBothHalves(_ word: UInt32) -> SIMD8<UInt64> {
  SIMD8(repeating: UInt64(word) &* 0x1_0000_0001)
}

/// One round with the key that belongs to it.
@inline(__always)
func philoxRound(_ state: PhiloxState, _ k0: UInt32, _ k1: UInt32) -> PhiloxState {
  let p0 = lowHalves(state.x0) &* SIMD8(repeating: 0xD251_1F53)
  let p1 = lowHalves(state.x2) &* SIMD8(repeating: 0xCD9E_8D57)
  return (
    x0: (p1 &>> 32) ^ state.x1 ^ inBothHalves(k0),
    x1: p1,
    x2: (p0 &>> 32) ^ state.x3 ^ inBothHalves(k1),
    x3: p0
  )
}

/// Eight blocks: lane i of `first` holds words 0 and 1 of block i, that of `second` words 2 and 3.
///
/// Block i has the counter (block + i, c1, c2, c3), the sum modulo 2³².
@inline(__always)
func philoxPairs(
  _ block: UInt32, _ c1: UInt32, _ c2: UInt32, _ c3: UInt32, _ k0: UInt32, _ k1: UInt32
) -> (first: SIMD8<UInt64>, second: SIMD8<UInt64>) {
  // The first word of the counter may overflow its 32 bits: only its lower half is read.
  var state: PhiloxState = (
    x0: inBothHalves(block) &+ SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7),
    x1: inBothHalves(c1), x2: inBothHalves(c2), x3: inBothHalves(c3)
  )
  // Written out, so that the ten keys are made once before the caller's loop.
  let w0: UInt32 = 0x9E37_79B9
  let w1: UInt32 = 0xBB67_AE85
  state = philoxRound(state, k0, k1)
  state = philoxRound(state, k0 &+ w0, k1 &+ w1)
  state = philoxRound(state, k0 &+ 2 &* w0, k1 &+ 2 &* w1)
  state = philoxRound(state, k0 &+ 3 &* w0, k1 &+ 3 &* w1)
  state = philoxRound(state, k0 &+ 4 &* w0, k1 &+ 4 &* w1)
  state = philoxRound(state, k0 &+ 5 &* w0, k1 &+ 5 &* w1)
  state = philoxRound(state, k0 &+ 6 &* w0, k1 &+ 6 &* w1)
  state = philoxRound(state, k0 &+ 7 &* w0, k1 &+ 7 &* w1)
  state = philoxRound(state, k0 &+ 8 &* w0, k1 &+ 8 &* w1)
  state = philoxRound(state, k0 &+ 9 &* w0, k1 &+ 9 &* w1)
  return (lowHalves(state.x0) | (state.x1 &<< 32), lowHalves(state.x2) | (state.x3 &<< 32))
}

/// Writes the words of `count` consecutive blocks, block after block: 4·count words.
///
/// Block i has the counter (firstBlock + i, c1, c2, c3), the sum modulo 2³².
@inline(never)
func rawPhiloxBlocks(
  _ words: UnsafeMutablePointer<UInt32>, _ firstBlock: UInt32, _ c1: UInt32, _ c2: UInt32,
  _ c3: UInt32, _ k0: UInt32, _ k1: UInt32, _ count: Int
) {
  // In two passes over runs that stay in the nearest cache: in one, the optimizer pulls the shuffles of the second pass
  // into the rounds and halves the speed.
  let whole = count & ~7
  var start = 0
  while start < whole {
    let end = whole &- start < 256 ? whole : start &+ 256
    var index = start
    while index < end {
      let block = firstBlock &+ UInt32(truncatingIfNeeded: index)
      let (first, second) = philoxPairs(block, c1, c2, c3, k0, k1)
      // SAFETY: eight blocks are 128 bytes, and index + 8 ≤ count; the stores ask for no alignment.
      let bytes = unsafe UnsafeMutableRawPointer(words + 4 &* index)
      unsafe bytes.storeBytes(of: first, as: SIMD8<UInt64>.self)
      unsafe bytes.storeBytes(of: second, toByteOffset: 64, as: SIMD8<UInt64>.self)
      index &+= 8
    }
    index = start
    while index < end {
      // SAFETY: as above.
      let bytes = unsafe UnsafeMutableRawPointer(words + 4 &* index)
      var pairs = SIMD16<UInt64>()
      pairs.evenHalf = unsafe bytes.loadUnaligned(as: SIMD8<UInt64>.self)
      pairs.oddHalf = unsafe bytes.loadUnaligned(fromByteOffset: 64, as: SIMD8<UInt64>.self)
      unsafe bytes.storeBytes(of: pairs, as: SIMD16<UInt64>.self)
      index &+= 8
    }
    start = end
  }
  if whole < count {
    let block = firstBlock &+ UInt32(truncatingIfNeeded: whole)
    let (first, second) = philoxPairs(block, c1, c2, c3, k0, k1)
    for lane in 0..<(count &- whole) {
      let word = 4 &* (whole &+ lane)
      // SAFETY: word + 3 < 4·count.
      unsafe words[word] = UInt32(truncatingIfNeeded: first[lane])
      unsafe words[word &+ 1] = UInt32(truncatingIfNeeded: first[lane] &>> 32)
      unsafe words[word &+ 2] = UInt32(truncatingIfNeeded: second[lane])
      unsafe words[word &+ 3] = UInt32(truncatingIfNeeded: second[lane] &>> 32)
    }
  }
}
