import KernelInterface
import Autograd
import ReferenceInterpreter
import Testing

@Suite("Elementwise operations, reductions, flatten and dropout")
struct ElementwiseTests {
  @Test("have the bits of their definitions: value and gradients")
  func bits() throws {
    let product = try Product()
    try Cases(200, inDebug: 40).run { seed, random in
      let shape: Shape = [
        random.integer(1...4), random.choice([1, 2, 3, 5, 16, 17]), random.integer(1...9),
        random.integer(1...9),
      ]
      let values = SplitMix.Values(&random)
      let (a, b) = (random.floats(shape.count, values), random.floats(shape.count, values))
      let dy = random.floats(shape.count, values)
      let factor = random.float(.ordinary)
      let step = UInt32(random.integer(0...99))
      let keepsGradients = random.once(in: 2)
      let dropout = ReferenceDropout(
        channels: shape[1], positions: shape[2] * shape[3],
        probability: Double(random.integer(0...15)) / 16,
        key: (UInt32(truncatingIfNeeded: random.next()), UInt32(truncatingIfNeeded: random.next())),
        purpose: UInt32(truncatingIfNeeded: random.next()))
      let numbers = (0..<shape[0]).map { _ in UInt32(truncatingIfNeeded: random.next()) }
      let stream = DropoutStream(
        key0: dropout.key.0, key1: dropout.key.1, purpose: dropout.purpose)

      var trials: [Trial] = []
      func expect(
        _ name: String, _ inputs: [[Float]], _ output: [Float], _ gradients: [[Float]],
        _ apply: @escaping ([Tensor]) -> Tensor
      ) {
        trials.append(
          Trial(
            name: "\(name) of \(shape), \(values)", inputs: inputs.map { ($0, shape) },
            keepsGradients: keepsGradients, outputGradient: dy, output: output,
            gradients: gradients
          ) { x, _ in apply(x) })
      }
      expect("a + b", [a, b], added(a, b), [dy, dy]) { $0[0] + $0[1] }
      let positive = relu(added(a, b))
      let dz = reluGradient(dy, positive)
      expect("relu(a + b)", [a, b], positive, [dz, dz]) { addRelu($0[0], $0[1]) }
      expect("a − b", [a, b], subtracted(a, b), [dy, scaled(dy, by: -1)]) { $0[0] - $0[1] }
      expect("a · b", [a, b], multiplied(a, b), [multiplied(dy, b), multiplied(dy, a)]) {
        $0[0] * $0[1]
      }
      let half = multiplied(dy, a)
      expect("a · a", [a], multiplied(a, a), [added(half, half)]) { $0[0] * $0[0] }
      expect("factor · a", [a], scaled(a, by: factor), [scaled(dy, by: factor)]) {
        factor * $0[0]
      }
      expect("flatten", [a], a, [dy]) { flatten($0[0]) }
      expect(
        "dropout", [a], dropout.forward(a, samples: numbers, step: step),
        [dropout.forward(dy, samples: numbers, step: step)]
      ) {
        let tape = $0[0].tape
        tape.step = step
        tape.samples = WordStorage(numbers)
        return Autograd.dropout($0[0], probability: dropout.probability, stream: stream)
      }
      for trial in trials {
        guard try trial.check(seed: seed, product) else { return false }
      }
      return true
    }
  }

  @Test("sum and average all elements as rule 3 says")
  func reductions() throws {
    let product = try Product()
    try Cases(200, inDebug: 40).run { seed, random in
      let count = random.once(in: 3) ? random.integer(4000...14_000) : random.integer(1...100)
      let values = SplitMix.Values(&random)
      let x = random.floats(count, values)
      let dy = random.float(.ordinary)
      func trial(
        _ name: String, _ output: Float, _ gradient: Float,
        _ apply: @escaping (Tensor) -> Tensor
      ) throws -> Bool {
        try Trial(
          name: "\(name) of \(count) numbers, \(values)", inputs: [(x, [1, count])],
          outputGradient: [dy], output: [output],
          gradients: [Array(repeating: gradient, count: count)]
        ) { x, _ in apply(x[0]) }.check(seed: seed, product)
      }
      let share = Float(1 / Double(count))
      return try trial("sum", sum(x), dy) { $0.sum() }
        && trial("mean", mean(x), dy * share) { $0.mean() }
    }
  }
}
