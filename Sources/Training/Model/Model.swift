public import Autograd

/// A model in memory: the modules that a description asks for, with named parameters drawn from a seed.
public struct Model: Module {
  /// The description that the model was made from.
  public let description: ModelDescription
  /// Layers, shapes and parameter counts.
  public let summary: ModelSummary
  private let body: Sequential

  /// Builds the modules and draws their parameters.
  ///
  /// - Parameters:
  ///   - description: The layers.
  ///   - input: The shape of one sample.
  ///   - classes: The numbers that must come out; nil allows any.
  ///   - seed: The seed; each parameter is drawn by (seed, its name), so that another layer shifts nothing.
  /// - Throws: ``ModelError`` if the layers do not fit together.
  public init(
    _ description: ModelDescription, input: Shape, classes: Int? = nil, seed: UInt64
  ) throws(ModelError) {
    self.description = description
    summary = try description.inferShapes(input: input)
    if let classes, summary.output != [classes] {
      throw ModelError(
        .outputs(expected: classes), path: [description.layers.count - 1],
        layer: summary.layers.last?.name ?? "model", input: summary.output)
    }
    body = Sequential(
      summary.layers.filter { $0.path.count == 1 }.map { row in
        row.makeModule(seed: seed)
      })
  }

  /// All parameters and buffers, in the order in which they are saved.
  public var parameters: [Parameter] { body.parameters }

  /// Applies the model to a batch.
  public func callAsFunction(_ x: Tensor) -> Tensor { body(x) }
}

extension LayerSummary {
  /// The module of this layer.
  func makeModule(seed: UInt64) -> any Module {
    switch layer.kind {
    case .flatten: return Flatten()
    case .linear(let features, let bias):
      return Linear(input.count, features, bias: bias, name: name, seed: seed)
    case .activation(.relu): return ReLU()
    case .activation(let activation): return ActivationModule(activation)
    case .softmax: return Softmax()
    case .dropout(let probability): return Dropout(probability, name: name, seed: seed)
    case .conv2d, .maxPool, .averagePool, .globalAveragePool, .batchNorm, .layerNorm, .groupNorm,
      .residual:
      preconditionFailure("layer \(name): \(layer.kindName) is not built yet")
    }
  }
}
