import Autograd
import Testing

@Suite("The gradients of a linear layer's parameters")
struct ParameterGradientTests {
  static let shapes = [(1, 1, 1), (2, 3, 5), (7, 33, 31), (64, 20, 10), (13, 17, 100)]

  /// The chain of rule 1 and 2 for one block, written out: fma over ascending samples from +0.
  static func chains(
    _ x: [Float], _ dy: [Float], samples: Range<Int>, _ k: Int, _ m: Int
  ) -> (weight: [Float], bias: [Float]) {
    var weight = [Float](repeating: 0, count: k * m)
    var bias = [Float](repeating: 0, count: m)
    for sample in samples {
      for output in 0..<m {
        let d = dy[sample * m + output]
        bias[output] += d
        for input in 0..<k {
          weight[output * k + input].addProduct(x[sample * k + input], d)
        }
      }
    }
    return (weight, bias)
  }

  @Test("are chains over ascending samples, to the bit", arguments: shapes, [1, 2, 3, 5, 100])
  func chains(shape: (Int, Int, Int), shards: Int) throws {
    let (n, k, m) = shape
    var numbers = Numbers(5)
    let (x, dy) = (numbers.array(n * k), numbers.array(n * m))
    let (weight, bias) = linearParameters(inputs: k, outputs: m)
    // Shards: sample i of n in shard ⌊i · shards / n⌋; those with samples are combined pairwise.
    var parts = Dictionary(grouping: 0..<n) { $0 * shards / n }.sorted { $0.key < $1.key }.map {
      Self.chains(x, dy, samples: $0.value[0]..<$0.value[0] + $0.value.count, k, m)
    }
    while parts.count > 1 {
      parts = stride(from: 0, to: parts.count, by: 2).map { index in
        guard index + 1 < parts.count else { return parts[index] }
        return (
          zip(parts[index].weight, parts[index + 1].weight).map(+),
          zip(parts[index].bias, parts[index + 1].bias).map(+)
        )
      }
    }
    for threads in [1, 2, 3, 7] {
      let tape = try makeTape(threads: threads, shards: shards)
      let w = parameter("w", [m, k], weight)
      let b = parameter("b", [m], bias)
      let y = linear(tape.tensor(x, shape: [n, k]), weight: w, bias: b)
      (y * tape.tensor(dy, shape: [n, m])).sum().backward()
      #expect(bits(w.gradients) == bits(parts[0].weight), "\(threads) threads")
      #expect(bits(b.gradients) == bits(parts[0].bias), "\(threads) threads")
    }
  }

  @Test("combine blocks of 4096 samples pairwise")
  func blocks() throws {
    let n = 4096 * 2 + 17
    var numbers = Numbers(9)
    let (x, dy) = (numbers.array(n), numbers.array(n))
    let parts = [0..<4096, 4096..<8192, 8192..<n].map { Self.chains(x, dy, samples: $0, 1, 1) }
    let expected = (parts[0].weight[0] + parts[1].weight[0]) + parts[2].weight[0]
    let tape = try makeTape()
    let w = parameter("w", [1, 1], [1])
    let y = linear(tape.tensor(x, shape: [n, 1]), weight: w, bias: nil)
    (y * tape.tensor(dy, shape: [n, 1])).sum().backward()
    #expect(bits(w.gradients) == bits([expected]))
  }

  @Test("add up over passes until they are zeroed")
  func accumulation() throws {
    let tape = try makeTape()
    let w = parameter("w", [1, 2], [0.5, 0.25])
    func pass(_ x: [Float]) {
      tape.rewind()
      linear(tape.tensor(x, shape: [1, 2]), weight: w, bias: nil).sum().backward()
    }
    pass([1, 2])
    pass([10, 20])
    #expect(w.gradients == [11, 22])
    w.zeroGradient()
    #expect(w.gradients == [0, 0])
    pass([3, 4])
    #expect(w.gradients == [3, 4])
  }
}
