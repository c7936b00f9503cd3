public import ArtifactStore
internal import ContentAddressing
public import PipelineSpec
internal import SystemPackage

/// Recomputes the stages of a recorded run and compares them with the records.
///
/// Inputs come from the store that is verified, hashed as they are read. Outputs, checkpoints and
/// partial files go to a scratch store: nothing is ever published in place of a record.
public struct Verifier: Sendable {
  /// Finds where two versions of an output differ, and describes it in sentences.
  ///
  /// Called with the kind of the step and two readers by output name, which give `nil` for an output
  /// that is absent or damaged; returns the places by output name.
  public typealias Locator =
    @Sendable (
      _ kind: String, _ names: [String], _ recorded: (String) -> [UInt8]?,
      _ computed: (String) -> [UInt8]?
    ) -> [String: [String]]

  let store: ArtifactStore
  let scratch: ArtifactStore
  let catalog: StepCatalog
  let resources: StepResources
  let cancellation: Cancellation
  let monotonicSeconds: @Sendable () -> Double
  let locate: Locator
  let onEvent: @Sendable (RunEvent) -> Void

  /// Creates a verifier.
  ///
  /// - Parameters:
  ///   - store: Where the records and the inputs are; only read.
  ///   - scratch: A separate store for the computed outputs.
  ///   - catalog: The steps that a spec may name.
  ///   - resources: Means of execution; they may differ from those of the recorded run.
  ///   - cancellation: Asked between stages, and by the steps.
  ///   - monotonicSeconds: A clock for durations.
  ///   - locate: Finds the places of differences.
  ///   - onEvent: Called with progress, from the thread that runs.
  public init(
    store: ArtifactStore, scratch: ArtifactStore, catalog: StepCatalog, resources: StepResources,
    cancellation: Cancellation, monotonicSeconds: @escaping @Sendable () -> Double,
    locate: @escaping Locator, onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.store = store
    self.scratch = scratch
    self.catalog = catalog
    self.resources = resources
    self.cancellation = cancellation
    self.monotonicSeconds = monotonicSeconds
    self.locate = locate
    self.onEvent = onEvent
  }

  /// Verifies the stages of `record` that have a result.
  ///
  /// A stage that differs or fails does not stop the others: each is computed from recorded inputs.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - spec: The pipeline of the run, parsed from the text that the run kept.
  ///   - only: The one stage to verify, or `nil` for all.
  ///   - onStage: Called for each stage as soon as it is judged.
  /// - Throws: ``PipelineError`` for a stage that the run does not have or that has no result;
  ///   ``StepFailure`` `cancelled`.
  public func verify(
    _ record: PipelineRun, spec: PipelineSpec, only: String? = nil,
    onStage: (StageVerification) throws -> Void
  ) throws {
    let outcomes = Dictionary(record.stages.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    if let only, outcomes[only]?.state.hasResult != true {
      throw PipelineError(
        .unknownStage,
        outcomes[only] == nil
          ? "the run \(record.id) has no stage “\(only)”; available: "
            + record.stages.map(\.name).joined(separator: ", ")
          : "the stage “\(only)” has no result in the run \(record.id): there is nothing to verify")
    }
    for stage in spec.topologicalOrder {
      guard let outcome = outcomes[stage.name], outcome.state.hasResult,
        only == nil || only == stage.name
      else { continue }
      try cancellation.check()
      try onStage(try verify(stage, of: spec, recorded: outcome, known: outcomes))
    }
  }

  private func verify(
    _ stage: StageSpec, of spec: PipelineSpec, recorded: StageOutcome,
    known: [String: StageOutcome]
  ) throws -> StageVerification {
    var verification = StageVerification(outcome: recorded)
    let start = monotonicSeconds()
    do {
      let document = try recorded.key.flatMap { try store.keyDocument($0) }
        .flatMap { KeyDocument(bytes: $0) }
      guard
        let resolved = try resolver(for: stage, of: spec, document: document)
          .resolve(stage, known: known)
      else {
        throw StepFailure(
          .failed, "a stage that “\(stage.name)” reads has no result in the record")
      }
      let changes = document.map {
        ValueChange.all(
          from: $0.completed(by: catalog), to: resolved.key.completed(by: catalog))
      }
      // An earlier release wrote the same key with its defaults.
      if resolved.key.key == recorded.key || changes?.isEmpty == true {
        let computed = try execute(resolved)
        verification.seconds = monotonicSeconds() - start
        verification.outputs = computed.outputs
        try judge(&verification, recorded: recorded, computed: computed)
      } else {
        verification.state = .otherKey
        verification.keyChanges = changes ?? []
        if verification.keyChanges.isEmpty {
          verification.notes.append("the document of the recorded key is no longer in the store")
        }
      }
    } catch let failure as StepFailure where failure.code == .cancelled {
      throw failure
    } catch {
      verification.seconds = monotonicSeconds() - start
      verification.failure = error
    }
    return verification
  }

  /// A resolver that takes local files from the store as they were when the run read them.
  private func resolver(
    for stage: StageSpec, of spec: PipelineSpec, document: KeyDocument?
  ) -> StageResolver {
    var files: [String: Content] = [:]
    for input in stage.parameters.inputs {
      guard case .path(let path) = input.source else { continue }
      files[path] = document?.value["inputs"]?[input.path]?.content
    }
    return StageResolver(spec: spec, catalog: catalog) { [files] path in
      guard let content = files[path.string] else {
        throw PipelineError(.damagedRecord, "the document of the recorded key cannot be read")
      }
      return content
    }
  }

  /// Runs the step from its beginning, between the recorded inputs and the scratch store.
  private func execute(_ resolved: ResolvedStage) throws -> Computed {
    let stage = resolved.spec
    onEvent(.stageStarted(name: stage.name, kind: stage.kind, reason: "verify"))
    let outputs = StepOutputs(store: scratch, declared: stage.outputs, source: store)
    let context = StepContext(
      stage: stage.name, parameters: stage.parameters, seed: resolved.seed,
      inputs: StepInputs(store: store, contents: resolved.inputs), outputs: outputs,
      upstream: resolved.upstream,
      checkpoints: StepCheckpoints(
        store: scratch, key: resolved.key.key, isFresh: true, onSave: { _ in },
        onResume: { _ in }, onDamage: { _ in }),
      progress: ProgressSink { [onEvent] in onEvent(Runner.event($0, of: stage.name)) },
      cancellation: cancellation, resources: resources, seconds: monotonicSeconds,
      partialFolder: try scratch.partialFolder(for: resolved.key.key))
    let result = try resolved.step.init(stage.parameters).run(in: context)
    try? scratch.removeCheckpoints(for: resolved.key.key)
    return Computed(outputs: outputs.contents, metrics: result.metrics)
  }

  /// The result of a step.
  struct Computed {
    let outputs: [String: Content]
    let metrics: StageMetrics
  }
}
