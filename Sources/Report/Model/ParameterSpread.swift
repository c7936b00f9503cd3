/// The distributions of one parameter and of its gradient over training.
public struct ParameterSpread: Sendable, Hashable {
  /// Values counted in parts of equal width.
  public struct Histogram: Sendable, Hashable {
    public var least: Double
    public var greatest: Double
    /// The values in each part of `least ... greatest`.
    public var counts: [Int]

    public init(least: Double, greatest: Double, counts: [Int]) {
      self.least = least
      self.greatest = greatest
      self.counts = counts
    }

    /// The value below which the fraction `share` of all values lies, with values evenly distributed in each bin.
    public func quantile(_ share: Double) -> Double {
      let total = counts.reduce(0, +)
      guard total > 0, greatest > least else { return least }
      let wanted = min(max(share, 0), 1) * Double(total)
      let width = (greatest - least) / Double(counts.count)
      var below = 0.0
      for (part, count) in counts.enumerated() where count > 0 {
        if below + Double(count) >= wanted {
          return least + width * (Double(part) + (wanted - below) / Double(count))
        }
        below += Double(count)
      }
      return greatest
    }
  }

  /// The parameter: `linear1.weight`.
  public var name: String
  /// The epochs at which values were counted, ascending.
  public var positions: [Double]
  /// One a position.
  public var weights: [Histogram]
  /// One a position.
  public var gradients: [Histogram]

  /// Creates the spread of one parameter.
  ///
  /// - Precondition: a histogram of the weights and one of the gradients for each position.
  public init(
    name: String, positions: [Double], weights: [Histogram], gradients: [Histogram]
  ) {
    precondition(
      weights.count == positions.count && gradients.count == positions.count,
      "two histograms for each position")
    self.name = name
    self.positions = positions
    self.weights = weights
    self.gradients = gradients
  }
}
