public import Autograd
public import Settings

/// A batch normalization of a model, to be made when its inputs are known.
public struct BatchNormLayer: LayerKind {
  public static let word = "batch_norm"
  public static let summary = "Normalizes each channel over the samples of a shard."
  public static let settings = [
    Setting<Self>(
      "momentum", \.momentum, .number(.openClosed(0, 1)),
      "The weight of a step's statistics in the running statistics."),
    .epsilon(\.epsilon),
  ]

  /// The weight of a step's statistics in the running statistics.
  public var momentum = 0.1
  /// Added to the variance.
  public var epsilon = 1e-5

  /// Creates a layer.
  public init() {}

  public var measuresBatch: Bool { true }

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    if input.rank != 1 { try input.require(rank: 3) }
    return input
  }

  public func parameters(of input: Shape) -> [LayerParameter] {
    [LayerParameter("weight", [input[0]]), LayerParameter("bias", [input[0]])]
      + ["running_mean", "running_var"].map {
        LayerParameter($0, [input[0]], isTrainable: false)
      }
  }

  public func makeModule(_ site: LayerSite) -> any Module {
    BatchNorm(site.input[0], momentum: momentum, epsilon: epsilon, name: site.name)
  }
}

extension Setting {
  /// What normalizations add to the variance.
  static func epsilon(_ property: any WritableKeyPath<Root, Double> & Sendable) -> Self
  where Root: SettingRecord {
    Setting("epsilon", property, .number(.above(0)), "Added to the variance.")
  }
}

/// Normalization of each channel over the samples of a shard, by running statistics when not training.
public struct BatchNorm: Module {
  private let weight: Parameter
  private let bias: Parameter
  private let statistics: RunningStatistics
  private let epsilon: Double

  /// Creates a layer with weight 1, bias 0, running mean 0 and running variance 1.
  public init(_ channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, name: String) {
    weight = Parameter(name: name + ".weight", shape: [channels])
    bias = Parameter(name: name + ".bias", shape: [channels])
    let mean = Parameter(name: name + ".running_mean", shape: [channels], isTrainable: false)
    let variance = Parameter(name: name + ".running_var", shape: [channels], isTrainable: false)
    weight.values = Array(repeating: 1, count: channels)
    variance.values = Array(repeating: 1, count: channels)
    statistics = RunningStatistics(mean: mean, variance: variance, momentum: momentum)
    self.epsilon = epsilon
  }

  /// Weight, bias, running mean, running variance.
  public var parameters: [Parameter] { [weight, bias, statistics.mean, statistics.variance] }

  /// Applies the layer to `[N, C]` or `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    batchNormalization(
      x, weight: weight, bias: bias, statistics: statistics, epsilon: epsilon)
  }
}

extension BatchNorm: ReLUFusing {
  func followedByReLU(_ x: Tensor) -> Tensor {
    batchNormalization(
      x, weight: weight, bias: bias, statistics: statistics, epsilon: epsilon, relu: true)
  }
}

extension BatchNorm {
  /// The layer, to be applied by the operation that reads it.
  func unapplied(_ x: Tensor, relu: Bool) -> NormalizedTensor {
    normalization(
      x, weight: weight, bias: bias, statistics: statistics, epsilon: epsilon, relu: relu)
  }
}
