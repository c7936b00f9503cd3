/// What a model does on the samples of a source.
public struct Evaluation: Hashable, Sendable {
  /// Loss and accuracy over all samples.
  public let metrics: Metrics
  /// The number of classes.
  public let classCount: Int
  /// The label of each sample.
  public let labels: [UInt32]
  /// The class with the largest output, the lowest of equals, of each sample.
  public let predictions: [UInt32]
  /// The loss of each sample.
  public let losses: [Float]
  /// `classCount` values a sample: softmax of the outputs for cross-entropy, the outputs themselves for squared error, which
  /// fits them to 0 and 1 and not to logits.
  public let probabilities: [Float]
}
