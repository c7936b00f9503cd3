/// Everything that the report of one run shows, as plain values.
///
/// Without ``facts`` the page is the `report` artifact: a pure function of results, settings and
/// digests, the same bytes for the same values. With them it is the page of a run.
public struct RunReportModel: Sendable, Hashable {
  /// How it ended.
  public enum Status: Sendable, Hashable {
    case succeeded
    /// A stage failed; the text says which and why.
    case failed(String)
    /// Stopped before the end; the text says where it can be resumed.
    case interrupted(String)
  }

  public var title: String
  /// The `name:` of the spec.
  public var specName: String
  public var status: Status
  /// The main metric, of the selected checkpoint.
  public var headline: Metric?
  /// Further metrics, shown beside the headline.
  public var metrics: [Metric]
  /// What the model was evaluated on: `Fashion-MNIST, 10,000 test images`.
  public var datasetName: String?
  /// More about the data: counts of the splits, shape, normalization.
  public var datasetFacts: [Fact]
  /// Command lines that reproduce this result.
  public var reproduceWith: [String]
  /// The learning curves, a chart each: loss, accuracy, learning rate.
  public var curves: [Curve]
  /// The epoch that the weights of the model are from.
  public var weightsEpoch: Int?
  public var classification: Classification?
  public var regression: Regression?
  /// The user's plots, in their order.
  public var plots: [Plot]
  /// What each step measured: loss, gradient norm; and the learning rate of each epoch.
  public var steps: [Curve]
  public var layerNorms: [LayerNorms]
  /// The distributions of weights and gradients, one parameter after the other.
  public var spreads: [ParameterSpread]
  public var settings: [Setting]
  public var layers: [LayerSummary]
  /// In the order of the spec.
  public var stages: [StageSummary]
  /// Plain text about the model: what it is for, its limits.
  ///
  /// Paragraphs are separated by blank lines.
  public var modelCard: String?
  /// Time, machine, hits and resumes: only for the page of a run.
  public var facts: RunFacts?

  public init(
    title: String, specName: String, status: Status = .succeeded, headline: Metric? = nil,
    metrics: [Metric] = [], datasetName: String? = nil, datasetFacts: [Fact] = [],
    reproduceWith: [String] = [], curves: [Curve] = [], weightsEpoch: Int? = nil,
    classification: Classification? = nil, regression: Regression? = nil, plots: [Plot] = [],
    steps: [Curve] = [], layerNorms: [LayerNorms] = [], spreads: [ParameterSpread] = [],
    settings: [Setting] = [], layers: [LayerSummary] = [],
    stages: [StageSummary] = [], modelCard: String? = nil, facts: RunFacts? = nil
  ) {
    self.title = title
    self.specName = specName
    self.status = status
    self.headline = headline
    self.metrics = metrics
    self.datasetName = datasetName
    self.datasetFacts = datasetFacts
    self.reproduceWith = reproduceWith
    self.curves = curves
    self.weightsEpoch = weightsEpoch
    self.classification = classification
    self.regression = regression
    self.plots = plots
    self.steps = steps
    self.layerNorms = layerNorms
    self.spreads = spreads
    self.settings = settings
    self.layers = layers
    self.stages = stages
    self.modelCard = modelCard
    self.facts = facts
  }
}
