internal import Kernels

/// `y = f(x)` for every element. Pullback: `dx = dy · f′`, with f′ as ``Activation`` writes it.
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
      // Blocks keep the intermediate values of the longer formulas in a small piece of memory of their own.
      tape.withScratch(count) { scratch in
        tape.parallel(count, work: count * weight) { range in
          differentiate(
            dx[range], dy[range], input.value[range], output.value[range], scratch[range], tape)
        }
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
    case .gelu:
      unsafe kernels.scale(y.base, x.base, by: Self.rootHalf, count: count)
      unsafe kernels.errorFunction(y.base, y.base, count: count)
      unsafe kernels.addScalar(y.base, y.base, value: 1, count: count)
      for i in 0..<count { unsafe y.base[i] = (x.base[i] * 0.5) * y.base[i] }
    case .silu:
      unsafe kernels.sigmoid(y.base, x.base, count: count)
      unsafe kernels.multiply(y.base, x.base, y.base, count: count)
    case .elu(let alpha):
      unsafe kernels.exponential(y.base, x.base, count: count)
      for i in 0..<count {
        let value = unsafe x.base[i]
        unsafe y.base[i] = value < 0 ? alpha * (y.base[i] - 1) : value
      }
    case .softplus:
      for i in 0..<count { unsafe y.base[i] = -x.base[i].magnitude }
      unsafe kernels.exponential(y.base, y.base, count: count)
      unsafe kernels.addScalar(y.base, y.base, value: 1, count: count)
      unsafe kernels.logarithm(y.base, y.base, count: count)
      for i in 0..<count {
        let value = unsafe x.base[i]
        unsafe y.base[i] = (value < 0 ? 0 : value) + y.base[i]
      }
    }
  }

  private func differentiate(
    _ dx: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, _ y: FloatSlice, _ scratch: FloatSlice,
    _ tape: Tape
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
    case .gelu:
      unsafe kernels.scale(scratch.base, x.base, by: Self.rootHalf, count: count)
      unsafe kernels.errorFunction(scratch.base, scratch.base, count: count)
      for i in 0..<count {
        unsafe scratch.base[i] = (scratch.base[i] + 1) * 0.5
        unsafe dx.base[i] = (x.base[i] * x.base[i]) * -0.5
      }
      unsafe kernels.exponential(dx.base, dx.base, count: count)
      for i in 0..<count {
        let slope = unsafe scratch.base[i].addingProduct(
          Self.inverseRootTwoPi, dx.base[i] * x.base[i])
        unsafe dx.base[i] = dy.base[i] * slope
      }
    case .silu:
      unsafe kernels.sigmoid(scratch.base, x.base, count: count)
      for i in 0..<count {
        let s = unsafe scratch.base[i]
        let slope = unsafe s * (x.base[i] * (1 - s) + 1)
        unsafe dx.base[i] = dy.base[i] * slope
      }
    case .elu(let alpha):
      unsafe kernels.exponential(scratch.base, x.base, count: count)
      for i in 0..<count {
        let slope = unsafe dy.base[i] * (alpha * scratch.base[i])
        unsafe dx.base[i] = x.base[i] < 0 ? slope : dy.base[i]
      }
    case .softplus:
      unsafe kernels.sigmoid(scratch.base, x.base, count: count)
      unsafe kernels.multiply(dx.base, dy.base, scratch.base, count: count)
    }
  }

  /// √½, rounded to Float.
  private static let rootHalf: Float = 0.707106781186547524
  /// 1/√(2π), rounded to Float.
  private static let inverseRootTwoPi: Float = 0.398942280401432678
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
