/// The differences between runs and their effects: plain values for programs.
///
/// Every array over runs has the order of the model's runs; the first run is the baseline.
public struct Comparison: Sendable, Hashable {
  /// One run and how it is called here.
  public struct Run: Sendable, Hashable {
    public var id: String
    /// A letter: `A` for the baseline.
    public var letter: String
    /// The settings that distinguish it from the others, or its name.
    public var label: String
    /// The tags of the run.
    public var tags: [String]
    /// The note of the run, if any.
    public var note: String?
  }

  /// A named value of each run; `null` where a run has none.
  public struct Row: Sendable, Hashable {
    public var name: String
    public var values: [String?]
    /// Whether any two runs disagree.
    public var differs: Bool
    /// Whether every run has the schema's default.
    public var isDefault: Bool
  }

  /// A metric of each run.
  public struct MetricRow: Sendable, Hashable {
    public struct Value: Sendable, Hashable {
      public var last: Double
      public var best: Double?
      public var bestEpoch: Double?
      /// `last` minus the baseline's.
      public var delta: Double?
      /// Whether that is better; `null` without a direction or where both are equal.
      public var isBetter: Bool?
    }

    public var name: String
    public var goal: MetricGoal
    public var values: [Value?]
    /// Which run has the best last value.
    public var best: Int?
  }

  /// A run's samples against the baseline's.
  public struct SampleChanges: Sendable, Hashable {
    /// Indices of samples that the baseline had wrong and the run has right.
    public var fixed: [Int]
    /// Indices of samples that the baseline had right and the run has wrong.
    public var broken: [Int]
  }

  public var schema = "pipeline.compare/1"
  public var runs: [Run]
  /// Whether every run was measured on the same test data.
  public var isComparable: Bool
  public var settings: [Row]
  public var metrics: [MetricRow]
  public var environment: [Row]
  /// Digests of keys and outputs: `train key`, `train/model.safetensors`.
  public var digests: [Row]
  /// For each run the first stage with an output that is not the baseline's.
  public var firstDifferentStage: [String?]
  /// For each run; `null` where predictions are missing or were made on other samples.
  public var samples: [SampleChanges?]
  /// The association of settings and metrics; absent with fewer than five runs or other test data.
  public var effects: Effects?
  /// Whether settings, metrics or digests differ, which `--exit-code` reports.
  public var differs: Bool
}
