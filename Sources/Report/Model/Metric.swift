/// The direction in which a metric is better.
public enum MetricGoal: String, Sendable, Hashable {
  case maximize
  case minimize
  /// No direction was declared: differences are shown, never judged.
  case none
}

/// A result of a run, with the direction in which it is better.
public struct Metric: Sendable, Hashable {
  /// What is measured, as the user knows it: `test accuracy`.
  public var name: String
  public var value: Double
  public var goal: MetricGoal

  public init(name: String, value: Double, goal: MetricGoal = .none) {
    self.name = name
    self.value = value
    self.goal = goal
  }
}
