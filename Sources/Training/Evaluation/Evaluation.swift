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
  /// Softmax of the outputs, `classCount` values a sample.
  public let probabilities: [Float]
}
