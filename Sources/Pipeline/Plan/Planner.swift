public import ArtifactStore
public import ContentAddressing
public import PipelineSpec
internal import SystemPackage

/// What `run` would do with a stage.
public struct StagePlan: Sendable {
  /// The state a stage is in before a run.
  public enum State: String, Sendable {
    /// The store has the result.
    case hit
    /// The step must run.
    case run
    /// The step would resume from a checkpoint.
    case resume
    /// Not known until the stages before it have run.
    case depends
  }

  public var name: String
  public var kind: String
  public var state: State

  /// The key, where the inputs are known.
  public var key: KeyDocument?

  /// The result, for a hit.
  public var outcome: StageOutcome?

  /// Why the stage is in this state, in a few words.
  public var reason: String

  /// The position of the checkpoint, for a stage that would resume.
  public var checkpoint: CanonicalValue?
}

/// Finds out what a run would do, without locks and without changing anything.
public struct Planner: Sendable {
  /// The store, or `nil` if none has been created yet: then nothing is a hit.
  private let store: ArtifactStore?
  private let catalog: StepCatalog

  /// - Parameters:
  ///   - store: The store, or `nil` if none has been created yet.
  ///   - catalog: The steps that a spec may name.
  public init(store: ArtifactStore?, catalog: StepCatalog) {
    self.store = store
    self.catalog = catalog
  }

  /// The states of all stages of `spec` that a run up to `target` concerns, in the order of the run.
  ///
  /// - Throws: ``PipelineError`` for a stage that does not exist or a local file that cannot be read.
  public func plan(_ spec: PipelineSpec, options: RunOptions = RunOptions()) throws -> [StagePlan] {
    let resolver = StageResolver(spec: spec, catalog: catalog, readFile: Self.identify)
    let wanted = try resolver.stages(upTo: options.target)
    var known: [String: StageOutcome] = [:]
    var plans: [StagePlan] = []
    for stage in spec.topologicalOrder where wanted.contains(stage.name) {
      let plan = try self.plan(stage, resolver: resolver, known: known, options: options)
      known[stage.name] = plan.outcome
      plans.append(plan)
    }
    return plans
  }

  /// The identity of a local file; planning copies nothing into the store.
  @Sendable private static func identify(_ path: FilePath) throws -> Content {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var digester = Digester()
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        // SAFETY: the buffer is the array's own storage, writable for the call.
        let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { return digester.content() }
        digester.update(chunk[..<count])
      }
    }
  }

  private func plan(
    _ stage: StageSpec, resolver: StageResolver, known: [String: StageOutcome], options: RunOptions
  ) throws -> StagePlan {
    var plan = StagePlan(name: stage.name, kind: stage.kind, state: .depends, reason: "")
    guard let resolved = try resolver.resolve(stage, known: known) else {
      let open = resolver.prerequisites(of: stage).filter { known[$0] == nil }
      plan.reason = "on " + open.joined(separator: ", ")
      return plan
    }
    plan.key = resolved.key
    let lookup = try store?.result(for: resolved.key.key) ?? .miss(.noResult)
    if case .hit(let result) = lookup, !options.forced.contains(stage.name) {
      var outcome = StageOutcome(name: stage.name, kind: stage.kind, state: .hit)
      outcome.key = resolved.key.key
      outcome.outputs = result.outputs
      outcome.metrics = result.metrics.object ?? [:]
      outcome.originalSeconds = result.extra["seconds"]?.double ?? 0
      outcome.madeBy = result.createdByRun.description
      plan.state = .hit
      plan.outcome = outcome
      return plan
    }
    plan.state = .run
    plan.reason =
      options.forced.contains(stage.name) ? "forced" : Runner.reason(for: lookup)
    if !options.isFresh,
      let checkpoint = try store?.checkpoints(for: resolved.key.key).usable.first
    {
      plan.state = .resume
      plan.checkpoint = checkpoint.extra
    }
    return plan
  }
}
