internal import KernelInterface
internal import Autograd
public import Settings

/// Steps divided by the root of a mean of squared gradients; decay is added to the gradient (L2).
public struct RMSprop: OptimizerKind {
  public static let word = "rmsprop"
  public static let summary = "Steps over the root of the mean of squared gradients (Hinton 2012)."
  public static let settings = [
    Setting<Self>("learning_rate", \.learningRate, .number(.above(0)), "The size of a step."),
    Setting(
      "alpha", \.alpha, .number(.halfOpen(0, 1)), "The decay of the mean of squared gradients."),
    Setting("epsilon", \.epsilon, .number(.above(0)), "Added to the root of the mean."),
    Setting(
      "momentum", \.momentum, .number(.halfOpen(0, 1)),
      "The share of the previous step that is kept."),
    Setting(
      "weight_decay", \.weightDecay, .number(.atLeast(0)),
      "How strongly weights are pulled to zero."),
  ]
  public static let shorthand: String? = "learning_rate"
  public static let examples = [Self(), Self(learningRate: 0.01, momentum: 0.9, weightDecay: 0.01)]

  /// The step size.
  public var learningRate = 0.01
  /// The share of the mean of squared gradients that is kept, 0 ≤ α < 1.
  public var alpha = 0.99
  /// The number added to the denominator; > 0.
  public var epsilon = 1e-8
  /// The share of the last velocity that is kept, 0 ≤ μ < 1; 0 keeps no velocity.
  public var momentum = 0.0
  /// The factor of the weights that is added to the gradient.
  public var weightDecay = 0.0

  /// Creates the optimizer with PyTorch's numbers.
  public init() {}

  /// Creates the optimizer.
  public init(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  public var slots: [String] { ["square_avg"] + (momentum == 0 ? [] : ["momentum_buffer"]) }

  // g₁ = fma(decay, p, g) (skipped if 0); v = fma(α, v, (1−α) · (g₁ · g₁)); u = g₁ / (√v + ε); b = fma(μ, b, u) with
  // momentum, else u; p = fma(−η, b, p).
  public func update(_ part: ParameterPart, learningRate: Double, step: Int) {
    let (p, g, squares) = (part.values, part.gradients, part.slot(0))
    let velocity = momentum == 0 ? nil : part.slot(1)
    let (rate, decay, share) = (Float(learningRate), Float(weightDecay), Float(momentum))
    let (keep, take, epsilon) = (Float(alpha), Float(1 - alpha), Float(epsilon))
    for place in 0..<part.count {
      let gradient = decay == 0 ? g[place] : g[place].addingProduct(decay, p[place])
      squares[place] = (take * (gradient * gradient)).addingProduct(keep, squares[place])
      var direction = gradient / (squares[place].squareRoot() + epsilon)
      if let velocity {
        direction.addProduct(share, velocity[place])
        velocity[place] = direction
      }
      p[place].addProduct(-rate, direction)
    }
  }
}
