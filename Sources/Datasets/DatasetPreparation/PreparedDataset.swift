/// What a preparation wrote.
public struct PreparedDataset: Hashable, Sendable {
  /// The number of samples in each split.
  public let counts: [SplitName: Int]

  /// The shape of each sample.
  public let shape: ImageShape

  /// The names of the classes, in the order of labels.
  public let classNames: [String]

  /// Of the training split, before normalization.
  public let statistics: ChannelStatistics

  /// What was done to each value.
  public let transform: ChannelTransform
}

/// The splits of a dataset; the raw values are the names of the groups.
public enum SplitName: String, Hashable, Sendable, CaseIterable {
  case train
  case validation
  case test
}
