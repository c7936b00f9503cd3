import Datasets
import Foundation
import Programs
import Testing

@Suite("CIFAR-10")
struct CIFARTests {
  /// Records whose pixels tell sample, channel and place.
  private func records(_ labels: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (sample, label) in labels.enumerated() {
      bytes.append(label)
      for place in 0..<3072 {
        bytes.append(UInt8(truncatingIfNeeded: sample * 7 + place / 1024 * 50 + place))
      }
    }
    return bytes
  }

  @Test("is read from several files, plain or gzip")
  func reading() throws {
    let (first, second) = (records([3, 9, 0]), records([1]))
    try withFile(first) { plain in
      try withFile(try gzip(second)) { packed in
        let set = try ImageSet(cifar10: [plain, packed])
        #expect(set.shape == ImageShape(channels: 3, height: 32, width: 32))
        #expect(set.labels == [3, 9, 0, 1])
        guard case .bytes(let pixels) = set.samples else {
          Issue.record("no bytes")
          return
        }
        #expect(pixels.count == 4 * 3072)
        #expect(Array(pixels[..<3072]) == Array(first[1..<3073]))
        #expect(Array(pixels[3 * 3072..<4 * 3072]) == Array(second[1...]))
        #expect(CIFAR10Format.classNames?.count == 10)
      }
    }
  }

  @Test("is refused where it is cut, longer, labelled wrongly or something else")
  func malformed() throws {
    let good = records([1, 2])
    for bad in [
      [], [1], Array(good.dropLast()), good + [1], Array(good[..<3072]), zeros(3072), zeros(3074),
    ] as [[UInt8]] {
      try withFile(good) { first in
        try withFile(bad) { second in
          for paths in [[second], [first, second], [second, first]] {
            let error = #expect(throws: DatasetError.self) { _ = try ImageSet(cifar10: paths) }
            #expect(error?.code == .notCIFAR)
            #expect(error?.source == second)
          }
        }
      }
    }
    try withFile(good) { first in
      try withFile(records([0, 10])) { second in
        let error = #expect(throws: DatasetError.self) {
          _ = try ImageSet(cifar10: [first, second])
        }
        #expect(error?.code == .label(10, sample: 1, classCount: 10))
        #expect(error?.source == second)
      }
    }
    #expect(throws: DatasetError.self) { _ = try ImageSet(cifar10: ["/nowhere/data_batch_1.bin"]) }
  }

  static let published = URL(filePath: RealData.mnist).deletingLastPathComponent()
    .appending(path: "cifar-10/test_first1000.bin.xz").path
  static let canUnpack =
    FileManager.default.fileExists(atPath: published)
    && FileManager.default.isExecutableFile(atPath: "/usr/bin/xz")

  @Test(
    "as published is prepared and loaded",
    .enabled(if: canUnpack, "needs CIFAR-10 in \(published) and xz"))
  func endToEnd() throws {
    let bytes = try Program("/usr/bin/xz", ["-dc", Self.published]).result().output
    try withFile(Array(bytes)) { batch in
      let set = try ImageSet(cifar10: [batch])
      #expect(set.count == 1000)
      try withPath { path in
        var preparation = DatasetPreparation(training: set, test: nil)
        preparation.classNames = CIFAR10Format.classNames
        preparation.validation = ValidationSplit(fraction: 0.1, isStratified: true)
        let prepared = try preparation.write(to: path)
        // Those of all 50,000 training samples are 0.491, 0.482, 0.447 and 0.247, 0.243, 0.262.
        for (value, expected) in zip(prepared.statistics.mean, [0.491, 0.482, 0.447]) {
          #expect(abs(value - expected) < 0.02)
        }
        for (value, expected) in zip(prepared.statistics.standardDeviation, [0.247, 0.243, 0.262]) {
          #expect(abs(value - expected) < 0.02)
        }
        let split = try DatasetFile(path).split(.train)
        #expect(split.count == 900 && split.byteCount == 900 * 3072)
        #expect(split.classNames == CIFAR10Format.classNames)
      }
    }
  }
}
