public import ArtifactStore
public import ContentAddressing
public import PipelineSpec

/// Explains why stages would run, by comparing key documents with those of earlier results.
///
/// It never guesses: if the store has no earlier result of the same kind of step, it says so.
public struct Explainer: Sendable {
  let spec: PipelineSpec

  /// The spec without the overrides of the command line, for the places of what they override.
  let written: PipelineSpec?
  let overrides: [String]
  private let store: ArtifactStore?
  private let catalog: StepCatalog

  /// - Parameters:
  ///   - spec: What would run.
  ///   - written: The same without overrides, or `nil` if it is not valid without them.
  ///   - overrides: The overrides, `path=value`.
  ///   - store: The store, or `nil` if none has been created yet.
  ///   - catalog: The steps that a spec may name.
  public init(
    spec: PipelineSpec, written: PipelineSpec?, overrides: [String], store: ArtifactStore?,
    catalog: StepCatalog
  ) {
    self.spec = spec
    self.written = written
    self.overrides = overrides
    self.store = store
    self.catalog = catalog
  }

  /// The number of earlier keys of a kind with which ``reasons(for:)`` compares: enough to be right, and quick.
  private static let quickLimit = 256

  /// For each stage that is to run because its key is new: what changed, in one line.
  ///
  /// - Throws: ``StoreError`` if the keys of the store cannot be listed.
  public func reasons(for plans: [StagePlan]) throws -> [String: String] {
    let fresh = plans.filter { $0.reason == "new" }
    guard !fresh.isEmpty, store != nil else { return [:] }
    let history = try KeyHistory(
      store: store, catalog: catalog, kinds: Set(fresh.map(\.kind)), limit: Self.quickLimit)
    return Dictionary(
      fresh.compactMap { plan in
        guard let key = plan.key, let reason = reason(for: key, of: plan.name, history)
        else { return nil }
        return (plan.name, reason)
      }, uniquingKeysWith: { $1 })
  }

  /// Why a stage has another key than the nearest earlier result, in one line, or `nil` if there
  /// is none.
  func reason(for key: KeyDocument, of name: String, _ history: KeyHistory) -> String? {
    guard let stage = spec[stage: name],
      let nearest = history.nearest(
        to: key.completed(by: catalog), isComplete: true, except: key.key)
    else { return nil }
    // A key with other outputs and many other differences is another stage, not an earlier result.
    let isAnother =
      nearest.differences.count > 3 && nearest.differences.contains { $0.part == .outputs }
    let changes =
      isAnother ? [] : self.changes(ownDifferences(nearest.differences, of: stage), of: stage)
    guard let first = changes.first else { return nil }
    return first.summary + (changes.count > 1 ? " and \(changes.count - 1) more" : "")
  }

  /// The earlier results of the spec's kinds of steps, as many as are quick to compare with.
  func quickHistory() throws -> KeyHistory {
    try KeyHistory(
      store: store, catalog: catalog, kinds: Set(spec.stages.map(\.kind)), limit: Self.quickLimit)
  }

  /// The plans with the reasons of ``reasons(for:)`` in the place of “new”.
  ///
  /// - Throws: ``StoreError`` if the keys of the store cannot be listed.
  public func explained(_ plans: [StagePlan]) throws -> [StagePlan] {
    let reasons = try reasons(for: plans)
    return plans.map { plan in
      var plan = plan
      plan.reason = reasons[plan.name] ?? plan.reason
      return plan
    }
  }

  /// Explains the state of one stage.
  ///
  /// - Parameters:
  ///   - name: The stage.
  ///   - run: A run to compare with, instead of the result that differs in the fewest fields.
  ///   - environment: The current machine and options of execution, to report differences outside the key.
  /// - Returns: The state of the stage, and the reasons.
  /// - Throws: ``PipelineError`` for a stage that does not exist, here or in `run`; ``StoreError``.
  public func explanation(
    of name: String, against run: PipelineRun?, environment: [String: CanonicalValue]
  ) throws -> StageExplanation {
    let plans = try Planner(store: store, catalog: catalog).plan(spec)
    let resolver = StageResolver(spec: spec, catalog: catalog) { _ in Content(of: []) }
    let upstream = try resolver.stages(upTo: name).subtracting([name])
    guard let stage = spec[stage: name], let plan = plans.first(where: { $0.name == name }),
      let document = try document(of: stage, plan: plan)
    else { throw PipelineError(.unknownStage, "no stage is named “\(name)”") }
    let ancestors = plans.filter { upstream.contains($0.name) }
    let history = try KeyHistory(
      store: store, catalog: catalog, kinds: Set(ancestors.map(\.kind) + [plan.kind]))
    let isHit = plan.state == .hit && run == nil
    let found: (entry: KeyHistory.Entry, differences: [KeyDifference])?
    if let run {
      found = try comparison(of: document, with: run, stage: stage, isComplete: plan.key != nil)
    } else if isHit, let key = plan.key {
      found = (KeyHistory.Entry(key: key.key, document: key.completed(by: catalog)), [])
    } else {
      found = history.nearest(
        to: document, isComplete: plan.key != nil, except: plan.key?.key)
    }
    let nearest = try found.map { try earlier($0.entry.key, in: run) }
    let differences = ownDifferences(found?.differences ?? [], of: stage)
    let changed = changes(differences, of: stage)
    var causes: [StageChange] = []
    if !isHit,
      plan.key == nil || changed.contains(where: { $0.kind == "input" || $0.kind == "stage" })
    {
      for ancestor in ancestors {
        // The seed of the pipeline is one field, however many stages it reaches.
        causes += try self.causes(ancestor, record: nearest?.record, history: history)
          .filter { cause in !(changed + causes).contains { $0.path == cause.path } }
      }
    }
    return StageExplanation(
      plan: plan, changed: changed, causes: causes, nearest: nearest,
      same: found.map { _ in same(document, differences, plan: plan) } ?? .init(),
      unkeyed: unkeyed(nearest?.record, environment: environment),
      cached: ancestors.filter { $0.state == .hit }.map(\.name),
      downstream: try spec.topologicalOrder.map(\.name).filter {
        try $0 != name && resolver.stages(upTo: $0).contains(name)
      },
      restoring: found.flatMap {
        restoring(differences, of: stage, old: $0.entry.document, new: document)
      })
  }

  /// The key document of a stage, defaults filled in, without inputs where they are not known yet.
  private func document(of stage: StageSpec, plan: StagePlan) throws -> CanonicalValue? {
    if let key = plan.key { return key.completed(by: catalog) }
    guard let step = catalog[stage.kind] else { return nil }
    return try KeyDocument(
      stage: stage, step: step, inputs: [:], upstream: [], seed: spec.seed(of: stage)
    ).completed(by: catalog)
  }

  /// The key that a run had for a stage of the same name, or else for the only one of the same kind.
  private func comparison(
    of document: CanonicalValue, with run: PipelineRun, stage: StageSpec, isComplete: Bool
  ) throws -> (entry: KeyHistory.Entry, differences: [KeyDifference]) {
    let alike = run.stages.filter { $0.kind == stage.kind && $0.key != nil }
    guard
      let other = alike.first(where: { $0.name == stage.name })
        ?? (alike.count == 1 ? alike[0] : nil),
      let key = other.key
    else {
      throw PipelineError(
        .unknownStage,
        "the run \(run.id) has no stage “\(stage.name)” with the step \(stage.kind) and a key; "
          + "see: pipeline show \(run.id)")
    }
    guard let bytes = try store?.keyDocument(key), let old = KeyDocument(bytes: bytes) else {
      throw PipelineError(
        .damagedRecord,
        "the key document of “\(other.name)” in run \(run.id) is not in the store; see: pipeline fsck"
      )
    }
    let earlier = old.completed(by: catalog)
    return (
      KeyHistory.Entry(key: key, document: earlier),
      KeyDifference.between(earlier, and: document, isComplete: isComplete)
    )
  }

  /// The newest complete run that had the result of a key, or the run that computed it.
  private func earlier(_ key: Digest, in run: PipelineRun?) throws -> StageExplanation.Earlier {
    if let run { return .init(key: key, run: run.id, record: run) }
    let records = try store.map { try RunCatalog(store: $0).records() } ?? []
    if let record = records.first(where: { record in
      record.stages.contains { $0.key == key && $0.state.hasResult }
    }) {
      return .init(key: key, run: record.id, record: record)
    }
    guard case .hit(let result)? = try store?.result(for: key) else {
      return .init(key: key, run: nil, record: nil)
    }
    return .init(key: key, run: result.createdByRun.description, record: nil)
  }

  /// The changes of an earlier stage, compared with the given run.
  private func causes(
    _ plan: StagePlan, record: PipelineRun?, history: KeyHistory
  ) throws -> [StageChange] {
    guard let stage = spec[stage: plan.name], let document = try document(of: stage, plan: plan)
    else { return [] }
    var differences: [KeyDifference] = []
    if let key = record?.stage(plan.name)?.key, let bytes = try store?.keyDocument(key),
      let old = KeyDocument(bytes: bytes)
    {
      differences = KeyDifference.between(
        old.completed(by: catalog), and: document, isComplete: plan.key != nil)
    } else if plan.state != .hit {
      differences =
        history.nearest(to: document, isComplete: plan.key != nil, except: plan.key?.key)?
        .differences ?? []
    }
    // An input from another stage is reported with that stage; a local file is a cause of its own.
    return changes(
      differences.filter { difference in
        difference.part != .stage
          && (difference.part != .input || isLocalFile(difference.path, of: stage))
      }, of: stage)
  }

  private func isLocalFile(_ field: String, of stage: StageSpec) -> Bool {
    stage.inputs.contains { input in
      guard input.path == field, case .path = input.source else { return false }
      return true
    }
  }
}
