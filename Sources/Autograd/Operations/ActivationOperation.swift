internal import KernelInterface

/// `y = f(x)` for every element.
///
/// Pullback: `dx = dy · f′`, with f′ as ``Activation`` writes it.
final class ActivationOperation: Operation {
  let input: Variable
  let output: Variable
  private let activation: Activation

  init(_ activation: Activation, _ input: Variable, tape: Tape) {
    self.activation = activation
    self.input = input
    output = tape.makeVariable(input.shape, requiresGradient: input.requiresGradient)
  }

  func forward(on tape: Tape) {
    let count = output.value.count
    tape.parallel(count, work: count * activation.weight) { range in
      activation.evaluate(tape.kernels, output.value[range], input.value[range])
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    let count = output.value.count
    tape.contribute(to: input) { dx in
      tape.parallel(count, work: count * activation.weight) { range in
        activation.differentiate(
          tape.kernels, dx[range], dy[range], input.value[range], output.value[range])
      }
    }
  }
}

/// `f(x)` for every element.
public func activate(_ x: Tensor, _ activation: Activation) -> Tensor {
  x.tape.record(ActivationOperation(activation, x.variable, tape: x.tape))
}

/// `x < 0 ? 0 : x` for every element.
public func relu(_ x: Tensor) -> Tensor { activate(x, .relu) }
/// The hyperbolic tangent of every element.
public func tanh(_ x: Tensor) -> Tensor { activate(x, .tanh) }
/// The logistic function of every element.
public func sigmoid(_ x: Tensor) -> Tensor { activate(x, .sigmoid) }
/// The Gaussian error linear unit of every element, by erf.
public func gelu(_ x: Tensor) -> Tensor { activate(x, .gelu) }
/// `x · sigmoid(x)` for every element.
public func silu(_ x: Tensor) -> Tensor { activate(x, .silu) }
