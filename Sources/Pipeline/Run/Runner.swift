public import ArtifactStore
internal import ContentAddressing
public import PipelineSpec
internal import Synchronization
internal import SystemPackage

/// Runs the stages of a pipeline: looks up what the store has, computes the rest, records what happened.
///
/// Stages run one after the other in the order of their dependencies. A result is published before the
/// next stage starts, so that whatever ends the process loses at most the work since the last
/// checkpoint of one stage.
public struct Runner: Sendable {
  let store: ArtifactStore
  let catalog: StepCatalog
  let options: RunOptions
  let cancellation: Cancellation

  /// The run that results are made by.
  let run: RunID

  /// The words of the command line, for whoever waits for one of our locks.
  let command: String

  /// Milliseconds since 1970 when the run began, for the same.
  let milliseconds: Int

  /// Seconds by a clock that never goes back; only differences are used, and only in records.
  let monotonicSeconds: @Sendable () -> Double

  let onEvent: @Sendable (RunEvent) -> Void

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - store: Where results are, and go.
  ///   - catalog: The steps that a spec may name.
  ///   - options: How to run.
  ///   - cancellation: Asked between stages, and by the steps.
  ///   - run: The run that results are made by.
  ///   - command: The words of the command line, shown to whoever waits for a lock.
  ///   - milliseconds: When the run began, since 1970, shown likewise.
  ///   - monotonicSeconds: A clock for durations.
  ///   - onEvent: Told about everything, in order, from the thread that runs.
  public init(
    store: ArtifactStore, catalog: StepCatalog, options: RunOptions, cancellation: Cancellation,
    run: RunID, command: String, milliseconds: Int,
    monotonicSeconds: @escaping @Sendable () -> Double,
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
    self.onEvent = onEvent
  }

  /// Runs `spec` and describes what happened.
  ///
  /// A stage that fails ends the run: it is `failed`, those after it are `skipped`, and the error is
  /// returned beside the record so that the caller can choose an exit code.
  ///
  /// - Parameters:
  ///   - spec: The pipeline.
  ///   - record: The beginning of the record: id, file, arguments, environment.
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
    var known: [String: StageOutcome] = [:]
    var failure: (any Error)?
    for stage in spec.topologicalOrder {
      var outcome = StageOutcome(name: stage.name, kind: stage.kind, state: .skipped)
      if failure == nil, wanted.contains(stage.name) {
        do {
          try cancellation.check()
          outcome = try perform(stage, resolver: resolver, known: known)
        } catch let error as StageError {
          outcome = error.outcome
          failure = error.cause
        } catch {
          outcome.state = .failed
          outcome.reason = "\(error)"
          failure = error
        }
        onEvent(.stageEnded(outcome))
      }
      known[stage.name] = outcome
      record.stages.append(outcome)
    }
    record.files = files.withLock { $0 }
    record.seconds = monotonicSeconds() - start
    record.status = failure.map(Self.status) ?? .ok
    return (record, failure)
  }

  private static func status(after failure: any Error) -> PipelineRun.Status {
    (failure as? StepFailure)?.code == .cancelled ? .interrupted : .failed
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

/// A failure of one stage with what is known about the stage.
struct StageError: Error {
  let outcome: StageOutcome
  let cause: any Error
}
