internal import Autograd
internal import PipelineSpec
internal import Training

extension LayerDescription {
  /// The layer that a value of the type `layer` describes.
  ///
  /// - Throws: ``SettingError`` where the schema has a layer that this initializer does not know.
  init(_ value: SpecValue) throws(SettingError) {
    guard let (word, settings) = value.choice, let kind = try Self.kind(word, settings) else {
      throw SettingError(value.choice?.name ?? "model", as: "a layer")
    }
    self.init(kind, name: settings["name"]?.string)
  }

  /// The layers that a list describes.
  ///
  /// - Throws: As for one of them.
  static func list(_ values: [SpecValue]) throws(SettingError) -> [LayerDescription] {
    try values.map { (value) throws(SettingError) in try LayerDescription(value) }
  }

  /// What the layer does, or `nil` for a word that names none.
  private static func kind(
    _ word: String, _ settings: SpecRecord
  ) throws(SettingError) -> Kind? {
    switch word {
    case "flatten": .flatten
    case "linear":
      .linear(features: try settings.integer("features"), bias: try settings.boolean("bias"))
    case "dropout": .dropout(probability: try settings.number("probability"))
    case "relu": .activation(.relu)
    case "leaky_relu": .activation(.leakyReLU(slope: Float(try settings.number("slope"))))
    case "tanh": .activation(.tanh)
    case "sigmoid": .activation(.sigmoid)
    case "gelu": .activation(.gelu)
    case "silu": .activation(.silu)
    case "elu": .activation(.elu(alpha: Float(try settings.number("alpha"))))
    case "softplus": .activation(.softplus)
    case "conv2d": .conv2d(try convolution(settings))
    case "max_pool": .maxPool(pooling(settings))
    case "average_pool": .averagePool(pooling(settings))
    case "global_average_pool": .globalAveragePool
    case "batch_norm":
      .batchNorm(momentum: try settings.number("momentum"), epsilon: try settings.number("epsilon"))
    case "layer_norm": .layerNorm(epsilon: try settings.number("epsilon"))
    case "group_norm":
      .groupNorm(groups: try settings.integer("groups"), epsilon: try settings.number("epsilon"))
    case "residual":
      .residual(
        body: try list(try settings.list("body")),
        projection: try list(try settings.list("projection")))
    default: nil
    }
  }

  private static func convolution(_ settings: SpecRecord) throws(SettingError) -> Convolution {
    Convolution(
      channels: try settings.integer("channels"), kernel: window(settings["kernel"], or: 1),
      stride: window(settings["stride"], or: 1), padding: window(settings["padding"], or: 0),
      dilation: window(settings["dilation"], or: 1), groups: try settings.integer("groups"),
      bias: try settings.boolean("bias"))
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
