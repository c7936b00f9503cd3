import KernelInterface
import Autograd
import ReferenceInterpreter
import Testing

@Suite("Softmax and losses", .enabled(if: canRoundCorrectly()))
struct LossTests {
  @Test("have the bits of their definitions: value, each sample's loss and gradient")
  func bits() throws {
    let product = try Product()
    try Cases(300, inDebug: 60).run { seed, random in
      let isWide = random.once(in: 20)
      let rows = random.choice([1, 2, 3, 17, 63, 64, 65, 130]) / (isWide ? 32 : 1) + 1
      let columns =
        isWide
        ? random.integer(4000...9000) : random.choice([1, 2, 3, 10, 15, 16, 17, 31, 32, 33, 100])
      let values: SplitMix.Values = random.once(in: 2) ? .ordinary : .spread
      let x = random.floats(rows * columns, values)
      let dy = random.floats(rows * columns, values)
      let labels = (0..<rows).map { _ in UInt32(random.integer(0...columns - 1)) }
      let smoothing = random.once(in: 2) ? 0 : Double(random.integer(1...9)) / 16

      let y = softmax(x, columns: columns)
      let softmaxTrial = Trial(
        name: "softmax of \(rows)×\(columns), \(values)", inputs: [(x, [rows, columns])],
        outputGradient: dy, output: y, gradients: [softmaxGradient(dy, y, columns: columns)]
      ) { x, _ in softmax(x[0]) }
      guard try softmaxTrial.check(seed: seed, product) else { return false }

      // A batch may be a part of a step.
      let count = random.once(in: 2) ? rows : rows + random.integer(1...50)
      let losses: [(String, ReferenceLoss, (Tensor, Labels) -> any LossOperation)] = [
        (
          "cross_entropy, smoothing \(smoothing)",
          crossEntropy(x, labels: labels, columns: columns, smoothing: smoothing, count: count),
          { CrossEntropyOperation(logits: $0, labels: $1, labelSmoothing: smoothing) }
        ),
        (
          "mean_squared_error",
          squaredError(x, labels: labels, columns: columns, count: count),
          { MeanSquaredErrorOperation($0, labels: $1) }
        ),
      ]
      for (name, loss, make) in losses {
        let expected: Results = [
          ("mean", [loss.mean]), ("losses", loss.losses), ("gradient", loss.gradient),
        ]
        let isRight = try check(
          expected, of: "\(name) of \(rows)×\(columns) in \(count), \(values)", seed: seed, product
        ) {
          let tape = try product.tape($0)
          let input = tape.tensor(x, shape: [rows, columns], requiresGradient: true)
          let operation = make(input, Labels(labels))
          operation.sampleCount = count
          let mean = tape.record(operation)
          mean.backward()
          return [
            ("mean", mean.values), ("losses", operation.losses.array),
            ("gradient", input.gradient),
          ]
        }
        guard isRight else { return false }
      }
      return true
    }
  }
}
