internal import ArtifactStore
internal import ContentAddressing
internal import Glibc
internal import Pipeline
internal import PipelineSpec
internal import Steps

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
    let id = RunIdentifier(
      milliseconds: UInt64(Clock.wallSeconds() * 1000), random: .random(in: .min ... .max),
      .random(in: .min ... .max))
    var begun = PipelineRun(
      id: id.description, name: spec.name, file: file.path,
      arguments: Array(CommandLine.arguments.dropFirst()), overrides: overrides,
      started: Clock.wallSeconds(),
      environment: Machine.environment(
        threads: options.resources.threads, instructionSet: options.resources.instructionSet))
    let folder = try store.beginRun(id.description)
    begun.specification = try store.write(file.bytes)
    let runner = Runner(
      store: store, catalog: StepLibrary.catalog, options: options, cancellation: cancellation,
      monotonicSeconds: Clock.monotonicSeconds
    ) { event in
      if let value = event.value { try? folder.append(event: Array(value.plainJSON().utf8)) }
      observer.observe(event)
    }
    var (record, failure) = try runner.run(spec, record: begun)
    record.environment["peak_memory_bytes"] = .integer(Machine.peakMemory)
    let page = try? RunPage(store: store, spec: spec, record: record).write(into: folder)
    try folder.close(record: try record.value.canonicalBytes())
    for tag in tags { try store.setTag(tag, to: record.id) }
    let end = RunEvent.runEnded(record)
    if let value = end.value { try? folder.append(event: Array(value.plainJSON().utf8)) }
    observer.observe(end)
    try conclude(record, page: page, failure: failure)
  }

  /// Says how the run ended, and throws its exit code.
  private func conclude(
    _ record: PipelineRun, page: String?, failure: (any Error)?
  ) throws(CommandError) {
    let terminal = shared.terminal
    if let failure {
      let status = ExitStatus(of: failure)
      terminal.message(FailureText(failure, record: record, style: terminal.errorStyle).text)
      throw CommandError(status, "")
    }
    guard !shared.json else { return }
    let summary = RunSummary(record: record, page: page, style: terminal.outputStyle)
    for line in shared.quiet ? summary.essentials : summary.lines { terminal.output(line) }
  }
}
