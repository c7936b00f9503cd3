import Autograd
import ReferenceInterpreter
import Testing

extension Activation {
  /// Every activation: the first is relu, and each names the next, so that a new case does not compile until it is listed here.
  static func all(_ random: inout SplitMix) -> [Activation] {
    let slope = Float(random.integer(1...9)) / 16
    let alpha = Float(random.integer(1...40)) / 16
    var list: [Activation] = []
    var next: Activation? = .relu
    while let activation = next {
      list.append(activation)
      switch activation {
      case .relu: next = .leakyReLU(slope: slope)
      case .leakyReLU: next = .tanh
      case .tanh: next = .sigmoid
      case .sigmoid: next = .gelu
      case .gelu: next = .silu
      case .silu: next = .elu(alpha: alpha)
      case .elu: next = .softplus
      case .softplus: next = nil
      }
    }
    return list
  }

  /// The same in the reference.
  var reference: ReferenceActivation {
    switch self {
    case .relu: .relu
    case .leakyReLU(let slope): .leakyReLU(slope: slope)
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .gelu: .gelu
    case .silu: .silu
    case .elu(let alpha): .elu(alpha: Double(alpha))
    case .softplus: .softplus
    }
  }
}

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
      for activation in Activation.all(&random) where isRight {
        let reference = activation.reference
        let y = reference.forward(x)
        let trial = Trial(
          name: "\(activation) of \(count) numbers, \(values)", inputs: [(x, [1, count])],
          outputGradient: dy, output: y,
          gradients: [reference.pullback(dy, input: x, output: y)]
        ) { x, _ in activate(x[0], activation) }
        isRight = try trial.check(seed: seed, product)
      }
      return isRight
    }
  }
}
