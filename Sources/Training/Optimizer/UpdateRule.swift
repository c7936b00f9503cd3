internal import Autograd
internal import Kernels

/// One step of an optimizer with its constants computed in Double and rounded once to Float (Numerics rule 12).
struct UpdateRule {
  private enum Kind {
    case plain
    case momentum(share: Float, nesterov: Bool)
    case adam(Moments)
  }

  private struct Moments {
    var keep: Float
    var oneMinusBeta1: Float
    var beta2: Float
    var oneMinusBeta2: Float
    var inverseRootCorrection2: Float
    var epsilon: Float
    var stepSize: Float
  }

  private let kind: Kind
  private let decay: Float
  private let learningRate: Float

  /// The constants of a step; `step` counts from 1.
  init(_ description: OptimizerDescription, learningRate: Double, step: Int) {
    self.learningRate = Float(learningRate)
    switch description {
    case .sgd(let sgd):
      decay = Float(sgd.weightDecay)
      kind =
        sgd.momentum == 0
        ? .plain : .momentum(share: Float(sgd.momentum), nesterov: sgd.nesterov)
    case .adam(let adam):
      decay = Float(adam.weightDecay)
      kind = .adam(Self.moments(adam, learningRate: learningRate, step: step, keep: 1))
    case .adamW(let adam):
      decay = 0
      kind = .adam(
        Self.moments(
          adam, learningRate: learningRate, step: step,
          keep: Float(1 - learningRate * adam.weightDecay)))
    }
  }

  private static func moments(
    _ adam: OptimizerDescription.Adam, learningRate: Double, step: Int, keep: Float
  ) -> Moments {
    Moments(
      keep: keep, oneMinusBeta1: Float(1 - adam.beta1), beta2: Float(adam.beta2),
      oneMinusBeta2: Float(1 - adam.beta2),
      inverseRootCorrection2: Float(1 / (1 - power(adam.beta2, step)).squareRoot()),
      epsilon: Float(adam.epsilon),
      stepSize: Float(learningRate / (1 - power(adam.beta1, step))))
  }

  /// Changes a range of an arena.
  func apply(
    values: FloatSlice, gradients: FloatSlice, slots: (FloatSlice?, FloatSlice?),
    kernels: KernelSet
  ) {
    let count = values.count
    // SAFETY: all slices are the same range of arenas of one layout, and they do not overlap.
    switch kind {
    case .plain:
      unsafe kernels.gradientDescent(
        values.base, gradient: gradients.base, count: count, decay: decay,
        learningRate: learningRate)
    case .momentum(let share, let nesterov):
      guard let velocity = slots.0 else { return }
      unsafe kernels.momentum(
        values.base, gradient: gradients.base, velocity: velocity.base, count: count,
        decay: decay, momentum: share, nesterov: nesterov, learningRate: learningRate)
    case .adam(let moments):
      guard let first = slots.0, let second = slots.1 else { return }
      unsafe kernels.adam(
        values.base, gradient: gradients.base, firstMoment: first.base, secondMoment: second.base,
        count: count, keep: moments.keep, decay: decay, oneMinusBeta1: moments.oneMinusBeta1,
        beta2: moments.beta2, oneMinusBeta2: moments.oneMinusBeta2,
        inverseRootCorrection2: moments.inverseRootCorrection2, epsilon: moments.epsilon,
        stepSize: moments.stepSize)
    }
  }
}
