import Autograd
import Foundation
import Training

/// Images in memory as float32, as the peers hold them.
struct Samples: SampleSource {
  let pixels: [Float]
  let classes: [UInt32]
  let inputShape: Shape
  var count: Int { classes.count }
  var classCount: Int { 10 }

  func gather(
    _ indices: Span<UInt32>, inputs: inout MutableSpan<Float>, labels: inout MutableSpan<UInt32>
  ) {
    let size = inputShape.count
    pixels.withUnsafeBufferPointer { source in
      inputs.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        for row in indices.indices {
          (to + row * size).update(from: from + Int(indices[row]) * size, count: size)
        }
      }
    }
    for row in indices.indices { labels[row] = classes[Int(indices[row])] }
  }

  /// The samples of a network: `NAME.f32` and `NAME.labels` of the folder (written by Benchmarks/peers/bench.py), or, where
  /// they are missing, made-up ones of the same shape, a fifth of whose elements are bright as in MNIST.
  init(for input: Shape, folder: URL) {
    inputShape = input
    let name = input == [1, 28, 28] ? "gray" : "color"
    if let pixels = try? Data(contentsOf: folder.appendingPathComponent("\(name).f32")),
      let classes = try? Data(contentsOf: folder.appendingPathComponent("\(name).labels"))
    {
      self.pixels = pixels.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      self.classes = classes.map(UInt32.init)
    } else {
      let count = input == [1, 28, 28] ? 60_000 : 1280
      var state: UInt64 = 1
      classes = (0..<count).map { UInt32($0 % 10) }
      pixels = (0..<count * input.count).map { index in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let word = UInt32(truncatingIfNeeded: state >> 32)
        let isBright = word % 5 == 0 || (index % input.count) % 97 == index / input.count % 10
        return isBright ? Float(word >> 8) * 0x1p-23 : -0.4242
      }
    }
  }
}
