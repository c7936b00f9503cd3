import RandomStreams
import Testing

@Suite("A random stream")
struct RandomStreamTests {
  @Test("takes its draws from the blocks in order, four a block")
  func draws() {
    let key = StreamKey(seed: 42)
    var stream = RandomStream(key, .augmentation, step: 3, element: 17)
    for block in 0..<5 as Range<UInt32> {
      let words = Philox4x32.block(SIMD4(block, 17, 3, 5), key: key)
      for lane in 0..<4 { #expect(stream.nextWord() == words[lane]) }
    }
    #expect(stream.drawn == 20)
  }

  @Test("is the same again when it is named again, and another for another name")
  func names() {
    func first(_ stream: RandomStream) -> [UInt32] {
      var stream = stream
      return (0..<8).map { _ in stream.nextWord() }
    }
    let key = StreamKey(seed: 1)
    let base = first(RandomStream(key, .dropout, step: 2, element: 3))
    #expect(first(RandomStream(key, .dropout, step: 2, element: 3)) == base)
    #expect(first(RandomStream(key, .split, step: 2, element: 3)) != base)
    #expect(first(RandomStream(key, .dropout, step: 3, element: 3)) != base)
    #expect(first(RandomStream(key, .dropout, step: 2, element: 2)) != base)
    #expect(first(RandomStream(StreamKey(seed: 2), .dropout, step: 2, element: 3)) != base)
    #expect(first(RandomStream(key.named("a"), .dropout, step: 2, element: 3)) != base)
  }

  @Test("has keys from names by the written rule")
  func keys() {
    // FNV-1a's published test value: the hash of "foobar" is 85944171f73967e8.
    let root = StreamKey(seed: 0x0123_4567_89ab_cdef)
    #expect(root.low == 0x89ab_cdef && root.high == 0x0123_4567)
    let words = Philox4x32.block(SIMD4(0xf739_67e8, 0x8594_4171, 6, 0), key: root)
    let key = root.named("foobar")
    #expect(key.low == words[0] && key.high == words[1])
    #expect(StreamKey(seed: key.seed) == key)
    #expect(root.named("linear1") != root.named("linear2"))
    #expect(root.named("") != root)
  }

  @Test("gives uniform numbers on the grid of 2⁻²⁴, and keeps inside its range")
  func uniform() {
    var stream = RandomStream(StreamKey(seed: 7), .initialization)
    for _ in 0..<10_000 {
      let u = stream.uniform()
      if !(u >= 0 && u < 1 && u * 0x1p24 == (u * 0x1p24).rounded()) { Issue.record("\(u)") }
    }
    // The largest draw rounds up to the end of this range, and is moved inside.
    let range: Range<Float> = 1..<(1 + 0x1p-23)
    for _ in 0..<1_000 {
      if !range.contains(stream.uniform(in: range)) { Issue.record("outside") }
    }
  }

  @Test(
    "gives integers below any bound, by Lemire's rule with rejection",
    arguments: [1, 2, 3, 10, 255, 60_000, 1 << 31, (1 << 31) + 1, .max] as [UInt32])
  func integers(bound: UInt32) {
    let key = StreamKey(seed: UInt64(bound))
    var stream = RandomStream(key, .sampling)
    var raw = RandomStream(key, .sampling)
    for _ in 0..<1_000 {
      let value = stream.integer(below: bound)
      // The definition without shortcuts: the first draw whose product is not in the biased part.
      var expected: UInt32?
      while expected == nil {
        let product = UInt64(raw.nextWord()) * UInt64(bound)
        if product % (1 << 32) >= (1 << 32) % UInt64(bound) { expected = UInt32(product >> 32) }
      }
      if value >= bound || value != expected { Issue.record("\(value), not \(expected ?? 0)") }
    }
    #expect(stream.drawn == raw.drawn)
  }
}
