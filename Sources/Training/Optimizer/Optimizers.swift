public import Autograd

/// Stochastic gradient descent, with momentum if wanted.
public final class SGD: Optimizer {
  /// Creates the optimizer; see ``OptimizerDescription/SGD-swift.struct`` for the numbers.
  public init(
    _ parameters: [Parameter], on tape: Tape, learningRate: Double, momentum: Double = 0,
    nesterov: Bool = false, weightDecay: Double = 0,
    clipping: GradientClipping = GradientClipping()
  ) {
    super.init(
      .sgd(
        OptimizerDescription.SGD(
          learningRate: learningRate, momentum: momentum, nesterov: nesterov,
          weightDecay: weightDecay)),
      parameters, on: tape, clipping: clipping)
  }
}

/// Adam, with decay added to the gradient.
public final class Adam: Optimizer {
  /// Creates the optimizer.
  public init(
    _ parameters: [Parameter], on tape: Tape,
    numbers: OptimizerDescription.Adam = OptimizerDescription.Adam(),
    clipping: GradientClipping = GradientClipping()
  ) {
    super.init(.adam(numbers), parameters, on: tape, clipping: clipping)
  }
}

/// Adam with decay decoupled from the gradient.
public final class AdamW: Optimizer {
  /// Creates the optimizer; PyTorch's default decay is 0.01.
  public init(
    _ parameters: [Parameter], on tape: Tape,
    numbers: OptimizerDescription.Adam = OptimizerDescription.Adam(weightDecay: 0.01),
    clipping: GradientClipping = GradientClipping()
  ) {
    super.init(.adamW(numbers), parameters, on: tape, clipping: clipping)
  }
}
