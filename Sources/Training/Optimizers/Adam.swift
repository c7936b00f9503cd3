internal import Autograd
internal import KernelInterface
public import Settings

/// Adam with bias correction; decay is added to the gradient (L2).
public struct Adam: AdamKind {
  public static let word = "adam"
  public static let summary = "Adam (Kingma, Ba 2015); weight decay is added to the gradient."
  public static let settings = moments
  public static let examples = [Self(), Self(weightDecay: 0.05)]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var weightDecay = 0.0

  /// Creates the optimizer with PyTorch's numbers.
  public init() {}

  public func update(_ part: ParameterPart, learningRate: Double, step: Int) {
    update(part, learningRate: learningRate, step: step, keep: 1, decay: weightDecay)
  }
}

/// An optimizer that keeps means of the gradients and of their squares.
public protocol AdamKind: OptimizerKind {
  /// The share of the first moment that is kept, 0 ≤ β₁ < 1.
  var beta1: Double { get set }
  /// The share of the second moment that is kept, 0 ≤ β₂ < 1.
  var beta2: Double { get set }
  /// The number added to the denominator; > 0.
  var epsilon: Double { get set }
  /// The decay of the weights.
  var weightDecay: Double { get set }
}

extension AdamKind {
  /// Creates the optimizer; what is nil keeps its default.
  public init(
    learningRate: Double, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    weightDecay: Double? = nil
  ) {
    self.init()
    self.learningRate = learningRate
    self.beta1 = beta1 ?? self.beta1
    self.beta2 = beta2 ?? self.beta2
    self.epsilon = epsilon ?? self.epsilon
    self.weightDecay = weightDecay ?? self.weightDecay
  }

  /// Creates the optimizer with another decay.
  public init(weightDecay: Double) {
    self.init()
    self.weightDecay = weightDecay
  }

  static var moments: [Setting<Self>] {
    [
      Setting("learning_rate", \.learningRate, .number(.above(0)), "The size of a step."),
      Setting(
        "beta1", \.beta1, .number(.halfOpen(0, 1)), "The decay of the mean of gradients."),
      Setting(
        "beta2", \.beta2, .number(.halfOpen(0, 1)), "The decay of the mean of squared gradients."),
      Setting(
        "epsilon", \.epsilon, .number(.above(0)), "Added to the root of the second mean."),
      Setting(
        "weight_decay", \.weightDecay, .number(.atLeast(0)),
        "How strongly weights are pulled to zero."),
    ]
  }

  public static var shorthand: String? { "learning_rate" }

  public var slots: [String] { ["exp_avg", "exp_avg_sq"] }

  /// One step: weights are multiplied by `keep`, and `decay` times the weights is added to the gradient.
  func update(
    _ part: ParameterPart, learningRate: Double, step: Int, keep: Double, decay: Double
  ) {
    part.kernels.adam(
      part.values, gradient: part.gradients, firstMoment: part.slot(0),
      secondMoment: part.slot(1), keep: Float(keep), decay: Float(decay),
      oneMinusBeta1: Float(1 - beta1), beta2: Float(beta2), oneMinusBeta2: Float(1 - beta2),
      inverseRootCorrection2: Float(1 / (1 - power(beta2, step)).squareRoot()),
      epsilon: Float(epsilon), stepSize: Float(learningRate / (1 - power(beta1, step))))
  }
}
