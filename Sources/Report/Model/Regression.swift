/// Predictions of a number beside its true values.
public struct Regression: Sendable, Hashable {
  /// The split that was evaluated: `test`.
  public var split: String
  /// What is predicted, with its unit: `price (€)`.
  public var target: String
  public var trueValues: [Double]
  public var predictions: [Double]

  /// Creates a comparison of predictions with true values.
  ///
  /// - Precondition: both arrays have the same count.
  public init(split: String, target: String, trueValues: [Double], predictions: [Double]) {
    precondition(trueValues.count == predictions.count, "a prediction for each true value")
    self.split = split
    self.target = target
    self.trueValues = trueValues
    self.predictions = predictions
  }
}
