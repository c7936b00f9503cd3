import Autograd
import ReferenceInterpreter
import Testing
import Training

@Suite("Every activation", .enabled(if: canRoundCorrectly()))
struct ActivationTests {
  @Test("has the bits of its definition: value and gradient")
  func bits() throws {
    let product = try Product()
    try Cases(300, inDebug: 60).run { seed, random in
      let count = random.choice([1, 2, 7, 8, 9, 15, 16, 17, 33, 100, 1031])
      let values = SplitMix.Values(&random)
      let range: Float = random.once(in: 4) ? 30 : 1
      let x = random.floats(count, values).map { $0 * range }
      let dy = random.floats(count, SplitMix.Values(&random))
      var isRight = true
      for kind in Layer.activations where isRight {
        let activation = kind.draw(&random)
        let (reference, function) = (activation.reference, activation.function)
        let y = reference.forward(x)
        let trial = Trial(
          name: "\(activation) of \(count) numbers, \(values)", inputs: [(x, [1, count])],
          outputGradient: dy, output: y,
          gradients: [reference.pullback(dy, input: x, output: y)]
        ) { x, _ in activate(x[0], function) }
        isRight = try trial.check(seed: seed, product)
      }
      return isRight
    }
  }
}
