internal import PipelineSpec

/// What a user may write in the list `model`.
enum LayerSchema {
  /// The name under which the catalog registers the type, so that layers may hold layers.
  static let typeName = "layer"

  static let type = FieldType.choice(dense + activations + images + normalizations + [residual])

  /// The name of a layer, which every alternative has.
  private static let name = Field(
    "name", .string(.name), .optional,
    summary: "The name of its parameters and random streams; kind and ordinal by default.")

  private static let bias = Field(
    "bias", .boolean, .defaults(to: true), summary: "Whether a bias is added.")

  private static let dense = [
    Choice(
      "flatten", fields: [name], summary: "Makes one row of each sample, in the order C, H, W."),
    Choice(
      "linear",
      fields: [
        Field("features", .integer(1...1_048_576), summary: "The number of outputs."), bias, name,
      ], shorthand: "features", summary: "A fully connected layer."),
    Choice(
      "dropout",
      fields: [
        Field(
          "probability", .number(.halfOpen(0, 1)), .defaults(to: 0.5),
          summary: "The probability of dropping a value."),
        name,
      ], shorthand: "probability", summary: "Sets values to zero at random while training."),
  ]

  private static let activations = [
    Choice("relu", fields: [name], summary: "max(x, 0)."),
    Choice(
      "leaky_relu",
      fields: [
        Field(
          "slope", .number(.atLeast(0)), .defaults(to: 0.01), summary: "The slope below zero."),
        name,
      ], shorthand: "slope", summary: "x above zero, slope · x below."),
    Choice("tanh", fields: [name], summary: "The hyperbolic tangent."),
    Choice("sigmoid", fields: [name], summary: "1 / (1 + exp(−x))."),
    Choice("gelu", fields: [name], summary: "x · Φ(x), with the exact error function."),
    Choice("silu", fields: [name], summary: "x · sigmoid(x)."),
    Choice(
      "elu",
      fields: [
        Field("alpha", .number(.above(0)), .defaults(to: 1), summary: "The scale below zero."),
        name,
      ], shorthand: "alpha", summary: "x above zero, alpha · (exp(x) − 1) below."),
    Choice("softplus", fields: [name], summary: "log(1 + exp(x))."),
  ]

  /// One number for both axes, or `[vertical, horizontal]`.
  private static func window(_ range: ClosedRange<Int>) -> FieldType {
    .union([.integer(range), .list(.integer(range), count: 2...2)])
  }

  private static let kernel = Field(
    "kernel", window(1...256), summary: "The edge of the window, or [height, width].")

  private static let padding = Field(
    "padding", window(0...256), .defaults(to: 0),
    summary: "The zeros on each side, or [vertical, horizontal].")

  private static let images = [
    Choice(
      "conv2d",
      fields: [
        Field("channels", .integer(1...65_536), summary: "The number of output channels."), kernel,
        Field(
          "stride", window(1...256), .defaults(to: 1), summary: "The step of the window."),
        padding,
        Field(
          "dilation", window(1...256), .defaults(to: 1), summary: "The distance between taps."),
        Field(
          "groups", .integer(1...65_536), .defaults(to: 1),
          summary: "The groups that channels are cut into; all of them for a depthwise convolution."
        ),
        bias, name,
      ], summary: "A convolution over images."),
    pooling("max_pool", "The greatest value of each window."),
    pooling("average_pool", "The mean of each window, padding counted as zeros."),
    Choice("global_average_pool", fields: [name], summary: "The mean of each channel."),
  ]

  private static func pooling(_ word: String, _ summary: String) -> Choice {
    Choice(
      word,
      fields: [
        kernel,
        Field(
          "stride", window(1...256), .optional,
          summary: "The step of the window; its size by default."),
        padding, name,
      ], shorthand: "kernel", summary: summary)
  }

  private static let epsilon = Field(
    "epsilon", .number(.above(0)), .defaults(to: 1e-5), summary: "Added to the variance.")

  private static let normalizations = [
    Choice(
      "batch_norm",
      fields: [
        Field(
          "momentum", .number(.openClosed(0, 1)), .defaults(to: 0.1),
          summary: "The share of a step's statistics in the running ones."),
        epsilon, name,
      ], summary: "Normalizes each channel over the samples of a shard."),
    Choice("layer_norm", fields: [epsilon, name], summary: "Normalizes each sample."),
    Choice(
      "group_norm",
      fields: [
        Field("groups", .integer(1...65_536), summary: "The groups that channels are cut into."),
        epsilon, name,
      ], shorthand: "groups", summary: "Normalizes each sample over groups of channels."),
  ]

  private static let residual = Choice(
    "residual",
    fields: [
      Field("body", .list(.named(typeName), atLeast: 1), summary: "The layers of the branch."),
      Field(
        "projection", .list(.named(typeName)), .defaults(to: []),
        summary: "The layers of the shortcut, where the shape changes."),
      name,
    ], shorthand: "body",
    summary: "Adds the input, or its projection, to what the body makes of it.")
}
