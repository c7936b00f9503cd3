import Datasets
import Foundation
import HDF5
import Settings
import Testing

/// The path of a file that does not exist yet and is gone after `body`.
func withPath(_ body: (String) throws -> Void) throws {
  let file = FileManager.default.temporaryDirectory.appending(path: "datasets-\(UUID()).h5")
  defer { try? FileManager.default.removeItem(at: file) }
  try body(file.path)
}

@Suite("A prepared dataset")
struct PreparationTests {
  static let normalizations: [any NormalizationKind] = [
    Standardization(), ScaleToRange(0, 1), ScaleToRange(-1, 1),
    FixedNormalization(mean: [0.5], standardDeviation: [0.25]),
    FixedNormalization(mean: [0.1, 0.2], standardDeviation: [0.3, 0.4]), NoNormalization(),
  ]

  @Test(
    "holds fma(value, scale, offset) of each sample, from bytes and from floats",
    arguments: normalizations, [1, 7, 8, 9, 64])
  func values(normalization: any NormalizationKind, count: Int) throws {
    for training in [try byteSet(count), try floatSet(count)] {
      try withPath { path in
        var preparation = DatasetPreparation(training: training, test: training)
        preparation.normalization = normalization
        preparation.validation = ValidationSplit(count: count / 3)
        let prepared = try preparation.write(to: path)
        let file = try DatasetFile(path)
        #expect(file.description.transform == prepared.transform)
        #expect(file.description.statistics == prepared.statistics)
        #expect(file.description.normalization == type(of: normalization).word)
        for name in SplitName.allCases {
          let split = try file.split(name)
          #expect(split.count == prepared.counts[name])
          #expect(split.shape == training.shape)
          #expect(split.labels == split.indices.map { training.labels[$0] })
          #expect(split.indices == split.indices.sorted())
          let expected = split.indices.flatMap { sample in
            (0..<training.shape.count).map { index in
              let channel = index / training.shape.area
              return prepared.transform.offset[channel].addingProduct(
                training.floats[sample * training.shape.count + index],
                prepared.transform.scale[channel])
            }
          }
          #expect(everything(split).map(\.bitPattern) == expected.map(\.bitPattern))
          let stored = try HDF5File(reading: path).root().group(name.rawValue).dataset("images")
            .read(as: Float.self)
          #expect(stored.map(\.bitPattern) == expected.map(\.bitPattern))
        }
      }
    }
  }

  @Test("has mean 0 and deviation 1 over the training split, and not over the others")
  func standardized() throws {
    for training in [try byteSet(600), try floatSet(600)] {
      try withPath { path in
        var preparation = DatasetPreparation(training: training, test: nil)
        preparation.validation = ValidationSplit(fraction: 0.5)
        try preparation.write(to: path)
        let split = try DatasetFile(path).split(.train)
        let values = everything(split).map { Double($0) }
        for channel in 0..<2 {
          let own = values.indices.filter { $0 / 12 % 2 == channel }.map { values[$0] }
          let mean = own.reduce(0, +) / Double(own.count)
          let variance = own.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(own.count)
          #expect(abs(mean) < 1e-6)
          #expect(abs(variance - 1) < 1e-6)
        }
        let other = everything(try DatasetFile(path).split(.validation)).map { Double($0) }
        #expect(abs(other.reduce(0, +) / Double(other.count)) > 1e-6)
      }
    }
  }

  @Test("keeps bytes in memory where they give the stored values, and floats where they do not")
  func memory() throws {
    try withPath { path in
      try DatasetPreparation(training: byteSet(50), test: nil).write(to: path)
      #expect(try DatasetFile(path).split(.train).byteCount == 50 * 24)
      #expect(try DatasetFile(path).split(.test).byteCount == 0)
      try DatasetPreparation(training: floatSet(50), test: nil).write(to: path)
      #expect(try DatasetFile(path).split(.train).byteCount == 4 * 50 * 24)
    }
  }

  @Test("gives up bytes for one value that no byte makes", arguments: [0, 599, 1199])
  func oneForeignValue(place: Int) throws {
    try withPath { path in
      try DatasetPreparation(training: byteSet(50), test: nil).write(to: path)
      let stored = everything(try DatasetFile(path).split(.train))
      for replacement in [stored[place].nextUp, .nan, -0.0, .infinity, 1e30, -1e30] {
        var bytes = try Data(contentsOf: URL(filePath: path))
        // The images are the only place with these bits in a row.
        let pattern = stored.withUnsafeBytes { Data($0) }
        let start = try #require(bytes.range(of: pattern)).lowerBound
        withUnsafeBytes(of: replacement.bitPattern) { new in
          bytes.replaceSubrange(start + 4 * place..<start + 4 * place + 4, with: new)
        }
        try withFile(Array(bytes)) { changed in
          var expected = stored
          expected[place] = replacement
          let split = try DatasetFile(changed).split(.train)
          #expect(split.byteCount == 4 * 1200)
          #expect(everything(split).map(\.bitPattern) == expected.map(\.bitPattern))
        }
      }
    }
  }

  @Test("gathers any samples in any order, with their labels", arguments: [true, false])
  func gathering(isBytes: Bool) throws {
    try withPath { path in
      try DatasetPreparation(training: isBytes ? byteSet(40) : floatSet(40), test: nil)
        .write(to: path)
      let split = try DatasetFile(path).split(.train)
      let all = everything(split)
      for samples: [UInt32] in [[], [39], [5, 5, 0], Array((0..<40).reversed())] {
        var values = [Float](repeating: .nan, count: samples.count * 24)
        var labels = [Int32](repeating: -1, count: samples.count)
        var valueSpan = values.mutableSpan
        var labelSpan = labels.mutableSpan
        split.gather(samples.span, into: &valueSpan, labels: &labelSpan)
        #expect(values == samples.flatMap { all[Int($0) * 24..<(Int($0) + 1) * 24] })
        #expect(labels == samples.map { split.labels[Int($0)] })
      }
    }
  }

  @Test("describes itself")
  func description() throws {
    try withPath { path in
      var preparation = DatasetPreparation(training: try byteSet(10), test: nil)
      preparation.classNames = ["Kätzchen", "dog", "\"<b>"]
      preparation.sources = [.init(name: "train.images", digest: "sha256:00")]
      preparation.numericsVersion = "f32-9"
      try preparation.write(to: path)
      let file = try DatasetFile(path)
      #expect(file.classNames == ["Kätzchen", "dog", "\"<b>"])
      #expect(file.description.sources == preparation.sources)
      #expect(file.description.numericsVersion == "f32-9")
      #expect(file.description.isBytes)
      #expect(try file.split(.validation).count == 0)
      #expect(try file.split(.test).count == 0)
    }
  }

  // MARK: Mistakes

  @Test("is not made of what does not belong together")
  func mistakes() throws {
    func code(_ change: (inout DatasetPreparation) throws -> Void, test: ImageSet? = nil) throws
      -> DatasetError.Code?
    {
      var preparation = DatasetPreparation(training: try byteSet(10), test: test)
      try change(&preparation)
      var code: DatasetError.Code?
      try withPath { path in
        let error = #expect(throws: DatasetError.self) { try preparation.write(to: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
        code = error?.code
      }
      return code
    }
    let other = ImageShape(channels: 2, height: 4, width: 3)
    #expect(try code({ _ in }, test: byteSet(5, other)) == .shapeMismatch)
    #expect(try code({ _ in }, test: floatSet(5)) == .shapeMismatch)
    #expect(
      try code({ _ in }, test: byteSet(5) { _ in 3 }) == .label(3, sample: 0, classCount: 3))
    for split in [10, 11, -1].map({ ValidationSplit(count: $0) })
      + [1, -0.1, .nan, 0.96].map({ ValidationSplit(fraction: $0) })
    {
      #expect(try code { $0.validation = split } == .split, "\(split)")
    }
    for names in [[], ["a", "a", "b"], ["a", "", "c"], ["a", "b\0", "c"]] {
      #expect(try code { $0.classNames = names } == .classNames)
    }
    #expect(try code { $0.classNames = ["a", "b"] } == .label(2, sample: 2, classCount: 2))
    for normalization: any NormalizationKind in [
      FixedNormalization(mean: [1, 2, 3], standardDeviation: [1]),
      FixedNormalization(mean: [], standardDeviation: [1]),
      FixedNormalization(mean: [0], standardDeviation: [0]),
      FixedNormalization(mean: [.nan], standardDeviation: [1]),
      ScaleToRange(0, .infinity), ScaleToRange(.nan, 1),
    ] {
      #expect(try code { $0.normalization = normalization } == .normalization, "\(normalization)")
    }
  }

  @Test("stops when asked to")
  func cancellation() throws {
    try withPath { path in
      #expect(throws: CancellationError.self) {
        try DatasetPreparation(training: byteSet(10), test: nil)
          .write(to: path, isCancelled: { true })
      }
    }
  }

  @Test("tells how far its writing is")
  func progress() throws {
    try withPath { path in
      var seen: [Int] = []
      try DatasetPreparation(training: byteSet(10), test: byteSet(5)).write(
        to: path,
        progress: { done, total in
          #expect(total == 15)
          seen.append(done)
        })
      #expect(seen.last == 15 && seen == seen.sorted())
    }
  }
}
