/// Everything about a classifier on the samples that it was evaluated on.
public struct Classification: Sendable, Hashable {
  /// The split that was evaluated: `test`.
  public var split: String
  public var confusion: ConfusionMatrix
  /// The rows of the per-class table, and the means below them.
  public var classScores: [ClassScore]
  public var meanScores: [ClassScore]
  /// The worst-classified samples, the worst first: 36 to 64 are shown well.
  public var worstSamples: [ClassifiedSample]
  /// One-against-rest curves; empty when they were not computed.
  public var thresholdCurves: [ThresholdCurve]
  public var reliability: Reliability?

  public init(
    split: String, confusion: ConfusionMatrix, classScores: [ClassScore] = [],
    meanScores: [ClassScore] = [],
    worstSamples: [ClassifiedSample] = [], thresholdCurves: [ThresholdCurve] = [],
    reliability: Reliability? = nil
  ) {
    self.split = split
    self.confusion = confusion
    self.classScores = classScores
    self.meanScores = meanScores
    self.worstSamples = worstSamples
    self.thresholdCurves = thresholdCurves
    self.reliability = reliability
  }
}
