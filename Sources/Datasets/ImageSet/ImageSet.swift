/// Labelled samples as a source gives them: N × C × H × W, not yet normalized.
public struct ImageSet: Hashable, Sendable {
  /// The values of all samples, sample after sample, channel after channel, row after row.
  public enum Samples: Hashable, Sendable {
    /// Values 0 to 255, where 255 is full scale.
    case bytes([UInt8])
    /// Finite values of any range.
    case floats([Float])
  }

  /// Where the samples are from, for errors.
  public let source: String

  /// The shape of each sample.
  public let shape: ImageShape

  /// The values.
  public let samples: Samples

  /// One class a sample, at least 0.
  public let labels: [Int32]

  /// The number of samples.
  public var count: Int { labels.count }

  /// The greatest label and one, at least 1.
  public var impliedClassCount: Int { Int(labels.max() ?? 0) + 1 }

  /// Creates a set from values in memory.
  ///
  /// - Throws: `countMismatch` if values and labels do not fit, `label` if one is negative,
  ///   `nonFinite` if a value is.
  public init(
    source: String, shape: ImageShape, samples: Samples, labels: [Int32]
  ) throws(DatasetError) {
    self.source = source
    self.shape = shape
    self.samples = samples
    self.labels = labels
    let valueCount =
      switch samples {
      case .bytes(let values): values.count
      case .floats(let values): values.count
      }
    guard valueCount == labels.count * shape.count else {
      throw DatasetError(
        .countMismatch(images: valueCount / shape.count, labels: labels.count), source: source)
    }
    if let sample = labels.firstIndex(where: { $0 < 0 }) {
      throw DatasetError(
        .label(Int(labels[sample]), sample: sample, classCount: impliedClassCount), source: source)
    }
    if case .floats(let values) = samples,
      let index = values.firstIndex(where: { !$0.isFinite })
    {
      throw DatasetError(.nonFinite(sample: index / shape.count), source: source)
    }
  }

  /// Checks that each label is the number of a class.
  func checkLabels(classCount: Int) throws(DatasetError) {
    guard let sample = labels.firstIndex(where: { $0 >= classCount }) else { return }
    throw DatasetError(
      .label(Int(labels[sample]), sample: sample, classCount: classCount), source: source)
  }
}
