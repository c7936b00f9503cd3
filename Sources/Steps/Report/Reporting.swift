public import ArtifactStore
public import ContentAddressing
public import Pipeline
internal import PipelineSpec
internal import Report

/// The pages that are made from the records of runs: of one run, of several compared, of all.
public struct Reporting: Sendable {
  let store: ArtifactStore
  /// The text of the library for interactive charts, or `nil`.
  let charts: String?
  /// The events of a run of the store.
  let journal: @Sendable (RunID) -> [CanonicalValue]

  public init(
    store: ArtifactStore, charts: String?,
    journal: @escaping @Sendable (RunID) -> [CanonicalValue] = { _ in [] }
  ) {
    self.store = store
    self.charts = charts
    self.journal = journal
  }

  private func times(of record: PipelineRun) -> RunTimes? {
    RunTimesBuilder(record: record, store: store, journal: journal).times
  }

  /// The page of a run: the report artifact of its last report stage, with the facts of the run.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - started: When it began, as text.
  ///   - events: What happened, as `events.ndjson` holds it.
  ///   - log: The same for people, a line each.
  /// - Returns: The page in UTF-8.
  /// - Throws: ``StoreError`` if the artifact cannot be read.
  public func runPage(
    of record: PipelineRun, started: String, events: [CanonicalValue] = [], log: [String] = []
  ) throws -> [UInt8] {
    var facts = RunFactsBuilder(
      record: record, started: started, events: RunEvents(events: events)
    ).facts
    facts.log = log
    facts.specification = specification(of: record)
    facts.times = times(of: record)
    let remarks = RunRemarks(store: store)
    facts.note = remarks.note(of: record.id)
    facts.tags = remarks.tags(of: record.id)
    guard
      let content = record.stages.last(where: { $0.kind == ReportStep.schema.kind })?
        .outputs["report.html"]
    else {
      // A run without a report stage, or one that failed before it, still has its facts.
      var model = RunReportModel(title: record.name, specName: record.file)
      model.status = RunReportModel.Status(of: record)
      model.facts = facts
      model.reproduceWith = facts.reproduceWith
      return Array(RunReport.html(model, interactiveChartsScript: charts).utf8)
    }
    return RunPage.html(
      artifact: try store.read(content), facts: facts, interactiveChartsScript: charts)
  }

  /// The text of the spec, as far as it is still there.
  private func specification(of record: PipelineRun) -> String? {
    guard let content = record.specification, let bytes = try? store.read(content) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The comparison of runs, the first of which is the baseline.
  ///
  /// - Throws: Nothing yet; outputs that cannot be read are omitted.
  public func comparison(of records: [PipelineRun]) throws -> RunComparison {
    let remarks = RunRemarks(store: store)
    let runs = records.map { record in
      var run = ComparedRunBuilder(record: record, store: store).run
      run.times = times(of: record)
      run.note = remarks.note(of: record.id)
      run.tags = remarks.tags(of: record.id)
      return run
    }
    return RunComparison(
      model: CompareReportModel(title: "Comparison of \(records.count) runs", runs: runs),
      charts: charts)
  }

  /// The page over all runs of a store.
  ///
  /// - Parameters:
  ///   - records: The runs, the newest first.
  ///   - path: How the user calls the store.
  ///   - started: The beginning of a run as text, of its seconds since 1970.
  /// - Returns: The page.
  public func indexPage(
    of records: [PipelineRun], store path: String, started: (Double) -> String
  ) -> String {
    let remarks = RunRemarks(store: store)
    let runs = records.map { record in
      var run = IndexRunBuilder(record: record, started: started(record.started)).run
      run.note = remarks.note(of: record.id)
      run.tags = remarks.tags(of: record.id)
      return run
    }
    return IndexReport.html(IndexReportModel(title: "Runs of \(path)", runs: runs))
  }
}

extension RunReportModel.Status {
  /// How a run ended: what failed and why, or what was stopped and where it can be resumed.
  init(of record: PipelineRun) {
    switch record.status {
    case .ok: self = .succeeded
    case .failed:
      let stage = record.stages.first { $0.state == .failed && !$0.isInterrupted }
      self = .failed(stage?.reason ?? record.status.rawValue)
    case .interrupted:
      let stage = record.stages.first { $0.isInterrupted }
      let position = stage?.keptCheckpoint?.object ?? [:]
      let place = position.sorted { $0.key < $1.key }.compactMap { key, value in
        value.integer.map { "\(key) \($0)" }
      }.joined(separator: ", ")
      self = .interrupted(
        (stage.map { "\($0.name) was stopped" } ?? "")
          + (place.isEmpty ? "" : "; its last checkpoint: \(place)"))
    }
  }
}
