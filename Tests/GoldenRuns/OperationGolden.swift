import Autograd
import Settings
import Training

extension TrainingGolden {
  /// Two steps of a small net around each layer and loss of the vocabularies, so that its forward pass and its pullback
  /// decide the weights.
  public static let operations: [TrainingGolden] =
    Layer.layers.examples.map { golden(around: $0) }
    + [golden(around: BatchNormLayer(), shards: 3)]
    + Loss.kinds.examples.map { golden(of: $0) }

  private static func golden(around layer: any LayerKind, shards: Int = 1) -> TrainingGolden {
    let isFlat = (try? ModelDescription([layer]).inferShapes(input: [8, 9, 8])) == nil
    let before: any LayerKind = isFlat ? Flatten() : Conv2dLayer(channels: 8, kernel: 3)
    let name = Layer.layers.text(of: layer) + (shards == 1 ? "" : ", \(shards) shards")
    return golden(name, [before, layer] + (isFlat ? [] : [Flatten()]), shards: shards)
  }

  private static func golden(of loss: any LossKind) -> TrainingGolden {
    golden(Loss.kinds.text(of: loss), [Flatten(), LinearLayer(features: 10)], loss: loss)
  }

  private static func golden(
    _ name: String, _ kinds: [any LayerKind], shards: Int = 1, loss: any LossKind = CrossEntropy()
  ) -> TrainingGolden {
    TrainingGolden(
      name: name,
      configuration: TrainingConfiguration(
        model: ModelDescription(kinds + [LinearLayer(features: 10)]), loss: loss, epochs: 1,
        batchSize: 13, shards: shards, seed: 7),
      input: [3, 11, 10], samples: 26)
  }
}
