internal import Kernels

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

  /// Work per element, relative to an addition: elementary functions weigh more.
  private var weight: Int {
    switch activation {
    case .relu, .leakyReLU: 1
    default: 16
    }
  }

  func forward(on tape: Tape) {
    let count = output.value.count
    tape.parallel(count, work: count * weight) { range in
      evaluate(output.value[range], input.value[range], tape)
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    let count = output.value.count
    tape.contribute(to: input) { dx in
      tape.parallel(count, work: count * weight) { range in
        differentiate(dx[range], dy[range], input.value[range], output.value[range], tape)
      }
    }
  }

  private func evaluate(_ y: FloatSlice, _ x: FloatSlice, _ tape: Tape) {
    let kernels = tape.kernels
    let count = y.count
    // SAFETY: here and below, all slices hold `count` elements.
    switch activation {
    case .relu: unsafe kernels.relu(y.base, x.base, count: count)
    case .leakyReLU(let slope):
      unsafe kernels.leakyRelu(y.base, x.base, slope: slope, count: count)
    case .tanh: unsafe kernels.hyperbolicTangent(y.base, x.base, count: count)
    case .sigmoid: unsafe kernels.sigmoid(y.base, x.base, count: count)
    case .gelu: unsafe kernels.gelu(y.base, x.base, count: count)
    case .silu: unsafe kernels.silu(y.base, x.base, count: count)
    case .elu(let alpha):
      unsafe kernels.elu(y.base, x.base, alpha: Double(alpha), count: count)
    case .softplus: unsafe kernels.softplus(y.base, x.base, count: count)
    }
  }

  private func differentiate(
    _ dx: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, _ y: FloatSlice, _ tape: Tape
  ) {
    let kernels = tape.kernels
    let count = y.count
    // SAFETY: here and below, all slices hold `count` elements.
    switch activation {
    case .relu: unsafe kernels.reluGradient(dx.base, dy.base, result: y.base, count: count)
    case .leakyReLU(let slope):
      unsafe kernels.leakyReluGradient(
        dx.base, dy.base, argument: x.base, slope: slope, count: count)
    case .tanh: unsafe kernels.tanhGradient(dx.base, dy.base, result: y.base, count: count)
    case .sigmoid: unsafe kernels.sigmoidGradient(dx.base, dy.base, result: y.base, count: count)
    case .gelu: unsafe kernels.geluGradient(dx.base, dy.base, argument: x.base, count: count)
    case .silu: unsafe kernels.siluGradient(dx.base, dy.base, argument: x.base, count: count)
    case .elu(let alpha):
      unsafe kernels.eluGradient(
        dx.base, dy.base, argument: x.base, alpha: Double(alpha), count: count)
    case .softplus:
      unsafe kernels.softplusGradient(dx.base, dy.base, argument: x.base, count: count)
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
