internal import ArtifactStore
internal import ContentAddressing
internal import Glibc
internal import Pipeline
internal import PipelineSpec
internal import Steps
internal import SystemPackage

/// One run from its first event to its record, its page and its last line.
struct RunSession {
  let spec: PipelineSpec
  let file: SpecFile
  let store: ArtifactStore
  let options: RunOptions
  let overrides: [String]
  let tags: [String]
  let shared: SharedOptions

  /// Runs the pipeline, shows it to `observer`, and records it.
  ///
  /// - Throws: ``CommandError`` with the exit code, after everything has been recorded and said.
  func run(observer: any RunObserver) throws {
    let cancellation = Interruption.install()
    let started = Clock.wallSeconds()
    let folder = try store.beginRun(
      milliseconds: UInt64(started * 1000),
      randomBits: (.random(in: .min ... .max), .random(in: .min ... .max)))
    var begun = PipelineRun(
      id: folder.id.description, name: spec.name, file: file.path,
      arguments: Array(CommandLine.arguments.dropFirst()), overrides: overrides,
      started: started,
      environment: Machine.environment(
        threads: options.resources.threads, instructionSet: options.resources.instructionSet))
    // A run with only hits finds its spec in the store and has nothing to make durable.
    let specification = Content(of: file.bytes)
    let hasSpecification = (try? store.verify(specification)) != nil
    if !hasSpecification { _ = try store.putBlob(file.bytes) }
    begun.specification = specification
    let log = EventLog(folder: folder)
    let runner = Runner(
      store: store, catalog: StepLibrary.catalog, options: options, cancellation: cancellation,
      run: folder.id, command: begun.command, milliseconds: Int(started * 1000),
      monotonicSeconds: Clock.monotonicSeconds,
      reasons: RunReasons(
        Explainer(spec, of: file, overrides: overrides, store: store),
        seconds: Clock.monotonicSeconds)
    ) { event in
      log.append(event)
      observer.observe(event)
    }
    var (record, failure) = try runner.run(spec, record: begun)
    record.environment["peak_memory_bytes"] = .integer(Machine.peakMemory)
    let end = RunEvent.runEnded(record)
    log.append(end)
    let isIdle = record.stages.allSatisfy { $0.state == .hit }
    if hasSpecification, !isIdle { _ = try store.putBlob(file.bytes) }
    let durability: RunDirectory.Durability = isIdle ? .eventual : .full
    let page =
      (isIdle ? earlierPage(of: record) : nil) ?? writePage(of: record, into: folder, durability)
    try folder.close(
      record.value, results: record.results, objects: record.objects, durability: durability)
    for tag in tags { try store.setTag(tag, to: folder.id) }
    try store.close()
    observer.observe(end)
    try conclude(record, page: page, failure: failure)
  }

  /// The page of an earlier run with the results of this one, in which every stage was a hit.
  ///
  /// A report's key contains the keys of all other stages, so the run that computed it had these results; without
  /// one, it is a run that computed them all.
  ///
  /// A new page, as by `pipeline report`, would differ only in time and machine.
  private func earlierPage(of record: PipelineRun) -> String? {
    let report = record.stages.last { $0.kind == ReportStep.schema.kind }?.madeBy
    let makers = Set(record.stages.map(\.madeBy))
    guard let name = report ?? (makers.count == 1 ? makers.first ?? nil : nil),
      let maker = RunID(name)
    else { return nil }
    let path = store.path.appending("runs").appending(maker.description).appending("report.html")
    return OutputFile.exists(path.string) ? path.string : nil
  }

  /// Writes the page of the run beside its record, and returns its path.
  ///
  /// The page can be rewritten from the record at any time, so a failure here does not fail the run.
  private func writePage(
    of record: PipelineRun, into folder: RunDirectory, _ durability: RunDirectory.Durability
  ) -> String? {
    let reporting = Reporting(of: store)
    let journal = RunJournal(of: folder.id, in: store)
    guard
      let page = try? reporting.runPage(
        of: record, started: Clock.text(record.started), events: journal.events,
        log: journal.lines),
      (try? folder.writeReport(page, durability: durability)) != nil
    else { return nil }
    return folder.path.appending("report.html").string
  }

  /// Prints how the run ended, and throws its exit code.
  private func conclude(
    _ record: PipelineRun, page: String?, failure: (any Error)?
  ) throws(CommandError) {
    let terminal = shared.terminal
    if let failure {
      let report = RunFailure(failure, record: record).report
      report.write(to: terminal, isJSON: shared.json)
      throw CommandError(report.status, "")
    }
    guard !shared.json else { return }
    let summary = RunSummary(record: record, page: page, style: terminal.outputStyle)
    for line in shared.quiet ? summary.essentials : summary.lines { terminal.output(line) }
  }
}

extension PipelineRun {
  /// The command line as a user would type it.
  var command: String { (["pipeline"] + arguments).joined(separator: " ") }
}
