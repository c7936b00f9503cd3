public import Autograd

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

/// Normalization of each sample over all its elements.
public struct LayerNorm: Module {
  private let weight: Parameter
  private let bias: Parameter
  private let epsilon: Double

  /// Creates a layer with weight 1 and bias 0 for samples of the given shape.
  public init(_ sample: Shape, epsilon: Double = 1e-5, name: String) {
    let layout: ParameterLayout =
      sample.rank == 3
      ? .interleaved(channels: sample[0], positions: sample[1] * sample[2]) : .vector
    weight = Parameter(name: name + ".weight", shape: sample, layout: layout)
    bias = Parameter(name: name + ".bias", shape: sample, layout: layout)
    weight.values = Array(repeating: 1, count: sample.count)
    self.epsilon = epsilon
  }

  /// Weight, bias.
  public var parameters: [Parameter] { [weight, bias] }

  /// Applies the layer to samples of its shape.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    layerNormalization(x, weight: weight, bias: bias, epsilon: epsilon)
  }
}

/// Normalization of each sample over groups of channels.
public struct GroupNorm: Module {
  private let weight: Parameter
  private let bias: Parameter
  private let groups: Int
  private let epsilon: Double

  /// Creates a layer with weight 1 and bias 0.
  public init(_ channels: Int, groups: Int, epsilon: Double = 1e-5, name: String) {
    weight = Parameter(name: name + ".weight", shape: [channels])
    bias = Parameter(name: name + ".bias", shape: [channels])
    weight.values = Array(repeating: 1, count: channels)
    self.groups = groups
    self.epsilon = epsilon
  }

  /// Weight, bias.
  public var parameters: [Parameter] { [weight, bias] }

  /// Applies the layer to `[N, C]` or `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    groupNormalization(x, weight: weight, bias: bias, groups: groups, epsilon: epsilon)
  }
}
