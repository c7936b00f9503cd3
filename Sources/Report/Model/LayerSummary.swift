/// One row of the model's summary.
public struct LayerSummary: Sendable, Hashable {
  /// The name that prefixes the layer's parameters: `linear1`.
  public var name: String
  /// What it is, with its own settings: `linear 784 → 128`.
  public var kind: String
  /// The shape of one sample behind it: `128` or `32×26×26`.
  public var outputShape: String
  public var parameterCount: Int

  public init(name: String, kind: String, outputShape: String, parameterCount: Int) {
    self.name = name
    self.kind = kind
    self.outputShape = outputShape
    self.parameterCount = parameterCount
  }
}

/// The Euclidean norms of one layer's weights and gradients over training.
public struct LayerNorms: Sendable, Hashable {
  public var layer: String
  /// The epochs (or steps) at which the norms were taken.
  public var positions: [Double]
  /// One a position, or empty when they were not recorded.
  public var weights: [Double]
  /// One a position, or empty when they were not recorded.
  public var gradients: [Double]

  /// Creates the norms of one layer.
  ///
  /// - Precondition: `weights` and `gradients` are empty or have one value a position.
  public init(layer: String, positions: [Double], weights: [Double], gradients: [Double]) {
    precondition(
      (weights.isEmpty || weights.count == positions.count)
        && (gradients.isEmpty || gradients.count == positions.count), "a norm for each position")
    self.layer = layer
    self.positions = positions
    self.weights = weights
    self.gradients = gradients
  }
}
