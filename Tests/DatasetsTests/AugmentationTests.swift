import Datasets
import Testing

@Suite("Augmentation")
struct AugmentationTests {
  static let shape = ImageShape(channels: 2, height: 5, width: 7)

  /// Values that tell channel, row and column.
  private func images(_ count: Int, _ shape: ImageShape = shape) -> [Float] {
    (0..<count * shape.count).map { Float($0 % shape.count + 1) }
  }

  private func apply(
    _ augmentation: Augmentation, to values: [Float], samples: [UInt32], epoch: UInt32 = 1,
    seed: UInt64 = 42, shape: ImageShape = shape
  ) -> [Float] {
    var values = values
    var span = values.mutableSpan
    augmentation.apply(
      to: &span, shape: shape, fill: Array([-1, -2, -3, -4].prefix(shape.channels)),
      samples: samples.span, epoch: epoch, seed: seed)
    return values
  }

  @Test("that does nothing changes nothing")
  func identity() {
    let values = images(10)
    #expect(apply(Augmentation(), to: values, samples: Array(0..<10)) == values)
  }

  @Test("mirrors about half of the samples, left to right, every channel alike")
  func mirrors() {
    let values = images(200)
    let result = apply(Augmentation(flipsHorizontally: true), to: values, samples: Array(0..<200))
    let mirrored = (0..<Self.shape.count).map { index -> Float in
      let column = index % 7
      return Float(index - column + 6 - column + 1)
    }
    var count = 0
    for sample in 0..<200 {
      let own = Array(result[sample * 70..<(sample + 1) * 70])
      #expect(own == mirrored || own == Array(values[..<70]))
      count += own == mirrored ? 1 : 0
    }
    // Binomial with n = 200: deviation 7.07; five of them.
    #expect(abs(count - 100) < 36)
  }

  @Test("shifts by every amount up to its padding, with the border's value outside")
  func shifts() {
    let augmentation = Augmentation(cropPadding: 2, border: .zero)
    let values = images(500)
    let result = apply(augmentation, to: values, samples: Array(0..<500))
    var seen: Set<[Int]> = []
    for sample in 0..<500 {
      let own = Array(result[sample * 70..<(sample + 1) * 70])
      let matches = (-2...2).flatMap { down in
        (-2...2).map { right in [down, right] }
      }.filter { shift in
        (0..<70).allSatisfy { index in
          let (channel, row, column) = (index / 35, index / 7 % 5, index % 7)
          let (from, at) = (row + shift[0], column + shift[1])
          let isInside = from >= 0 && from < 5 && at >= 0 && at < 7
          return own[index]
            == (isInside ? values[channel * 35 + from * 7 + at] : channel == 0 ? -1 : -2)
        }
      }
      #expect(matches.count == 1)
      seen.formUnion(matches)
    }
    #expect(seen.count == 25)
  }

  @Test("reflects at the edge pixel, as NumPy's pad does")
  func reflection() {
    // One row of 1 2 3 4, padded by 2: 3 2 1 2 3 4 3 2.
    let shape = ImageShape(channels: 1, height: 4, width: 4)
    let values: [Float] = Array(repeating: [1, 2, 3, 4], count: 4).flatMap { $0 }
    let padded: [Float] = [3, 2, 1, 2, 3, 4, 3, 2]
    let samples = Array(0..<100 as Range<UInt32>)
    let result = apply(
      Augmentation(cropPadding: 2), to: Array(repeating: values, count: 100).flatMap { $0 },
      samples: samples, shape: shape)
    for sample in 0..<100 {
      let own = Array(result[sample * 16..<sample * 16 + 4])
      #expect((0...4).contains { own == Array(padded[$0..<$0 + 4]) })
      for row in 1..<4 {
        #expect(own == Array(result[sample * 16 + 4 * row..<sample * 16 + 4 * row + 4]))
      }
    }
  }

  @Test("of a sample depends on seed, epoch and sample, and not on its batch")
  func independence() {
    let augmentation = Augmentation(cropPadding: 2, flipsHorizontally: true)
    let values = images(50)
    let all = apply(augmentation, to: values, samples: Array(0..<50))
    #expect(apply(augmentation, to: values, samples: Array(0..<50)) == all)
    for sample in 0..<50 {
      let alone = apply(augmentation, to: images(1), samples: [UInt32(sample)])
      #expect(alone == Array(all[sample * 70..<(sample + 1) * 70]))
    }
    #expect(apply(augmentation, to: values, samples: Array(0..<50), epoch: 2) != all)
    #expect(apply(augmentation, to: values, samples: Array(0..<50), seed: 43) != all)
  }

  @Test("draws the same shift whether it mirrors or not")
  func separateDraws() {
    let values = images(50)
    let samples = Array(0..<50 as Range<UInt32>)
    let shifted = apply(Augmentation(cropPadding: 2), to: values, samples: samples)
    let both = apply(
      Augmentation(cropPadding: 2, flipsHorizontally: true), to: values, samples: samples)
    var equal = 0
    for sample in 0..<50 {
      for row in 0..<10 {
        let start = sample * 70 + row * 7
        let (left, right) = (Array(shifted[start..<start + 7]), Array(both[start..<start + 7]))
        #expect(left == right || left == Array(right.reversed()))
        equal += left == right ? 1 : 0
      }
    }
    #expect(equal > 0 && equal < 500)
  }
}
