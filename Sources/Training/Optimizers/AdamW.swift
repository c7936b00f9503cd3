public import Settings

/// Adam with decay decoupled from the gradient.
public struct AdamW: AdamKind {
  public static let word = "adamw"
  public static let summary = "Adam with decoupled weight decay (Loshchilov, Hutter 2019)."
  public static let settings = moments

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var weightDecay = 0.01

  /// Creates the optimizer with PyTorch's numbers.
  public init() {}

  public func update(_ part: ParameterPart, learningRate: Double, step: Int) {
    update(
      part, learningRate: learningRate, step: step, keep: 1 - learningRate * weightDecay, decay: 0)
  }
}
