public import Autograd

/// A parameter or buffer of a layer: its name as saved, and its shape as PyTorch has it.
public struct ParameterSummary: Hashable, Sendable {
  /// The layer's name and `.weight`, `.bias`, `.running_mean` or `.running_var`.
  public let name: String
  /// The shape: out×in for a linear layer, O×I×kH×kW for a convolution.
  public let shape: Shape
  /// Whether the optimizer changes it; false for running statistics.
  public let isTrainable: Bool
}

/// A layer with its shapes.
public struct LayerSummary: Hashable, Sendable {
  /// Where the layer stands: its index in the model's list, then, inside residuals, the index in that list.
  public let path: [Int]
  /// The name that its parameters and random streams bear.
  public let name: String
  /// What the layer does.
  public let layer: Layer
  /// The shape of one sample before the layer.
  public let input: Shape
  /// The shape of one sample after it.
  public let output: Shape
  /// Its parameters and buffers in the order in which they are saved.
  public let parameters: [ParameterSummary]

  /// The trainable numbers in the layer.
  public var parameterCount: Int {
    parameters.reduce(0) { $1.isTrainable ? $0 + $1.shape.count : $0 }
  }
}

/// A model with the shapes of all layers: the table that `summary` prints.
public struct ModelSummary: Hashable, Sendable {
  /// The shape of one sample.
  public let input: Shape
  /// Every layer; those of a residual come before the row of the residual itself.
  public let layers: [LayerSummary]

  /// The shape of one sample of the output.
  public var output: Shape { layers.last { $0.path.count == 1 }?.output ?? input }
  /// The trainable numbers in the model.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
  /// All parameters and buffers in the order in which they are saved.
  public var parameters: [ParameterSummary] { layers.flatMap(\.parameters) }
}

extension ModelSummary {
  /// Refuses a batch normalization that would measure one value per channel, as the variance of one value says nothing.
  ///
  /// - Parameters:
  ///   - batches: The sizes of the batches that a training meets.
  ///   - shards: The logical shards that each is cut into; the smallest of a batch of n has ⌊n / shards⌋ samples, or 1.
  /// - Throws: ``ModelError`` with the layer's path.
  func requireStatistics(batches: [Int], shards: Int) throws(ModelError) {
    for row in layers where row.layer.kind.measuresBatch {
      let positions = row.input.count / row.input[0]
      for batch in batches where max(1, batch / shards) * positions < 2 {
        throw ModelError(
          .singleValue(batch: batch, shards: shards), path: row.path, layer: row.name,
          input: row.input)
      }
    }
  }
}

extension ModelSummary: CustomStringConvertible {
  /// A table: layer, kind, output shape, parameters.
  public var description: String {
    let rows =
      [["layer", "kind", "output", "parameters"]]
      + layers.map { [$0.name, $0.layer.word, "\($0.output)", "\($0.parameterCount)"] }
      + [["total", "", "\(output)", "\(parameterCount)"]]
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for column in 0..<4 {
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        line += column == 3 ? padding + row[column] : row[column] + padding + "  "
      }
      return line
    }.joined(separator: "\n")
  }
}
