/// One quantity followed over training: one chart with a line for each series.
public struct Curve: Sendable, Hashable {
  /// What is drawn, and the title of the chart: `loss`.
  public var name: String
  /// What the horizontal axis counts: `epoch` or `step`.
  public var axis: String
  /// The direction in which the quantity is better; determines the best value of each series.
  public var goal: MetricGoal
  /// The lines, in the order of their colours.
  public var series: [CurveSeries]

  public init(name: String, axis: String = "epoch", goal: MetricGoal, series: [CurveSeries]) {
    self.name = name
    self.axis = axis
    self.goal = goal
    self.series = series
  }
}

/// The values of one line of a ``Curve``.
public struct CurveSeries: Sendable, Hashable {
  /// The name at the end of the line: `train`, `validation`.
  public var name: String
  /// Positions in ascending order: epochs or steps.
  public var positions: [Double]
  /// One value a position; a value that is not finite leaves a gap in the line.
  public var values: [Double]

  /// Creates a line from positions and as many values.
  ///
  /// - Precondition: `positions` and `values` have the same count.
  public init(name: String, positions: [Double], values: [Double]) {
    precondition(positions.count == values.count, "a value for each position")
    self.name = name
    self.positions = positions
    self.values = values
  }

  /// Creates a line with values at `first`, `first + 1`, …: one per epoch.
  public init(name: String, values: [Double], from first: Int = 1) {
    self.init(
      name: name, positions: values.indices.map { Double(first + $0) }, values: values)
  }
}
