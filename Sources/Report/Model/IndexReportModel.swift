/// The page over all runs of a store.
public struct IndexReportModel: Sendable, Hashable {
  /// One run, one row.
  public struct Run: Sendable, Hashable {
    public var id: String
    public var title: String
    public var specName: String
    public var status: RunReportModel.Status
    /// The start as text that sorts: `2026-11-22 15:28:00 UTC`.
    public var startedAt: String
    public var seconds: Double
    public var stages: [RunFacts.Stage]
    /// Columns of the table, matched by name over all runs.
    public var metrics: [Metric]
    /// Settings that the user gave (not the defaults), for search and columns.
    public var settings: [Setting]
    /// The run's own page relative to the index: `runs/ID/report.html`.
    ///
    /// Anything but a plain
    /// relative path of `A-Z a-z 0-9 . _ - /` is shown without a link.
    public var page: String?
    /// The tags of the run.
    public var tags: [String]
    /// The note of the run.
    public var note: String?

    public init(
      id: String, title: String, specName: String, status: RunReportModel.Status,
      startedAt: String, seconds: Double, stages: [RunFacts.Stage] = [], metrics: [Metric] = [],
      settings: [Setting] = [], page: String? = nil,
      tags: [String] = [], note: String? = nil
    ) {
      self.id = id
      self.title = title
      self.specName = specName
      self.status = status
      self.startedAt = startedAt
      self.seconds = seconds
      self.stages = stages
      self.metrics = metrics
      self.settings = settings
      self.page = page
      self.tags = tags
      self.note = note
    }
  }

  public var title: String
  /// The newest first.
  public var runs: [Run]

  public init(title: String, runs: [Run]) {
    self.title = title
    self.runs = runs
  }
}
