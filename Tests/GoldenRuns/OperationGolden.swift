import Autograd
import Training

extension TrainingGolden {
  /// Two steps of a small net around one operation, so that its forward pass and its pullback decide the weights.
  public static let operations: [TrainingGolden] =
    [
      operation("linear", [.linear(features: 37, bias: true)], isFlat: true),
      operation("softmax", [.linear(features: 13, bias: true), .softmax], isFlat: true),
      operation("dropout", [.dropout(probability: 0.3)]),
      operation("conv2d 3×3, padding 1", [.conv2d(.init(channels: 9, kernel: 3, padding: 1))]),
      operation(
        "conv2d 5×3, stride 2×1",
        [
          .conv2d(
            .init(
              channels: 7, kernel: Window(height: 5, width: 3), stride: Window(height: 2, width: 1))
          )
        ]),
      operation("conv2d 3×3, dilation 2", [.conv2d(.init(channels: 5, kernel: 3, dilation: 2))]),
      operation("conv2d 3×3, 2 groups", [.conv2d(.init(channels: 10, kernel: 3, groups: 2))]),
      operation("conv2d 3×3, depthwise", [.conv2d(.init(channels: 8, kernel: 3, groups: 8))]),
      operation(
        "max_pool 3, stride 2, padding 1", [.maxPool(.init(kernel: 3, stride: 2, padding: 1))]),
      operation("average_pool 3, stride 2", [.averagePool(.init(kernel: 3, stride: 2))]),
      operation("global_average_pool", [.globalAveragePool]),
      operation("batch_norm", [.batchNorm(momentum: 0.1, epsilon: 1e-5)]),
      operation("batch_norm, 3 shards", [.batchNorm(momentum: 0.1, epsilon: 1e-5)], shards: 3),
      operation("layer_norm", [.layerNorm(epsilon: 1e-5)]),
      operation("group_norm, 4 groups", [.groupNorm(groups: 4, epsilon: 1e-5)]),
      operation(
        "residual with projection",
        [
          .residual(
            body: [LayerDescription(.conv2d(.init(channels: 8, kernel: 3, stride: 2, padding: 1)))],
            projection: [LayerDescription(.conv2d(.init(channels: 8, kernel: 1, stride: 2)))])
        ]),
      operation(
        "mean_squared_error", [.linear(features: 10, bias: true)], isFlat: true,
        loss: .meanSquaredError),
      operation(
        "cross_entropy, smoothed", [.linear(features: 10, bias: true)], isFlat: true,
        loss: .crossEntropy(labelSmoothing: 0.1)),
    ] + activations

  private static let activations: [TrainingGolden] = [
    activation("relu", .relu), activation("leaky_relu", .leakyReLU(slope: 0.01)),
    activation("tanh", .tanh), activation("sigmoid", .sigmoid), activation("gelu", .gelu),
    activation("silu", .silu), activation("elu", .elu(alpha: 1)),
    activation("softplus", .softplus),
  ]

  private static func activation(_ name: String, _ activation: Activation) -> TrainingGolden {
    operation(name, [.activation(activation)])
  }

  private static func operation(
    _ name: String, _ kinds: [LayerDescription.Kind], isFlat: Bool = false, shards: Int = 1,
    loss: LossDescription = .crossEntropy()
  ) -> TrainingGolden {
    let before: [LayerDescription.Kind] =
      isFlat ? [.flatten] : [.conv2d(.init(channels: 8, kernel: 3))]
    let after: [LayerDescription.Kind] = isFlat ? [] : [.flatten]
    let kinds = before + kinds + after + [.linear(features: 10, bias: true)]
    return TrainingGolden(
      name: name,
      configuration: TrainingConfiguration(
        model: ModelDescription(kinds.map { LayerDescription($0) }), loss: loss, epochs: 1,
        batchSize: 13, shards: shards, seed: 7),
      input: [3, 11, 10], samples: 26)
  }
}
