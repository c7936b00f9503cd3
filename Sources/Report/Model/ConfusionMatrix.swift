/// The number of samples for each pair of true and predicted class.
public struct ConfusionMatrix: Sendable, Hashable {
  public var classNames: [String]
  /// Row: true class; column: predicted class.
  public var counts: [[Int]]

  /// Creates a matrix from one row a true class.
  ///
  /// - Precondition: `counts` is square with a row for each name.
  public init(classNames: [String], counts: [[Int]]) {
    precondition(
      counts.count == classNames.count && counts.allSatisfy { $0.count == classNames.count },
      "a row and a column for each class")
    self.classNames = classNames
    self.counts = counts
  }

  /// The number of samples with each true class.
  public var support: [Int] { counts.map { $0.reduce(0, +) } }

  /// The number of samples.
  public var total: Int { support.reduce(0, +) }

  /// The number of samples whose class was predicted.
  public var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

  /// The 95 % interval of the accuracy (Wilson 1927); `nil` without samples.
  public var accuracyInterval: ClosedRange<Double>? {
    guard total > 0 else { return nil }
    let (n, z) = (Double(total), 1.959_963_984_540_054)
    let share = Double(correct) / n
    let center = share + z * z / (2 * n)
    let reach = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return max(0, (center - reach) / scale)...min(1, (center + reach) / scale)
  }
}

/// The scores of one class, in the columns of scikit-learn's classification report.
public struct ClassScore: Sendable, Hashable {
  public var name: String
  /// The part of the samples predicted as this class that are of it, in [0, 1].
  public var precision: Double
  /// The part of the samples of this class that are predicted as it, in [0, 1].
  public var recall: Double
  /// The harmonic mean of precision and recall.
  public var f1: Double
  /// The number of samples of this class.
  public var support: Int

  public init(name: String, precision: Double, recall: Double, f1: Double, support: Int) {
    self.name = name
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.support = support
  }
}
