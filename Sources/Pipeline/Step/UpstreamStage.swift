public import ContentAddressing
public import PipelineSpec

/// A stage as seen by a later stage that reads all stages: settings and results, but no facts of its run.
public struct UpstreamStage: Sendable {
  /// The name the stage has in the spec.
  public let name: String

  /// The kind of its step.
  public let kind: String

  /// The key of its result.
  public let key: Digest

  /// Its parameters, of which only those with the role `result` are the same for the same key.
  public let parameters: SpecRecord

  /// The seed, where the step declares randomness.
  public let seed: UInt64?

  /// Its outputs by name.
  public let outputs: [String: Content]

  /// Its metrics.
  public let metrics: StageMetrics

  /// The stages whose outputs it reads, in the order of its fields.
  public let reads: [String]
}
