/// How one class fares against the rest as the threshold on its score falls.
public struct ThresholdCurve: Sendable, Hashable {
  public var className: String
  /// False-positive rate, ascending from 0 to 1.
  public var falsePositiveRate: [Double]
  /// True-positive rate (recall) at the same thresholds.
  public var truePositiveRate: [Double]
  /// Precision at the same thresholds.
  public var precision: [Double]
  /// The area under true-positive rate over false-positive rate, by trapezoids.
  public var rocArea: Double
  /// Σ (recall − previous recall) · precision.
  public var averagePrecision: Double

  /// Creates a curve from points computed elsewhere.
  ///
  /// - Precondition: the three arrays have the same count.
  public init(
    className: String, falsePositiveRate: [Double], truePositiveRate: [Double],
    precision: [Double], rocArea: Double, averagePrecision: Double
  ) {
    precondition(
      falsePositiveRate.count == truePositiveRate.count
        && precision.count == truePositiveRate.count, "three values a threshold")
    self.className = className
    self.falsePositiveRate = falsePositiveRate
    self.truePositiveRate = truePositiveRate
    self.precision = precision
    self.rocArea = rocArea
    self.averagePrecision = averagePrecision
  }

  /// Computes the curve of a class from its score on each sample, or `nil` when samples of the class
  /// or of the rest are missing.
  ///
  /// Samples with equal scores enter together, so the order of samples changes nothing. Areas are
  /// computed from counts, exactly until the last division.
  ///
  /// - Parameters:
  ///   - className: The name of the class.
  ///   - scores: The probability that the model gave the class, one a sample, finite.
  ///   - isPositive: Whether the sample is of the class.
  /// - Precondition: `scores` and `isPositive` have the same count.
  /// - Complexity: O(*n* log *n*) in the number of samples.
  public init?(className: String, scores: [Double], isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "a truth for each score")
    let positives = isPositive.count { $0 }
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }

    var hits = 0
    var alarms = 0
    var doubledArea = 0
    var averagePrecision = 0.0
    var fpr = [0.0]
    var tpr = [0.0]
    var precision = [1.0]
    var next = 0
    while next < order.count {
      let score = scores[order[next]]
      let (hitsBefore, alarmsBefore) = (hits, alarms)
      while next < order.count, scores[order[next]] == score {
        if isPositive[order[next]] { hits += 1 } else { alarms += 1 }
        next += 1
      }
      doubledArea += (alarms - alarmsBefore) * (hits + hitsBefore)
      fpr.append(Double(alarms) / Double(negatives))
      tpr.append(Double(hits) / Double(positives))
      precision.append(Double(hits) / Double(hits + alarms))
      averagePrecision +=
        Double(hits - hitsBefore) / Double(positives) * Double(hits) / Double(hits + alarms)
    }
    self.init(
      className: className, falsePositiveRate: fpr, truePositiveRate: tpr, precision: precision,
      rocArea: Double(doubledArea) / (2 * Double(positives) * Double(negatives)),
      averagePrecision: averagePrecision)
  }
}
