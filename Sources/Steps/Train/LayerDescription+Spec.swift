internal import Autograd
internal import PipelineSpec
internal import Training

extension LayerDescription {
  /// The layer that a value of the type `layer` describes.
  init(_ value: SpecValue) {
    guard let (word, settings) = value.choice else { preconditionFailure("a layer is a choice") }
    self.init(Self.kind(word, settings), name: settings["name"]?.string)
  }

  private static func kind(_ word: String, _ settings: SpecRecord) -> Kind {
    switch word {
    case "flatten": .flatten
    case "linear":
      .linear(features: settings.integer("features"), bias: settings.boolean("bias"))
    case "dropout": .dropout(probability: settings.number("probability"))
    case "relu": .activation(.relu)
    case "leaky_relu": .activation(.leakyReLU(slope: Float(settings.number("slope"))))
    case "tanh": .activation(.tanh)
    case "sigmoid": .activation(.sigmoid)
    case "gelu": .activation(.gelu)
    case "silu": .activation(.silu)
    case "elu": .activation(.elu(alpha: Float(settings.number("alpha"))))
    case "softplus": .activation(.softplus)
    case "conv2d": .conv2d(convolution(settings))
    case "max_pool": .maxPool(pooling(settings))
    case "average_pool": .averagePool(pooling(settings))
    case "global_average_pool": .globalAveragePool
    case "batch_norm":
      .batchNorm(momentum: settings.number("momentum"), epsilon: settings.number("epsilon"))
    case "layer_norm": .layerNorm(epsilon: settings.number("epsilon"))
    case "group_norm":
      .groupNorm(groups: settings.integer("groups"), epsilon: settings.number("epsilon"))
    case "residual":
      .residual(
        body: settings.list("body").map { LayerDescription($0) },
        projection: settings.list("projection").map { LayerDescription($0) })
    default: preconditionFailure("the schema has no layer \(word)")
    }
  }

  private static func convolution(_ settings: SpecRecord) -> Convolution {
    Convolution(
      channels: settings.integer("channels"), kernel: window(settings["kernel"], or: 1),
      stride: window(settings["stride"], or: 1), padding: window(settings["padding"], or: 0),
      dilation: window(settings["dilation"], or: 1), groups: settings.integer("groups"),
      bias: settings.boolean("bias"))
  }

  private static func pooling(_ settings: SpecRecord) -> Pooling {
    Pooling(
      kernel: window(settings["kernel"], or: 1),
      stride: settings["stride"].map { window($0, or: 1) },
      padding: window(settings["padding"], or: 0))
  }

  private static func window(_ value: SpecValue?, or absent: Int) -> Window {
    if let pair = value?.list?.compactMap(\.integer), pair.count == 2 {
      return Window(height: pair[0], width: pair[1])
    }
    let edge = value?.integer ?? absent
    return Window(height: edge, width: edge)
  }
}
