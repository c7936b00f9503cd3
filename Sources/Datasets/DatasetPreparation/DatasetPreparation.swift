/// Everything that decides the bytes of a prepared dataset.
public struct DatasetPreparation: Sendable {
  /// Where samples came from: a name and a digest, kept in the file.
  public struct Source: Hashable, Sendable {
    /// What the source is called, as `train-images`.
    public let name: String

    /// Its digest, as `sha256:<hex>`.
    public let digest: String

    /// Creates a source.
    public init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  /// The samples to train with, of which the validation split is taken.
  public let training: ImageSet

  /// The samples to test with; without them the test split is empty.
  public let test: ImageSet?

  /// How many of the training samples are kept for validation.
  public var validation = ValidationSplit()

  /// How values become what a network sees.
  public var normalization: any NormalizationKind = Standardization()

  /// Names the random stream that chooses the validation samples.
  public var seed: UInt64 = 0

  /// The names of the classes; by default `0`, `1`, … up to the greatest training label.
  public var classNames: [String]?

  /// Where the samples came from, in the order they are listed in the file.
  public var sources: [Source] = []

  /// The version of the numerics contract, kept in the file.
  public var numericsVersion = "f32-2"

  /// Creates a preparation with defaults.
  public init(training: ImageSet, test: ImageSet?) {
    self.training = training
    self.test = test
  }

  /// Divides, measures and checks; nothing is written.
  ///
  /// - Throws: ``DatasetError`` with `shapeMismatch`, `split`, `normalization`, `classNames`, `label`.
  func plan() throws(DatasetError) -> Plan {
    if let test {
      guard training.shape == test.shape, training.samples.isBytes == test.samples.isBytes
      else { throw DatasetError(.shapeMismatch, source: test.source) }
    }
    let names = classNames ?? (0..<training.impliedClassCount).map { "\($0)" }
    guard !names.isEmpty, names.count <= 4096, Set(names).count == names.count,
      names.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(0) && $0.utf8.count <= 256 })
    else { throw DatasetError(.classNames, source: training.source) }
    try training.checkLabels(classCount: names.count)
    try test?.checkLabels(classCount: names.count)
    guard let division = validation.divide(training.labels, seed: seed) else {
      throw DatasetError(
        .split, source: training.source, details: "\(training.count) samples to take from")
    }
    let statistics = ChannelStatistics(of: training, indices: division.training)
    guard
      let transform = ChannelTransform(
        normalization, statistics, isBytes: training.samples.isBytes)
    else {
      throw DatasetError(.normalization, source: training.source)
    }
    return Plan(
      classNames: names, trainingIndices: division.training, validationIndices: division.validation,
      statistics: statistics, transform: transform)
  }

  /// What follows from a preparation.
  struct Plan {
    let classNames: [String]
    let trainingIndices: [Int]
    let validationIndices: [Int]
    let statistics: ChannelStatistics
    let transform: ChannelTransform
  }
}

extension ImageSet.Samples {
  /// Whether the values are bytes.
  var isBytes: Bool { if case .bytes = self { true } else { false } }
}
