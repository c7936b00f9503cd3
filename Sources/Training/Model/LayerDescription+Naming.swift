public import Autograd

extension LayerDescription {
  /// The kind's word in specs and default names, such as `batch_norm`.
  public var kindName: String {
    switch kind {
    case .flatten: "flatten"
    case .linear: "linear"
    case .activation(let activation): activation.name
    case .softmax: "softmax"
    case .dropout: "dropout"
    case .conv2d: "conv2d"
    case .maxPool: "max_pool"
    case .averagePool: "average_pool"
    case .globalAveragePool: "global_average_pool"
    case .batchNorm: "batch_norm"
    case .layerNorm: "layer_norm"
    case .groupNorm: "group_norm"
    case .residual: "residual"
    }
  }
}

extension Activation {
  /// The function's word in specs and default names, such as `leaky_relu`.
  public var name: String {
    switch self {
    case .relu: "relu"
    case .leakyReLU: "leaky_relu"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .gelu: "gelu"
    case .silu: "silu"
    case .elu: "elu"
    case .softplus: "softplus"
    }
  }
}

extension [LayerDescription] {
  /// The name of every layer: the one given, or its kind and ordinal among the layers of that kind.
  ///
  /// Layers inside a residual bear the residual's name before theirs: `residual1.conv2d1`, and for its projection
  /// `residual1.projection.conv2d1`. Ordinals start at 1 in each list.
  func resolvedNames(prefix: String = "") -> [String] {
    var counts: [String: Int] = [:]
    return map { layer in
      let ordinal = counts[layer.kindName, default: 0] + 1
      counts[layer.kindName] = ordinal
      return prefix + (layer.name ?? layer.kindName + String(ordinal))
    }
  }
}
