import ElementaryFunctions
import RandomStreams
import Testing

/// Sanity checks with fixed seeds: they cannot fail by chance, only by a change of the streams.
///
/// Philox itself passes BigCrush; what is checked here is what we make of its words. Limits are the 99.9 % points.
@Suite("The statistics of random streams")
struct StatisticsTests {
  /// Σ (observed − expected)² / expected over cells that are equally likely.
  func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) } / expected
  }

  @Test("has bytes that are equally frequent in each place of a word", arguments: 0..<4)
  func bytes(place: Int) {
    var stream = RandomStream(StreamKey(seed: 11), .sampling, step: UInt32(place))
    var counts = [Int](repeating: 0, count: 256)
    for _ in 0..<25_600 { counts[Int(stream.nextWord() >> (8 * UInt32(place))) & 255] += 1 }
    #expect(chiSquare(counts) < 330.5)  // 255 degrees of freedom
  }

  @Test("has integers that are equally frequent", arguments: [2, 3, 7, 10, 100] as [UInt32])
  func integers(bound: UInt32) {
    var stream = RandomStream(StreamKey(seed: 12), .sampling)
    var counts = [Int](repeating: 0, count: Int(bound))
    for _ in 0..<20_000 { counts[Int(stream.integer(below: bound))] += 1 }
    let limits: [UInt32: Double] = [2: 10.8, 3: 13.8, 7: 22.5, 10: 27.9, 100: 148.2]
    #expect(chiSquare(counts) < limits[bound] ?? 0)
  }

  @Test("has uniform numbers of the right mean, variance and lag correlation")
  func uniform() {
    let n = 100_000
    var values = [Float](repeating: 0, count: n)
    var span = values.mutableSpan
    RandomStream(StreamKey(seed: 13), .initialization).fillUniforms(&span, in: 0..<1)
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(n)
    let variance = values.reduce(0.0) { $0 + (Double($1) - 0.5) * (Double($1) - 0.5) } / Double(n)
    // Standard errors: 1/√(12n) of the mean, 1/√(180n) of the variance, and 1/√n of a correlation.
    #expect(abs(mean - 0.5) < 3.3 * 0.2887 / 316.2)
    #expect(abs(variance - 1.0 / 12) < 3.3 * 0.0745 / 316.2)
    for lag in [1, 2, 3, 4, 8, 32] {
      var sum = 0.0
      for i in 0..<(n - lag) { sum += (Double(values[i]) - 0.5) * (Double(values[i + lag]) - 0.5) }
      #expect(abs(12 * sum / Double(n - lag)) < 3.3 / 316.2, "lag \(lag)")
    }
  }

  @Test("has normal numbers of the right moments and shape, in both halves of a pair")
  func normal() {
    let n = 100_000
    var values = [Float](repeating: 0, count: n)
    var span = values.mutableSpan
    RandomStream(StreamKey(seed: 14), .initialization).fillNormals(&span)
    for half in 0..<2 {
      let own = stride(from: half, to: n, by: 2).map { Double(values[$0]) }
      let count = Double(own.count)
      let moments = (1...4).map { k in own.reduce(0) { $0 + Elementary.power($1, k) } / count }
      // Standard errors of the moments: √(1, 2, 15, 96) / √n.
      #expect(abs(moments[0]) < 3.3 / 223.6)
      #expect(abs(moments[1] - 1) < 3.3 * 1.4142 / 223.6)
      #expect(abs(moments[2]) < 3.3 * 3.873 / 223.6)
      #expect(abs(moments[3] - 3) < 3.3 * 9.798 / 223.6)
    }
    // Ten classes of equal probability.
    let borders = [-1.28155, -0.84162, -0.5244, -0.25335, 0, 0.25335, 0.5244, 0.84162, 1.28155]
    var counts = [Int](repeating: 0, count: 10)
    for value in values { counts[borders.count { Double(value) >= $0 }] += 1 }
    #expect(chiSquare(counts) < 27.9)
    // Beyond four there should be 6.3 of 100,000.
    #expect((1...16).contains(values.count { abs($0) > 4 }))
    let cross = stride(from: 0, to: n, by: 2).reduce(0.0) {
      $0 + Double(values[$1]) * Double(values[$1 + 1])
    }
    #expect(abs(cross / 50_000) < 3.3 / 223.6)
  }

  @Test("has streams that do not know each other, however near their names")
  func independence() {
    let key = StreamKey(seed: 15)
    let pairs: [(RandomStream, RandomStream)] = [
      (RandomStream(key, .dropout), RandomStream(key, .augmentation)),
      (RandomStream(key, .dropout, step: 1), RandomStream(key, .dropout, step: 2)),
      (RandomStream(key, .dropout, element: 1), RandomStream(key, .dropout, element: 2)),
      (RandomStream(key, .dropout, step: 1), RandomStream(key, .dropout, element: 1)),
      (RandomStream(key, .dropout), RandomStream(StreamKey(seed: 16), .dropout)),
      (RandomStream(key, .dropout), RandomStream(StreamKey(seed: 15 << 32), .dropout)),
      (RandomStream(key.named("a"), .dropout), RandomStream(key.named("b"), .dropout)),
      (RandomStream(key, .dropout), RandomStream(key.named(""), .dropout)),
    ]
    for (index, (first, second)) in pairs.enumerated() {
      var (a, b) = (first, second)
      var counts = [Int](repeating: 0, count: 64)
      var agreeing = 0
      for _ in 0..<6_400 {
        let (x, y) = (a.nextWord(), b.nextWord())
        counts[Int(x >> 29) * 8 + Int(y >> 29)] += 1
        agreeing += (~(x ^ y)).nonzeroBitCount
      }
      #expect(chiSquare(counts) < 103.4, "pair \(index)")  // 63 degrees of freedom
      // Half of 204,800 bits agree, give or take √51,200.
      #expect(abs(agreeing - 102_400) < 747, "pair \(index)")
    }
  }

  @Test("puts each sample at each place equally often")
  func places() {
    var counts = [Int](repeating: 0, count: 100)
    for epoch in 0..<5_000 as Range<UInt32> {
      let permutation = Permutation(count: 10, seed: 17, epoch: epoch)
      for place in 0..<10 { counts[10 * place + permutation[place]] += 1 }
    }
    // A table with given margins has 81 degrees of freedom.
    #expect(chiSquare(counts) < 126.1)
  }

  @Test("leaves no sample near its place: consecutive epochs are uncorrelated")
  func epochs() {
    let n = 60_000
    let a = Permutation(count: n, seed: 18, epoch: 0)
    let b = Permutation(count: n, seed: 18, epoch: 1)
    let middle = Double(n - 1) / 2
    let scale = Double(n) * (Double(n) * Double(n) - 1) / 12
    func correlation(_ x: [UInt32], _ y: [UInt32]) -> Double {
      zip(x, y).reduce(0) { $0 + (Double($1.0) - middle) * (Double($1.1) - middle) } / scale
    }
    #expect(abs(correlation(a.order, b.order)) < 3.3 / 244.9)
    #expect(abs(correlation(a.order, Array(0..<UInt32(n)))) < 3.3 / 244.9)
    #expect(abs(correlation(b.order, Array(0..<UInt32(n)))) < 3.3 / 244.9)
    // The number of fixed points is Poisson with mean 1.
    #expect(a.order.enumerated().count { $0.offset == Int($0.element) } < 7)
  }
}
