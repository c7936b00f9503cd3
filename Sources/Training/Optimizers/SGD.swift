internal import Autograd
internal import KernelInterface
public import Settings

/// Stochastic gradient descent, with momentum if wanted; decay is added to the gradient (L2).
public struct SGD: OptimizerKind {
  public static let word = "sgd"
  public static let summary = "Gradient descent, optionally with momentum."
  public static let settings = [
    Setting<Self>("learning_rate", \.learningRate, .number(.above(0)), "The size of a step."),
    Setting(
      "momentum", \.momentum, .number(.halfOpen(0, 1)),
      "The share of the previous step that is kept."),
    Setting(
      "dampening", \.dampening, .number(.closed(0, 1)),
      "The share of the gradient that does not enter the momentum, from the second step on."),
    Setting("nesterov", \.nesterov, .boolean, "Whether to use Nesterov momentum."),
    Setting(
      "weight_decay", \.weightDecay, .number(.atLeast(0)),
      "How strongly weights are pulled to zero."),
  ]
  public static let shorthand: String? = "learning_rate"
  public static let examples = [
    Self(), Self(learningRate: 0.05, momentum: 0.9),
    Self(learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-4),
    Self(learningRate: 0.05, momentum: 0.9, dampening: 0.5),
  ]

  /// The step size.
  public var learningRate = 0.01
  /// The share of the last velocity that is kept, 0 ≤ μ < 1; 0 keeps no velocity.
  public var momentum = 0.0
  /// The share of the gradient that does not enter the velocity, from the second step on.
  public var dampening = 0.0
  /// Whether the gradient is looked up ahead of the velocity.
  public var nesterov = false
  /// The factor of the weights that is added to the gradient.
  public var weightDecay = 0.0

  /// Creates the optimizer without momentum.
  public init() {}

  /// Creates the optimizer.
  public init(
    learningRate: Double, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    self.weightDecay = weightDecay
  }

  public func complaints() -> [Complaint] {
    nesterov && (momentum == 0 || dampening > 0)
      ? [Complaint("nesterov", "`nesterov` needs `momentum` above 0 and no `dampening`")] : []
  }

  public var slots: [String] { momentum == 0 ? [] : ["momentum_buffer"] }

  public func update(_ part: ParameterPart, learningRate: Double, step: Int) {
    let (p, g) = (part.values, part.gradients)
    guard momentum > 0 else {
      part.kernels.gradientDescent(
        p, gradient: g, decay: Float(weightDecay),
        learningRate: Float(learningRate))
      return
    }
    part.kernels.momentum(
      p, gradient: g, velocity: part.slot(0),
      decay: Float(weightDecay), momentum: Float(momentum),
      gradientScale: step == 1 ? 1 : Float(1 - dampening), nesterov: nesterov,
      learningRate: Float(learningRate))
  }
}
