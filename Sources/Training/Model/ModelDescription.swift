public import Autograd

/// A model as a plain value: its layers in order, as the spec's `model:` list says them.
public struct ModelDescription: Hashable, Sendable {
  /// The layers, first to last.
  public var layers: [Layer]

  /// Creates a model's description.
  public init(_ layers: [Layer]) { self.layers = layers }

  /// Creates a model's description of layers without names of their own.
  public init(_ kinds: [any LayerKind]) { layers = kinds.map { Layer($0) } }

  /// The shape of every layer's input and output, and its parameters.
  ///
  /// - Parameter input: The shape of one sample, without the batch axis: `[1, 28, 28]` or `[784]`.
  /// - Returns: A row for every layer.
  /// - Throws: ``ModelError`` that names the first layer that does not fit, with the shape before it.
  /// - Complexity: O(*n*) in the number of layers.
  public func inferShapes(input: Shape) throws(ModelError) -> ModelSummary {
    var rows: [LayerSummary] = []
    _ = try layers.inferShapes(input: input, prefix: "", path: [], rows: &rows)
    var seen: Set<String> = []
    for row in rows where !seen.insert(row.name).inserted {
      throw ModelError(
        .duplicateName(row.name), path: row.path, layer: row.name, input: row.input,
        output: row.output)
    }
    return ModelSummary(input: input, layers: rows)
  }
}

extension ModelDescription: ExpressibleByArrayLiteral {
  /// Creates a model from a list of layers without names of their own.
  public init(arrayLiteral elements: any LayerKind...) { self.init(elements) }
}
