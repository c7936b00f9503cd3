import Datasets
import Testing

@Suite("A validation split")
struct SplitTests {
  private func indices(
    _ set: ImageSet, _ split: ValidationSplit, seed: UInt64 = 42
  ) throws -> (training: [Int], validation: [Int]) {
    var result: (training: [Int], validation: [Int]) = ([], [])
    try withPath { path in
      var preparation = DatasetPreparation(training: set, test: nil)
      preparation.validation = split
      preparation.seed = seed
      try preparation.write(to: path)
      let file = try DatasetFile(path)
      result = (try file.split(.train).indices, try file.split(.validation).indices)
    }
    return result
  }

  static let tiny = ImageShape(channels: 1, height: 1, width: 1)

  /// Classes of very different sizes; the last of one sample.
  private func uneven(_ count: Int) throws -> ImageSet {
    try byteSet(count, Self.tiny) { $0 == 17 ? 3 : $0 % 10 == 0 ? 2 : $0 % 3 == 0 ? 1 : 0 }
  }

  @Test(
    "parts the samples, each list ascending", arguments: [0, 1, 99, 100, 500, 998], [true, false])
  func partition(count: Int, isStratified: Bool) throws {
    let set = try uneven(1000)
    let (training, validation) = try indices(
      set, ValidationSplit(count: count, isStratified: isStratified))
    #expect(validation.count == count)
    #expect(training == training.sorted() && validation == validation.sorted())
    #expect((training + validation).sorted() == Array(0..<1000))
  }

  @Test(
    "takes from each class its share, to less than one sample", arguments: [1, 50, 100, 333, 777])
  func shares(count: Int) throws {
    let set = try uneven(1000)
    let (_, validation) = try indices(set, ValidationSplit(count: count, isStratified: true))
    for label in 0..<4 as Range<Int32> {
      let size = set.labels.filter { $0 == label }.count
      let taken = validation.filter { set.labels[$0] == label }.count
      #expect(abs(Double(taken) - Double(size * count) / 1000) < 1)
    }
  }

  @Test("rounds a fraction to the nearest count")
  func fractions() throws {
    let set = try byteSet(10, Self.tiny)
    for (fraction, count) in [(0, 0), (0.04, 0), (0.06, 1), (0.5, 5), (0.94, 9)] {
      #expect(try indices(set, ValidationSplit(fraction: fraction)).validation.count == count)
    }
  }

  @Test("depends on the seed and on nothing else", arguments: [true, false])
  func seeds(isStratified: Bool) throws {
    let set = try byteSet(300, Self.tiny)
    let split = ValidationSplit(count: 30, isStratified: isStratified)
    let first = try indices(set, split, seed: 1).validation
    #expect(try indices(set, split, seed: 1).validation == first)
    #expect(try indices(set, split, seed: 2).validation != first)
    #expect(try indices(set, split, seed: 1 << 63).validation != first)
  }

  @Test("that is stratified takes the same of a class whatever the other classes hold")
  func independence() throws {
    // Class 0 has 100 samples at even places; class 1 changes its labels to 1 and 2.
    let split = ValidationSplit(count: 20, isStratified: true)
    let one = try byteSet(200, Self.tiny) { $0 % 2 == 0 ? 0 : 1 }
    let two = try byteSet(200, Self.tiny) { $0 % 2 == 0 ? 0 : $0 % 4 == 1 ? 1 : 2 }
    let (left, right) = (try indices(one, split).validation, try indices(two, split).validation)
    #expect(left.filter { $0 % 2 == 0 } == right.filter { $0 % 2 == 0 })
  }

  @Test("takes samples evenly", arguments: [true, false])
  func evenness(isStratified: Bool) throws {
    let set = try byteSet(100, Self.tiny)
    var counts = [Int](repeating: 0, count: 100)
    for seed in 0..<200 {
      let split = ValidationSplit(count: 50, isStratified: isStratified)
      for index in try indices(set, split, seed: UInt64(seed)).validation { counts[index] += 1 }
    }
    // Binomial with n = 200, p = 1/2: deviation 7.07; five of them.
    #expect(counts.allSatisfy { abs($0 - 100) < 36 })
  }
}
