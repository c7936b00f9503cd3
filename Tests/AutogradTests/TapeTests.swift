import KernelInterface
import Autograd
import Testing

@Suite("A tape")
struct TapeTests {
  @Test("differentiates linearly: the gradient of a·f + b·g is a·f′ + b·g′")
  func linearity() throws {
    var numbers = Numbers(3)
    let values = numbers.array(37)
    func gradient(_ f: (Tensor) -> Tensor) throws -> [Float] {
      let tape = try makeTape()
      let x = tape.tensor(values, shape: [37], requiresGradient: true)
      f(x).backward()
      return x.gradient
    }
    let f = try gradient { tanh($0).sum() }
    let g = try gradient { ($0 * $0).sum() }
    // Powers of two scale exactly, so the law holds to the bit up to the order of one addition.
    let both = try gradient { 2 * tanh($0).sum() + 0.5 * ($0 * $0).sum() }
    for index in values.indices {
      let expected: Float = 2 * f[index] + 0.5 * g[index]
      #expect(abs(both[index] - expected) <= 4e-7)
    }
  }

  @Test("adds the contributions of all uses of a value")
  func sumRule() throws {
    let tape = try makeTape()
    let x = tape.tensor([3], shape: [1], requiresGradient: true)
    (x + x + x * x).sum().backward()
    #expect(x.gradient == [8])
  }

  @Test("gives zero for what the loss does not depend on")
  func unused() throws {
    let tape = try makeTape()
    let x = tape.tensor([3, 4], shape: [2], requiresGradient: true)
    let y = tape.tensor([5, 6], shape: [2], requiresGradient: true)
    _ = y * y
    x.sum().backward()
    #expect(y.gradient == [0, 0])
    #expect(x.gradient == [1, 1])
  }

  @Test("begins the gradients of tensors anew in each backward pass")
  func anew() throws {
    let tape = try makeTape()
    let x = tape.tensor([3], shape: [1], requiresGradient: true)
    let loss = (x * x).sum()
    loss.backward()
    loss.backward()
    #expect(x.gradient == [6])
  }

  @Test("passes no gradient through what was marked to need none")
  func constants() throws {
    let tape = try makeTape()
    let x = tape.tensor([3], shape: [1], requiresGradient: true)
    let c = tape.tensor([2], shape: [1])
    (x * c).sum().backward()
    #expect(c.gradient == [0] && x.gradient == [2])
  }

  @Test("refuses a tensor of an earlier recording")
  func stale() async {
    await #expect(processExitsWith: .failure) {
      let tape = try makeTape()
      let x = tape.tensor([1], shape: [1])
      tape.rewind()
      _ = x.values
    }
  }

  @Test("keeps images in logical order outside, whatever their storage")
  func order() throws {
    let tape = try makeTape()
    let values = (0..<2 * 3 * 4 * 5).map(Float.init)
    let x = tape.tensor(values, shape: [2, 3, 4, 5])
    #expect(x.values == values)
    #expect(flatten(x).values == values)
    #expect(x.variable.value[1] == 20, "stored N, H, W, C")
  }
}

@Suite("Dropout")
struct DropoutTests {
  let stream = DropoutStream(key0: 1, key1: 2, purpose: 4)

  @Test("keeps about 1 − p of the elements and scales them")
  func share() throws {
    let tape = try makeTape()
    let x = tape.tensor(Array(repeating: 1, count: 40_000), shape: [100, 400])
    let y = dropout(x, probability: 0.3, stream: stream).values
    let kept = y.filter { $0 != 0 }
    let factor = Float(1 / 0.7)
    #expect(kept.allSatisfy { $0 == factor })
    // Five standard deviations of a binomial of 40,000 draws.
    let share = Double(kept.count) / 40_000
    let deviation = (0.7 * 0.3 / 40_000).squareRoot()
    #expect(abs(share - 0.7) < 5 * deviation)
  }

  @Test("passes the gradient where it passed the value")
  func gradient() throws {
    let tape = try makeTape()
    let x = tape.tensor(Array(repeating: 1, count: 77), shape: [7, 11], requiresGradient: true)
    let y = dropout(x, probability: 0.5, stream: stream)
    y.sum().backward()
    #expect(bits(x.gradient) == bits(y.values))
  }

  @Test("draws by sample, not by place in the batch, and anew in each step")
  func sample() throws {
    let tape = try makeTape()
    func mask(samples: [UInt32], step: UInt32) -> [[Float]] {
      tape.rewind()
      tape.step = step
      tape.samples = WordStorage(samples)
      let x = tape.tensor(
        Array(repeating: 1, count: samples.count * 37), shape: [samples.count, 37])
      let y = dropout(x, probability: 0.5, stream: stream).values
      return samples.indices.map { Array(y[$0 * 37..<($0 + 1) * 37]) }
    }
    let first = mask(samples: [5, 9, 700], step: 3)
    #expect(mask(samples: [700, 5], step: 3) == [first[2], first[0]])
    #expect(mask(samples: [5], step: 4) != [first[0]])
  }

  @Test("passes all when the tape does not train")
  func inference() throws {
    let tape = try makeTape()
    tape.isTraining = false
    let x = tape.tensor([1, 2, 3], shape: [1, 3])
    #expect(dropout(x, probability: 0.9, stream: stream).values == [1, 2, 3])
  }
}
