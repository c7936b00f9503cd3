import Datasets
import Testing

@Suite("The statistics of a dataset")
struct StatisticsTests {
  private func statistics(_ set: ImageSet) throws -> ChannelStatistics {
    var statistics: ChannelStatistics?
    try withPath { path in
      statistics = try DatasetPreparation(training: set, test: nil).write(to: path).statistics
    }
    return try #require(statistics)
  }

  private func set(_ bytes: [UInt8]) throws -> ImageSet {
    try ImageSet(
      source: "x", shape: ImageShape(channels: 1, height: 1, width: bytes.count),
      samples: .bytes(bytes), labels: [0])
  }

  @Test("are exact where they can be")
  func examples() throws {
    // Population deviations: of 0 and 255 half of full scale, of 0, 51 and 102 √(2/3) of a fifth.
    let two = try statistics(set([0, 255]))
    #expect(two.mean == [0.5])
    #expect(two.standardDeviation == [0.5])
    #expect(two.minimum == [0] && two.maximum == [1])
    let three = try statistics(set([0, 51, 102]))
    #expect(abs(three.mean[0] - 0.2) < 1e-16)
    #expect(abs(three.standardDeviation[0] - 0.2 * (2.0 / 3).squareRoot()) < 1e-16)
    let constant = try statistics(set([UInt8](repeating: 7, count: 1000)))
    #expect(constant.standardDeviation == [0])
    #expect(constant.mean == [7.0 / 255])
  }

  @Test("of bytes and of floats of the same values agree", arguments: [1, 5, 333, 2000])
  func agreement(count: Int) throws {
    let bytes = try byteSet(count)
    let floats = try ImageSet(
      source: "x", shape: bytes.shape, samples: .floats(bytes.floats), labels: bytes.labels)
    let (left, right) = (try statistics(bytes), try statistics(floats))
    for channel in 0..<2 {
      #expect(abs(left.mean[channel] - right.mean[channel] / 255) < 1e-14)
      let deviation = right.standardDeviation[channel] / 255
      #expect(abs(left.standardDeviation[channel] - deviation) < 1e-14)
      #expect(left.minimum[channel] == right.minimum[channel] / 255)
      #expect(left.maximum[channel] == right.maximum[channel] / 255)
    }
  }

  @Test("survive values that swallow naive sums")
  func cancellation() throws {
    // Around a million with a deviation of 1: the sum of squares alone would lose it in single precision.
    let values = (0..<10_000).map { Float(1_000_000 + ($0 % 2) * 2) }
    let set = try ImageSet(
      source: "x", shape: ImageShape(channels: 1, height: 1, width: 100), samples: .floats(values),
      labels: [Int32](repeating: 0, count: 100))
    let statistics = try statistics(set)
    #expect(statistics.mean == [1_000_001])
    #expect(statistics.standardDeviation == [1])
  }

  @Test("do not see validation and test samples")
  func leaks() throws {
    try withPath { path in
      var preparation = DatasetPreparation(training: try byteSet(100), test: try byteSet(20))
      preparation.validation = ValidationSplit(count: 30)
      let prepared = try preparation.write(to: path)
      let kept = try DatasetFile(path).split(.train).indices
      let alone = try ImageSet(
        source: "x", shape: preparation.training.shape,
        samples: .bytes(
          kept.flatMap { sample in
            preparation.training.floats[sample * 24..<(sample + 1) * 24].map { UInt8($0) }
          }), labels: kept.map { preparation.training.labels[$0] })
      #expect(try statistics(alone) == prepared.statistics)
    }
  }
}
