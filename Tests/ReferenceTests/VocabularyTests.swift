import Autograd
import ReferenceInterpreter
import Settings
import Testing
import Training

/// Every kind that a user can name, by its examples: a new kind fails here until the reference has it.
@Suite("The reference has", .enabled(if: canRoundCorrectly()))
struct VocabularyTests {
  private let product: Product

  init() throws { product = try Product() }

  /// Trains a small network, and records what is wrong with it under the name of the example.
  private func check(
    _ example: String, layers: [any LayerKind] = [],
    loss: any LossKind = CrossEntropy(), optimizer: any OptimizerKind = SGD(learningRate: 0.05)
  ) {
    var random = SplitMix(seed: 1)
    // The channels can be cut into the groups of the examples.
    let data = LabelledData([8, 9, 7], classes: 3, count: 7, &random)
    let convolution: [any LayerKind] = [Conv2dLayer(channels: 8, kernel: 1)]
    let flat: [any LayerKind] = [Flatten(), LinearLayer(features: 12)]
    let output: [any LayerKind] = [Flatten(), LinearLayer(features: 3)]
    var model = ModelDescription(convolution + layers + output)
    if (try? model.inferShapes(input: Shape(data.shape))) == nil {
      model = ModelDescription(convolution + flat + layers + output)
    }
    let configuration = TrainingConfiguration(
      model: model, loss: loss, optimizer: optimizer, epochs: 1, batchSize: 3, shuffle: false,
      shards: 2, seed: 5)
    do {
      #expect(try data.check(configuration, seed: 1, product), "\(example)")
    } catch {
      Issue.record("\(example): \(error)")
    }
  }

  @Test("every layer of the vocabulary")
  func layers() {
    for kind in Layer.layers.examples {
      check(Layer.layers.text(of: kind), layers: [kind])
    }
  }

  @Test("every activation of the vocabulary, element by element")
  func activations() {
    let known = Set(Layer.activations.map { $0.word })
    for kind in Layer.layers.kinds where kind is any ActivationKind.Type {
      #expect(known.contains(kind.word), "ActivationTests leaves out `\(kind.word)`")
    }
  }

  @Test("every loss of the vocabulary")
  func losses() {
    for loss in Loss.kinds.examples { check(Loss.kinds.text(of: loss), loss: loss) }
  }

  @Test("every optimizer of the vocabulary")
  func optimizers() {
    for optimizer in Optimizer.kinds.examples {
      check(Optimizer.kinds.text(of: optimizer), optimizer: optimizer)
    }
  }
}
