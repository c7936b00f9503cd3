/// Whether predictions made with a confidence of *p* are right *p* of the time.
public struct Reliability: Sendable, Hashable {
  /// The predictions with a confidence in one interval.
  public struct Bin: Sendable, Hashable {
    public var lower: Double
    public var upper: Double
    public var count: Int
    /// The mean confidence of the predictions in the bin; 0 when it is empty.
    public var confidence: Double
    /// The part of the predictions in the bin that were right; 0 when it is empty.
    public var accuracy: Double

    public init(lower: Double, upper: Double, count: Int, confidence: Double, accuracy: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
      self.confidence = confidence
      self.accuracy = accuracy
    }
  }

  /// Bins of equal width over [0, 1], ascending.
  public var bins: [Bin]
  /// The sum of |accuracy − confidence| · count / total over the bins (Guo and others 2017).
  public var expectedCalibrationError: Double

  public init(bins: [Bin], expectedCalibrationError: Double) {
    self.bins = bins
    self.expectedCalibrationError = expectedCalibrationError
  }

  /// Sorts predictions into `binCount` bins of equal width; 1 belongs to the last.
  ///
  /// - Parameters:
  ///   - confidences: The probability of the predicted class, one a sample, in [0, 1].
  ///   - isCorrect: Whether the prediction was right.
  ///   - binCount: The number of bins, at least 1.
  /// - Precondition: both arrays have the same count.
  public init(confidences: [Double], isCorrect: [Bool], binCount: Int = 15) {
    precondition(
      confidences.count == isCorrect.count && binCount > 0, "a truth for each confidence")
    var counts = [Int](repeating: 0, count: binCount)
    var right = counts
    var sums = [Double](repeating: 0, count: binCount)
    for (confidence, correct) in zip(confidences, isCorrect) {
      let scaled = confidence * Double(binCount)
      // A confidence that is NaN counts as unreliable: the lowest bin.
      let bin = scaled.isFinite ? min(max(Int(scaled), 0), binCount - 1) : 0
      counts[bin] += 1
      sums[bin] += scaled.isFinite ? confidence : 0
      if correct { right[bin] += 1 }
    }
    bins = counts.indices.map { bin in
      let count = Double(max(counts[bin], 1))
      return Bin(
        lower: Double(bin) / Double(binCount), upper: Double(bin + 1) / Double(binCount),
        count: counts[bin], confidence: sums[bin] / count, accuracy: Double(right[bin]) / count)
    }
    let total = Double(max(confidences.count, 1))
    expectedCalibrationError = bins.reduce(0) {
      $0 + abs($1.accuracy - $1.confidence) * Double($1.count) / total
    }
  }
}
