public import ArtifactStore
internal import ContentAddressing
public import PipelineSpec
internal import Settings
internal import Synchronization
internal import SystemPackage

/// Runs the stages of a pipeline: looks up what the store has, computes the rest, records what happened.
///
/// Stages run in the order of their dependencies: one after the other, or with more than one job in parallel unless one
/// reads from the other. A result is published before a stage that reads it
/// starts, so that a crash loses at most the work since the last checkpoint of the
/// stages that were running.
public struct Runner: Sendable {
  let store: ArtifactStore
  let catalog: StepCatalog
  let options: RunOptions
  let cancellation: Cancellation

  /// The run that computes the results.
  let run: RunID

  /// The words of the command line, shown to processes that wait for one of our locks.
  let command: String

  /// Milliseconds since 1970 when the run began, for the same.
  let milliseconds: Int

  /// Seconds of a monotonic clock; only differences are used, and only in records.
  let monotonicSeconds: @Sendable () -> Double

  /// Returns why a stage without a result runs, or `nil` to leave it at “new”.
  let reasons: RunReasons?

  let onEvent: @Sendable (RunEvent) -> Void

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - store: Where results are, and go.
  ///   - catalog: The steps that a spec may name.
  ///   - options: How to run.
  ///   - cancellation: Asked between stages, and by the steps.
  ///   - run: The run that computes the results.
  ///   - command: The words of the command line, shown to processes that wait for a lock.
  ///   - milliseconds: When the run began, since 1970, shown likewise.
  ///   - monotonicSeconds: A clock for durations.
  ///   - reasons: Returns why a stage without a result runs.
  ///   - onEvent: Called with each event, one at a time; with more than one job from several
  ///     threads, and in the order in which things happen.
  public init(
    store: ArtifactStore, catalog: StepCatalog, options: RunOptions, cancellation: Cancellation,
    run: RunID, command: String, milliseconds: Int,
    monotonicSeconds: @escaping @Sendable () -> Double, reasons: RunReasons? = nil,
    onEvent: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.store = store
    self.catalog = catalog
    self.options = options
    self.cancellation = cancellation
    self.run = run
    self.command = command
    self.milliseconds = milliseconds
    self.monotonicSeconds = monotonicSeconds
    self.reasons = reasons
    guard options.jobs > 1 else {
      self.onEvent = onEvent
      return
    }
    let gate = EventGate(receive: onEvent)
    self.onEvent = { gate.pass($0) }
  }

  /// Runs `spec` and describes what happened.
  ///
  /// A stage that fails ends the run: it is `failed`, those after it are `skipped`, and the error is
  /// returned beside the record so that the caller can choose an exit code.
  ///
  /// - Parameters:
  ///   - spec: The pipeline.
  ///   - begun: The beginning of the record: id, file, arguments, environment.
  /// - Returns: The finished record, and the failure that ended the run, if one did.
  /// - Throws: ``PipelineError`` for a stage that does not exist.
  public func run(
    _ spec: PipelineSpec, record begun: PipelineRun
  ) throws(PipelineError) -> (record: PipelineRun, failure: (any Error)?) {
    let files = Mutex<[String: Content]>([:])
    let resolver = StageResolver(spec: spec, catalog: catalog) { [store] path in
      let content = try store.importFile(at: path)
      files.withLock { $0[path.string] = content }
      return content
    }
    let wanted = try resolver.stages(upTo: options.target)
    for name in options.forced.sorted() { _ = try resolver.stages(upTo: name) }
    let start = monotonicSeconds()
    var record = begun
    record.settings = Self.settings(of: spec)
    onEvent(.runStarted(record, stages: spec.topologicalOrder.map(\.name)))
    let stages = spec.topologicalOrder.filter { wanted.contains($0.name) }
    let (outcomes, failure) =
      options.jobs > 1
      ? runSideBySide(stages, resolver: resolver) : runInOrder(stages, resolver: resolver)
    record.stages = spec.topologicalOrder.map { stage in
      outcomes[stage.name] ?? StageOutcome(name: stage.name, kind: stage.kind, state: .skipped)
    }
    record.files = files.withLock { $0 }
    record.seconds = monotonicSeconds() - start
    record.status = failure.map(Self.status) ?? .ok
    return (record, failure)
  }

  /// Runs the stages one after the other until one fails.
  private func runInOrder(
    _ stages: [StageSpec], resolver: StageResolver
  ) -> (outcomes: [String: StageOutcome], failure: (any Error)?) {
    var known: [String: StageOutcome] = [:]
    for stage in stages {
      let (outcome, failure) = attempt(
        stage, resolver: resolver, known: known, threads: options.resources.threads)
      known[stage.name] = outcome
      if let failure { return (known, failure) }
    }
    return (known, nil)
  }

  /// Brings one stage to an end in every case, and reports it.
  func attempt(
    _ stage: StageSpec, resolver: StageResolver, known: [String: StageOutcome], threads: Int
  ) -> (outcome: StageOutcome, failure: (any Error)?) {
    var outcome = StageOutcome(name: stage.name, kind: stage.kind, state: .skipped)
    var failure: (any Error)?
    do {
      try cancellation.check()
      outcome = try perform(stage, resolver: resolver, known: known, threads: threads)
    } catch let error as StageError {
      outcome = error.outcome
      failure = error.cause
    } catch {
      outcome.state = .failed
      outcome.isInterrupted = StepFailure.isInterruption(error)
      outcome.reason = "\(error)"
      failure = error
    }
    onEvent(.stageEnded(outcome))
    return (outcome, failure)
  }

  private static func status(after failure: any Error) -> PipelineRun.Status {
    StepFailure.isInterruption(failure) ? .interrupted : .failed
  }

  /// Every setting of the spec, in the order of the stages.
  static func settings(of spec: PipelineSpec) -> [PipelineRun.Setting] {
    var settings = [
      PipelineRun.Setting(
        path: "seed", text: "\(spec.seed)", isDefault: false, isResult: true, line: nil)
    ]
    for stage in spec.stages {
      if let seed = stage.seed {
        settings.append(
          PipelineRun.Setting(
            path: "\(stage.name).seed", text: "\(seed)", isDefault: false, isResult: true, line: nil
          ))
      }
      for field in stage.parameters.flattened() {
        settings.append(
          PipelineRun.Setting(
            path: "\(stage.name).\(field.path)", text: field.text, isDefault: field.isDefault,
            isResult: field.role == .result, line: field.location?.line))
      }
    }
    return settings
  }
}

/// Lets one event through at a time, whichever thread it comes from.
private final class EventGate: Sendable {
  private let turn = Mutex(())
  private let receive: @Sendable (RunEvent) -> Void

  init(receive: @escaping @Sendable (RunEvent) -> Void) { self.receive = receive }

  func pass(_ event: RunEvent) { turn.withLock { _ in receive(event) } }
}

/// A failure of one stage with what is known about the stage.
struct StageError: Error {
  let outcome: StageOutcome
  let cause: any Error
}
