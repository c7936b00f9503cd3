import Datasets
import Foundation
import Testing

@Suite("Preparing a dataset")
struct PreparationTests {
  static let mnist = "/work/shared/datasets/mnist"

  @Test("smoke")
  func smoke() throws {
    func now() -> Double {
      var t = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)
      return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9
    }
    var start = now()
    func lap(_ name: String) { print(name, now() - start, "cpu seconds"); start = now() }
    let training = try ImageSet(
      idxImages: Self.mnist + "/train-images-idx3-ubyte.gz",
      idxLabels: Self.mnist + "/train-labels-idx1-ubyte.gz")
    let test = try ImageSet(
      idxImages: Self.mnist + "/t10k-images-idx3-ubyte.gz",
      idxLabels: Self.mnist + "/t10k-labels-idx1-ubyte.gz")
    lap("read")
    var preparation = DatasetPreparation(training: training, test: test)
    preparation.validation = ValidationSplit(.count(5000), isStratified: true)
    let path = "/tmp/dt/mnist.h5"
    print(try preparation.write(to: path))
    lap("write")
    let file = try DatasetFile(path)
    let split = try file.split(.train)
    lap("load")
    print(split.count, split.byteCount, file.description)
    var values = [Float](repeating: 0, count: 64 * split.shape.count)
    var labels = [Int32](repeating: 0, count: 64)
    let indices = (0..<64).map { UInt32($0) }
    for _ in 0..<800 {
      var valueSpan = values.mutableSpan
      var labelSpan = labels.mutableSpan
      split.gather(indices.span, into: &valueSpan, labels: &labelSpan)
    }
    lap("gather")
    print(values[100..<200], labels)
  }
}
