import RandomStreams
import Testing

@Suite("A permutation")
struct PermutationTests {
  @Test("has every sample once", arguments: [0, 1, 2, 3, 10, 100, 1_000, 60_000])
  func bijection(count: Int) {
    for epoch in 0..<3 as Range<UInt32> {
      let permutation = Permutation(count: count, seed: 42, epoch: epoch)
      #expect(permutation.count == count)
      #expect(permutation.order.sorted().elementsEqual(0..<UInt32(count)))
    }
  }

  @Test(
    "is the shuffle of Fisher and Yates with the draws of its stream", arguments: [2, 10, 3_000])
  func definition(count: Int) {
    var stream = RandomStream(StreamKey(seed: 9), .split, step: 4)
    var expected = Array(0..<UInt32(count))
    for i in stride(from: count - 1, through: 1, by: -1) {
      expected.swapAt(i, Int(stream.integer(below: UInt32(i + 1))))
    }
    let permutation = Permutation(count: count, seed: 9, epoch: 4, purpose: .split)
    #expect(permutation.order == expected)
    #expect(permutation[1] == Int(expected[1]))
  }

  @Test("differs in every epoch, seed and purpose")
  func differs() {
    var seen: Set<[UInt32]> = []
    for epoch in 0..<100 as Range<UInt32> {
      seen.insert(Permutation(count: 100, seed: 1, epoch: epoch).order)
      seen.insert(Permutation(count: 100, seed: 2, epoch: epoch).order)
      seen.insert(Permutation(count: 100, seed: 1, epoch: epoch, purpose: .split).order)
    }
    #expect(seen.count == 300)
  }

  @Test("gives each order of four equally often (chi-square)")
  func uniform() {
    var counts: [[UInt32]: Int] = [:]
    for epoch in 0..<24_000 as Range<UInt32> {
      counts[Permutation(count: 4, seed: 5, epoch: epoch).order, default: 0] += 1
    }
    #expect(counts.count == 24)
    let statistic = counts.values.reduce(0.0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
    // 23 degrees of freedom: 49.7 is exceeded once in a thousand seeds, and this one is fixed.
    #expect(statistic < 49.7)
  }
}
