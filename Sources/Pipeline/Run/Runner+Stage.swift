internal import ArtifactStore
internal import ContentAddressing
internal import PipelineSpec
internal import Synchronization

extension Runner {
  /// Brings one stage to a result: from the store, or by running its step under the lock of its key.
  ///
  /// The step may compute with `threads` threads, which do not affect the result.
  func perform(
    _ stage: StageSpec, resolver: StageResolver, known: [String: StageOutcome], threads: Int
  ) throws -> StageOutcome {
    guard let resolved = try resolver.resolve(stage, known: known) else {
      return StageOutcome(name: stage.name, kind: stage.kind, state: .skipped)
    }
    let key = resolved.key.key
    let isForced = options.forced.contains(stage.name)
    if !isForced, case .hit(let result) = try store.result(for: key) {
      // Lost, or set aside as damaged; failing to write it does not fail a hit.
      if !store.hasKeyDocument(key) { _ = try? store.putKey(resolved.key.bytes) }
      return outcome(of: resolved, .hit, result)
    }
    if options.requiresCached {
      throw failed(
        resolved,
        StepFailure(
          .failed,
          "stage “\(stage.name)” has no result in the store, and --require-cached forbids computing it; "
            + "run without it, or see: pipeline explain \(resolver.spec.file) \(stage.name)"))
    }
    let lock = try lock(key, of: stage)
    defer { lock.release() }
    // Another process may have published while this one waited.
    let lookup = try store.result(for: key)
    if !isForced, case .hit(let result) = lookup { return outcome(of: resolved, .hit, result) }
    var reason = isForced ? "forced" : Self.reason(for: lookup)
    if reason == "new" { reason = reasons?.reason(for: resolved.key, of: stage.name) ?? reason }
    return try execute(resolved, reason: reason, threads: threads)
  }

  /// Runs the step and publishes its result.
  private func execute(
    _ resolved: ResolvedStage, reason: String, threads: Int
  ) throws -> StageOutcome {
    let stage = resolved.spec
    let key = resolved.key.key
    onEvent(.stageStarted(name: stage.name, kind: stage.kind, reason: reason))
    let start = monotonicSeconds()
    let resumed = Mutex<CanonicalValue?>(nil)
    let outputs = StepOutputs(store: store, declared: stage.outputs)
    var outcome = StageOutcome(name: stage.name, kind: stage.kind, state: .ran)
    outcome.key = key
    outcome.reason = reason
    var resources = options.resources
    resources.threads = threads
    do {
      try store.requireSpace(Self.reserve)
      let context = StepContext(
        stage: stage.name, parameters: stage.parameters, seed: resolved.seed,
        inputs: StepInputs(store: store, contents: resolved.inputs), outputs: outputs,
        upstream: resolved.upstream,
        checkpoints: StepCheckpoints(
          store: store, key: key, isFresh: options.isFresh,
          onSave: { [onEvent] in
            onEvent(
              .stageEvent(name: stage.name, kind: "checkpoint", members: ["position": $0]))
          },
          onResume: { [onEvent] position in
            resumed.withLock { $0 = position }
            onEvent(
              .stageEvent(name: stage.name, kind: "resume", members: ["position": position]))
          },
          onDamage: { [onEvent] in onEvent(.stageNote(name: stage.name, text: $0)) }),
        progress: ProgressSink { [onEvent] in onEvent(Self.event($0, of: stage.name)) },
        cancellation: cancellation, resources: resources, seconds: monotonicSeconds,
        partialFolder: try store.partialFolder(for: key))
      let step = try resolved.step.init(stage.parameters)
      let result = try step.run(in: context)
      let missing = stage.outputs.filter { outputs.contents[$0] == nil }
      guard missing.isEmpty else {
        throw StepFailure(
          .failed,
          "the step “\(stage.kind)” ended without writing \(missing.joined(separator: ", "))")
      }
      outcome.seconds = monotonicSeconds() - start
      outcome.originalSeconds = outcome.seconds
      outcome.outputs = outputs.contents
      outcome.metrics = result.metrics
      outcome.resumedFrom = resumed.withLock { $0 }
      if outcome.resumedFrom != nil { outcome.state = .resumed }
      try store.publish(
        ResultRecord(
          key: key, outputs: outputs.contents, metrics: .object(result.metrics),
          createdByRun: run, extra: ["seconds": .double(outcome.seconds)]),
        document: resolved.key.bytes)
      // The result is published; the files needed to resume are obsolete.
      try? store.removeCheckpoints(for: key)
      try? store.removePartialFolder(for: key)
      return outcome
    } catch {
      outcome.state = .failed
      outcome.isInterrupted = StepFailure.isInterruption(error)
      outcome.seconds = monotonicSeconds() - start
      outcome.reason = "\(error)"
      outcome.keptCheckpoint = (try? store.checkpoints(for: key))?.usable.first?.extra
      throw StageError(outcome: outcome, cause: error)
    }
  }

  /// The free space in bytes that a stage needs to start: for its records, log and small outputs.
  ///
  /// For large outputs, the steps ask themselves.
  private static let reserve = 1 << 20

  /// Waits for the lock of a key, and reports its holder once.
  private func lock(_ key: Digest, of stage: StageSpec) throws -> StepLock {
    var hasTold = false
    return try store.lock(
      key, command: command, since: milliseconds, timeout: options.lockTimeout.map { .seconds($0) }
    ) { holder, _ in
      if !hasTold {
        hasTold = true
        let name = holder.map { "\($0)" } ?? "another process"
        onEvent(.stageWaiting(name: stage.name, holder: name))
      }
      return cancellation.isRequested ? .giveUp : .keepWaiting
    }
  }

  private func outcome(
    of resolved: ResolvedStage, _ state: StageOutcome.State, _ result: ResultRecord
  ) -> StageOutcome {
    var outcome = StageOutcome(name: resolved.spec.name, kind: resolved.spec.kind, state: state)
    outcome.key = resolved.key.key
    outcome.outputs = result.outputs
    outcome.metrics = result.metrics.object ?? [:]
    outcome.originalSeconds = result.extra["seconds"]?.double ?? 0
    outcome.madeBy = result.createdByRun.description
    return outcome
  }

  private func failed(_ resolved: ResolvedStage, _ failure: StepFailure) -> StageError {
    var outcome = StageOutcome(
      name: resolved.spec.name, kind: resolved.spec.kind, state: .failed)
    outcome.key = resolved.key.key
    outcome.reason = failure.description
    return StageError(outcome: outcome, cause: failure)
  }

  /// A message of a step as an event of the run.
  static func event(_ event: StepEvent, of stage: String) -> RunEvent {
    switch event {
    case .progress(let fraction, let text):
      .stageProgress(name: stage, fraction: fraction, text: text)
    case .note(let text): .stageNote(name: stage, text: text)
    case .event(let kind, let members): .stageEvent(name: stage, kind: kind, members: members)
    }
  }

  static func reason(for lookup: ResultLookup) -> String {
    switch lookup {
    case .hit: "forced"
    case .miss(.noResult): "new"
    case .miss(let why): "\(why)"
    }
  }
}
