/// How often samples of each class were taken for each class.
public struct ConfusionMatrix: Hashable, Sendable {
  /// The number of classes.
  public let classCount: Int
  /// The samples of class i that were predicted as class j, at i · `classCount` + j.
  public let counts: [Int]

  /// Counts predictions.
  ///
  /// - Precondition: There are as many labels as predictions, and all are below `classCount`.
  /// - Complexity: O(*n* + *c*²).
  public init(labels: [UInt32], predictions: [UInt32], classCount: Int) {
    precondition(labels.count == predictions.count, "labels and predictions differ in number")
    var counts = Array(repeating: 0, count: classCount * classCount)
    for (label, prediction) in zip(labels, predictions) {
      counts[Int(label) * classCount + Int(prediction)] += 1
    }
    self.classCount = classCount
    self.counts = counts
  }

  /// The samples of class `label` that were predicted as class `prediction`.
  public subscript(label: Int, prediction: Int) -> Int { counts[label * classCount + prediction] }

  /// All samples.
  public var total: Int { counts.reduce(0, +) }

  /// The share of the samples on the diagonal; 0 for no samples.
  public var accuracy: Double {
    let hits = (0..<classCount).reduce(0) { $0 + self[$1, $1] }
    return Self.share(hits, of: total)
  }

  /// Precision, recall and F1 of each class.
  public var classes: [ClassMetrics] {
    (0..<classCount).map { index in
      let support = (0..<classCount).reduce(0) { $0 + self[index, $1] }
      let predicted = (0..<classCount).reduce(0) { $0 + self[$1, index] }
      let hits = self[index, index]
      return ClassMetrics(
        precision: Self.share(hits, of: predicted), recall: Self.share(hits, of: support),
        f1: Self.share(2 * hits, of: support + predicted), support: support)
    }
  }

  /// The means over classes, each class counting the same.
  public var macroAverage: ClassMetrics { average { _ in 1 } }

  /// The means over classes, each class counting as its samples.
  public var weightedAverage: ClassMetrics { average { Double($0.support) } }

  private func average(weight: (ClassMetrics) -> Double) -> ClassMetrics {
    var sums = (precision: 0.0, recall: 0.0, f1: 0.0, weight: 0.0)
    for metrics in classes {
      let weight = weight(metrics)
      sums.precision += metrics.precision * weight
      sums.recall += metrics.recall * weight
      sums.f1 += metrics.f1 * weight
      sums.weight += weight
    }
    guard sums.weight > 0 else {
      return ClassMetrics(precision: 0, recall: 0, f1: 0, support: total)
    }
    return ClassMetrics(
      precision: sums.precision / sums.weight, recall: sums.recall / sums.weight,
      f1: sums.f1 / sums.weight, support: total)
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}

/// How well a class is recognised; a share of nothing is 0.
public struct ClassMetrics: Hashable, Sendable {
  /// The share of the samples predicted as the class that belong to it.
  public var precision: Double
  /// The share of the class's samples that are predicted as it.
  public var recall: Double
  /// The harmonic mean of precision and recall.
  public var f1: Double
  /// The class's samples.
  public var support: Int

  /// Creates metrics.
  public init(precision: Double, recall: Double, f1: Double, support: Int) {
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.support = support
  }
}
