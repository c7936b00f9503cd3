public import ContentAddressing

/// Why a stage is in its state: the differences from the most similar earlier result.
public struct StageExplanation: Sendable {
  /// An earlier result that a stage is compared with.
  public struct Earlier: Sendable {
    public let key: Digest
    /// The newest complete run that had the result, or the run that computed it; `nil` if neither is known.
    public let run: String?
    /// The record of that run, where it is complete.
    public let record: PipelineRun?
  }

  /// A difference that does not affect the result.
  public struct Unkeyed: Hashable, Sendable {
    public let name: String
    public let old: String
    public let new: String
  }

  /// What did not change, counted.
  public struct Same: Hashable, Sendable {
    public var settings = 0
    public var inputs = 0
    public var seed: Int?
    public var implementation: Int?
    public var dependencies: [String] = []
  }

  public let plan: StagePlan

  /// The fields of the stage itself that differ.
  public let changed: [StageChange]

  /// The fields of earlier stages that differ, most upstream first.
  public let causes: [StageChange]

  public let nearest: Earlier?
  public let same: Same
  public let unkeyed: [Unkeyed]

  /// The stages before this one whose results the store has.
  public let cached: [String]

  /// The stages that directly or indirectly read from this one.
  public let downstream: [String]

  /// The overrides, `path=value`, that restore the earlier result; `nil` if no override can.
  public let restoring: [String]?
}

extension StageExplanation {
  /// Why the stage is in its state, in one line: the first field that differs, where one does.
  public var reason: String {
    guard plan.reason == "new", let first = changed.first else { return plan.reason }
    return first.summary + (changed.count > 1 ? " and \(changed.count - 1) more" : "")
  }

  /// The explanation in JSON, a contract of the command line.
  public var value: CanonicalValue {
    [
      "schema": "pipeline.explain/1", "stage": .string(plan.name), "step": .string(plan.kind),
      "state": .string(plan.state.rawValue), "reason": .string(reason),
      "key": plan.key.map { .digest($0.key) } ?? .null,
      "changed": .array(changed.map(\.value)), "causes": .array(causes.map(\.value)),
      "nearest": nearest?.run.map { .string($0) } ?? .null,
      "nearest_key": nearest.map { .digest($0.key) } ?? .null,
      "same": [
        "settings": .integer(same.settings), "inputs": .integer(same.inputs),
        "seed": .boolean(same.seed != nil), "implementation": .boolean(same.implementation != nil),
        "dependencies": .array(same.dependencies.map { .string($0) }),
      ],
      "not_in_key": .array(
        unkeyed.map { ["name": .string($0.name), "old": .string($0.old), "new": .string($0.new)] }),
      "cached": .array(cached.map { .string($0) }),
      "downstream": .array(downstream.map { .string($0) }),
      "restore": restoring.map { .array($0.map { .string($0) }) } ?? .null,
    ]
  }
}
