/// A comparison of 2 to 50 runs; the first is the baseline until the reader chooses another.
public struct CompareReportModel: Sendable, Hashable {
  public var title: String
  public var runs: [ComparedRun]

  /// Creates a comparison.
  ///
  /// - Precondition: at least one run.
  public init(title: String, runs: [ComparedRun]) {
    precondition(!runs.isEmpty, "something to compare")
    self.title = title
    self.runs = runs
  }
}

/// What a comparison shows of one run.
public struct ComparedRun: Sendable, Hashable {
  /// A metric with its best and its last value.
  public struct MetricValue: Sendable, Hashable {
    public var name: String
    public var goal: MetricGoal
    public var last: Double
    /// The best value over training; `nil` for a metric that was taken once.
    public var best: Double?
    /// The epoch of the best value.
    public var bestEpoch: Double?

    public init(
      name: String, goal: MetricGoal, last: Double, best: Double? = nil, bestEpoch: Double? = nil
    ) {
      self.name = name
      self.goal = goal
      self.last = last
      self.best = best
      self.bestEpoch = bestEpoch
    }
  }

  /// What the run said about each sample of the evaluated split, in the split's order.
  public struct Predictions: Sendable, Hashable {
    /// Indices into the class names of the confusion matrix.
    public var trueClasses: [Int]
    public var predictedClasses: [Int]

    /// Creates the predictions of one run.
    ///
    /// - Precondition: both arrays have the same count.
    public init(trueClasses: [Int], predictedClasses: [Int]) {
      precondition(trueClasses.count == predictedClasses.count, "a prediction for each sample")
      self.trueClasses = trueClasses
      self.predictedClasses = predictedClasses
    }
  }

  /// The run's identifier.
  public var id: String
  /// A name that the user gave; otherwise the run is labelled by the settings that differ.
  public var name: String?
  public var specName: String
  public var settings: [Setting]
  public var metrics: [MetricValue]
  public var curves: [Curve]
  public var confusion: ConfusionMatrix?
  public var predictions: Predictions?
  /// The user's plots.
  public var plots: [Plot]
  public var environment: [Fact]
  public var stages: [StageSummary]
  /// The text of the spec.
  public var specification: String?
  /// The digest of the data that the metrics were taken on; numbers compare only where it is equal.
  public var testDataDigest: String?
  /// When epochs ended.
  public var times: RunTimes?
  /// The tags of the run.
  public var tags: [String] = []
  /// The note of the run.
  public var note: String?

  public init(
    id: String, name: String? = nil, specName: String, settings: [Setting] = [],
    metrics: [MetricValue] = [], curves: [Curve] = [], confusion: ConfusionMatrix? = nil,
    predictions: Predictions? = nil, plots: [Plot] = [], environment: [Fact] = [],
    stages: [StageSummary] = [],
    specification: String? = nil, testDataDigest: String? = nil
  ) {
    self.id = id
    self.name = name
    self.specName = specName
    self.settings = settings
    self.metrics = metrics
    self.curves = curves
    self.confusion = confusion
    self.predictions = predictions
    self.plots = plots
    self.environment = environment
    self.stages = stages
    self.specification = specification
    self.testDataDigest = testDataDigest
  }
}
