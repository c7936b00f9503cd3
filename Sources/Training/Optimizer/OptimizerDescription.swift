/// An optimizer as a plain value; the learning rate is the base that the schedule scales.
public enum OptimizerDescription: Hashable, Sendable {
  /// Stochastic gradient descent; `weightDecay` is added to the gradient (L2).
  case sgd(SGD)
  /// Adam with bias correction; `weightDecay` is added to the gradient (L2).
  case adam(Adam)
  /// Adam with decay decoupled from the gradient.
  case adamW(Adam)

  /// The numbers of stochastic gradient descent.
  public struct SGD: Hashable, Sendable {
    /// The step size; finite and not negative.
    public var learningRate: Double
    /// The share of the last velocity that is kept, 0 ≤ μ < 1; 0 keeps no velocity.
    public var momentum: Double
    /// Whether the gradient is looked up ahead of the velocity.
    public var nesterov: Bool
    /// The factor of the weights that is added to the gradient.
    public var weightDecay: Double

    /// Creates the numbers of stochastic gradient descent.
    public init(
      learningRate: Double, momentum: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
    ) {
      self.learningRate = learningRate
      self.momentum = momentum
      self.nesterov = nesterov
      self.weightDecay = weightDecay
    }
  }

  /// The numbers of Adam and AdamW.
  public struct Adam: Hashable, Sendable {
    /// The step size; finite and not negative.
    public var learningRate: Double
    /// The share of the first moment that is kept, 0 ≤ β₁ < 1.
    public var beta1: Double
    /// The share of the second moment that is kept, 0 ≤ β₂ < 1.
    public var beta2: Double
    /// The number added to the denominator; > 0.
    public var epsilon: Double
    /// The decay of the weights.
    public var weightDecay: Double

    /// Creates the numbers of Adam; the defaults are PyTorch's for Adam.
    public init(
      learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
      epsilon: Double = 1e-8, weightDecay: Double = 0
    ) {
      self.learningRate = learningRate
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
      self.weightDecay = weightDecay
    }
  }

  /// The base learning rate.
  public var learningRate: Double {
    switch self {
    case .sgd(let sgd): sgd.learningRate
    case .adam(let adam), .adamW(let adam): adam.learningRate
    }
  }

  /// The names of the state that is kept for each parameter: the velocity, or the moments.
  public var slots: [String] {
    switch self {
    case .sgd(let sgd): sgd.momentum == 0 ? [] : ["momentum_buffer"]
    case .adam, .adamW: ["exp_avg", "exp_avg_sq"]
    }
  }
}
