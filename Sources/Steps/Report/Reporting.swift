public import ArtifactStore
public import ContentAddressing
internal import FoundationEssentials
public import Pipeline
internal import Report

/// The pages that are made from the records of runs: of one run, of several compared, of all.
public struct Reporting: Sendable {
  let store: ArtifactStore
  /// The text of the library for interactive charts, or `nil`.
  let charts: String?

  public init(store: ArtifactStore, charts: String?) {
    self.store = store
    self.charts = charts
  }

  /// The page of a run: the report artifact of its last report stage, with the facts of the run.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - started: When it began, as text.
  /// - Throws: ``PipelineError`` where the run has no report; ``StoreError``.
  public func runPage(of record: PipelineRun, started: String) throws -> String {
    let facts = RunFactsBuilder(record: record, started: started).facts
    guard
      let content = record.stages.last(where: { $0.kind == ReportStep.schema.kind })?
        .outputs["report.html"]
    else {
      // A run without a report stage, or one that failed before it, still has its facts.
      var model = RunReportModel(title: record.name, specName: record.file)
      model.status = record.status == .ok ? .succeeded : .failed(Self.reason(of: record))
      model.facts = facts
      return RunReport.html(model, interactiveChartsScript: charts)
    }
    let artifact = String(decoding: try store.read(content), as: UTF8.self)
    return RunPage.html(artifact: artifact, facts: facts, interactiveChartsScript: charts)
  }

  private static func reason(of record: PipelineRun) -> String {
    record.stages.first { $0.state == .failed }?.reason ?? record.status.rawValue
  }

  /// The comparison of runs, the first of which is the baseline.
  ///
  /// - Throws: Nothing yet; outputs that cannot be read are left out.
  public func comparison(of records: [PipelineRun]) throws -> RunComparison {
    RunComparison(
      model: CompareReportModel(
        title: "Comparison of \(records.count) runs",
        runs: records.map { ComparedRunBuilder(record: $0, store: store).run }),
      charts: charts)
  }

  /// The page over all runs of a store.
  public func indexPage(of records: [PipelineRun], store path: String) throws -> String {
    IndexReport.html(
      IndexReportModel(
        title: "Runs of \(path)", runs: records.map { IndexRunBuilder(record: $0).run }))
  }
}

/// What differs between runs, in the forms that the command line offers.
public struct RunComparison: Sendable {
  private let model: CompareReportModel
  private let charts: String?
  private let plain: Comparison

  init(model: CompareReportModel, charts: String?) {
    self.model = model
    self.charts = charts
    plain = CompareReport.comparison(model)
  }

  /// The self-contained page.
  public var page: String { CompareReport.html(model, interactiveChartsScript: charts) }

  /// The comparison for a pull request.
  public var markdown: String { CompareReport.markdown(model) }

  /// Whether metrics or outputs differ.
  public var differs: Bool { plain.differs }

  /// The comparison as one line of JSON.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(plain) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }
}
