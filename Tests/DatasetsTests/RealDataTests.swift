import Datasets
import Foundation
import Testing

/// Real datasets, where this machine has them.
enum RealData {
  /// The folder of the published MNIST files, beside the project or beside the folder it is in.
  static let mnist: String = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let path = "shared/datasets/mnist"
    let beside = folder.appending(path: path).path
    let further = folder.deletingLastPathComponent().appending(path: path).path
    return exists(further) && !exists(beside) ? further : beside
  }()

  /// Debian's package dataset-fashion-mnist.
  static let fashion = "/usr/share/datasets/fashion-mnist"

  static func exists(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/train-images-idx3-ubyte.gz")
  }

  static func set(_ folder: String, _ part: String) throws -> ImageSet {
    try ImageSet(
      idxImages: "\(folder)/\(part)-images-idx3-ubyte.gz",
      idxLabels: "\(folder)/\(part)-labels-idx1-ubyte.gz")
  }
}

@Suite("Real data", .serialized)
struct RealDataTests {
  @Test(
    "of MNIST has the statistics that everybody quotes",
    .enabled(if: RealData.exists(RealData.mnist), "needs MNIST in \(RealData.mnist)"))
  func mnist() throws {
    let prepared = try check(RealData.mnist, mean: 0.1307, deviation: 0.3081)
    #expect(prepared.classNames == (0..<10).map { "\($0)" })
  }

  @Test(
    "of Fashion-MNIST has the statistics that everybody quotes",
    .enabled(if: RealData.exists(RealData.fashion), "needs Debian's dataset-fashion-mnist"))
  func fashion() throws {
    _ = try check(RealData.fashion, mean: 0.2860, deviation: 0.3530)
  }

  private func check(_ folder: String, mean: Double, deviation: Double) throws -> PreparedDataset {
    let training = try RealData.set(folder, "train")
    let test = try RealData.set(folder, "t10k")
    var preparation = DatasetPreparation(training: training, test: test)
    var result: PreparedDataset?
    try withPath { path in
      let whole = try preparation.write(to: path)
      #expect(abs(whole.statistics.mean[0] - mean) < 5e-5)
      #expect(abs(whole.statistics.standardDeviation[0] - deviation) < 5e-5)
      preparation.validation = ValidationSplit(count: 5000, isStratified: true)
      preparation.seed = 42
      let prepared = try preparation.write(to: path)
      #expect(prepared.counts == [.train: 55_000, .validation: 5000, .test: 10_000])
      #expect(prepared.statistics != whole.statistics)
      let file = try DatasetFile(path)
      for name in SplitName.allCases {
        let split = try file.split(name)
        // Kept as bytes, so every stored value was proved to be that of its byte.
        #expect(split.byteCount == split.count * 784)
        #expect(Set(split.labels) == Set(0..<10))
      }
      result = prepared
    }
    return try #require(result)
  }
}
