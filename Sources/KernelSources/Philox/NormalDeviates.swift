internal import KernelInterface

/// The doubles of eight unsigned integers below 2³².
@inline(__always)
func doublesOfIntegers(_ x: SIMD8<UInt64>) -> SIMD8<Double> {
  doubles(x | SIMD8(repeating: 0x4330_0000_0000_0000)) - SIMD8(repeating: 0x1p52)
}

/// sin(2πf) for |f| ≤ 1/8 and y = f².
@inline(__always)
func sineOfTurns(_ f: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMD8<Double> {
  let tail = multiplyAdd(sineRemainderOfTurns(y), y, fullTurnLow)
  return (f * tail).addingProduct(f, SIMD8(repeating: fullTurn))
}

/// The bits of `y` where `mask` is set, else those of `x`.
@inline(__always)
func exchanged(
  _ x: SIMD8<Double>, _ y: SIMD8<Double>, _ mask: SIMD8<UInt64>
) -> SIMD8<UInt64> {
  (bits(y) & mask) | (bits(x) & ~mask)
}

/// Two independent standard normal deviates from each pair of words, by Box and Muller.
///
/// With a the lower and b the upper word of a lane: u = (a + 1) / 2³², θ = 2π·b / 2³²; the deviates are r·cos θ and
/// r·sin θ with r = √(−2·log u), which is at most 6.67.
@inline(__always)
func normalDeviates(
  _ pairs: SIMD8<UInt64>
) -> (first: SIMD8<Double>, second: SIMD8<Double>) {
  let a = lowHalves(pairs)
  let b = pairs &>> 32
  let u = (doublesOfIntegers(a) + SIMD8(repeating: 1)) * SIMD8(repeating: 0x1p-32)
  let radius = (plainLogarithm(u) * SIMD8(repeating: -2)).squareRoot()
  // θ = 2π·(quarter / 4 + f) with |f| ≤ 1/8; f is exact.
  let quarter = (b &+ SIMD8(repeating: 0x2000_0000)) &>> 30
  let rest = doublesOfIntegers(b) - doublesOfIntegers(quarter &<< 30)
  let f = rest * SIMD8(repeating: 0x1p-32)
  let y = f * f
  let c = cosineOfTurns(y)
  let s = sineOfTurns(f, y)
  // All bits set where the quarter is odd.
  let odd = SIMD8<UInt64>(repeating: 0) &- (quarter & SIMD8(repeating: 1))
  let two = SIMD8<UInt64>(repeating: 2)
  let cosineSign = ((quarter &+ SIMD8(repeating: 1)) & two) &<< 62
  let sineSign = (quarter & two) &<< 62
  let cosine = doubles(exchanged(c, s, odd) ^ cosineSign)
  let sine = doubles(exchanged(s, c, odd) ^ sineSign)
  return (radius * cosine, radius * sine)
}

/// The bit patterns of eight doubles rounded to float, in the lower halves.
@inline(__always)
func floatBits(_ x: SIMD8<Double>) -> SIMD8<UInt64> {
  let narrow = narrowed(x)
  var wide = SIMD8<UInt64>()
  for lane in 0..<8 { wide[lane] = UInt64(narrow[lane].bitPattern) }
  return wide
}

/// Turns words into normal deviates in place: words 2i and 2i + 1 into the floats mean + deviation·z of their pair.
///
/// Each is fma(deviation, z, mean) in double, rounded once. `pairs` words are read and written eight pairs at a time,
/// so `count` is a number of pairs divisible by eight.
@inline(__always)
func normalsInPlace(
  _ words: UnsafeMutableRawPointer, _ count: Int, _ mean: Double, _ deviation: Double
) {
  let center = SIMD8<Double>(repeating: mean)
  let scale = SIMD8<Double>(repeating: deviation)
  var index = 0
  while index < count {
    // SAFETY: index + 8 ≤ count pairs of eight bytes; no alignment is asked for.
    let pairs = unsafe words.loadUnaligned(fromByteOffset: 8 &* index, as: SIMD8<UInt64>.self)
    let (first, second) = normalDeviates(pairs)
    let low = floatBits(center.addingProduct(scale, first))
    let high = floatBits(center.addingProduct(scale, second))
    unsafe words.storeBytes(
      of: low | (high &<< 32), toByteOffset: 8 &* index, as: SIMD8<UInt64>.self)
    index &+= 8
  }
}

/// y[i] = mean + deviation·z[i], where the pair z[2k], z[2k + 1] comes from words 2k and 2k + 1 of a stream.
///
/// Word w of the stream is word w mod 4 of the block with the counter (firstBlock + w / 4, c1, c2, c3).
@inline(never)
func rawFillNormals(
  _ y: MutableFloatPointer, _ count: Int, _ mean: Double, _ deviation: Double,
  _ firstBlock: UInt32, _ c1: UInt32, _ c2: UInt32, _ c3: UInt32, _ k0: UInt32, _ k1: UInt32
) {
  var words = InlineArray<512, UInt32>(repeating: 0)
  var start = 0
  while start < count {
    let width = min(512, count &- start)
    let blocks = (width &+ 15) / 16 &* 4
    var span = words.mutableSpan
    // SAFETY: `blocks` is at most 128, so that the words fit; y has `count` elements.
    unsafe span.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress {
        unsafe rawPhiloxBlocks(
          base, firstBlock &+ UInt32(truncatingIfNeeded: start / 4), c1, c2, c3, k0, k1, blocks)
        unsafe normalsInPlace(UnsafeMutableRawPointer(base), 2 &* blocks, mean, deviation)
        for i in 0..<width { unsafe y[start &+ i] = Float(bitPattern: base[i]) }
      }
    }
    start &+= width
  }
}

/// y[i] = fma(u[i], high − low, low), kept below `high`, where u[i] is the upper 24 bits of word i of a stream.
///
/// The words are those of `fillNormals`.
@inline(never)
func rawFillUniforms(
  _ y: MutableFloatPointer, _ count: Int, _ low: Float, _ high: Float,
  _ firstBlock: UInt32, _ c1: UInt32, _ c2: UInt32, _ c3: UInt32, _ k0: UInt32, _ k1: UInt32
) {
  let width = high - low
  let below = high.nextDown
  var words = InlineArray<512, UInt32>(repeating: 0)
  var start = 0
  while start < count {
    let here = min(512, count &- start)
    var span = words.mutableSpan
    // SAFETY: at most 128 blocks, so that the words fit; y has `count` elements.
    unsafe span.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress {
        unsafe rawPhiloxBlocks(
          base, firstBlock &+ UInt32(truncatingIfNeeded: start / 4), c1, c2, c3, k0, k1,
          (here &+ 3) / 4)
        for i in 0..<here {
          // 24 bits are exact as a signed integer and as a float.
          let u = unsafe Float(Int32(truncatingIfNeeded: base[i] &>> 8)) * 0x1p-24
          let value = low.addingProduct(u, width)
          unsafe y[start &+ i] = value < high ? value : below
        }
      }
    }
    start &+= here
  }
}
