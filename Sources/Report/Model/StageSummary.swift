/// One stage of a pipeline: its inputs and outputs, by digest.
public struct StageSummary: Sendable, Hashable {
  /// Something that a stage read.
  public struct Input: Sendable, Hashable {
    public var name: String
    /// The stage whose output it is; `nil` for a file from outside.
    public var stage: String?
    /// `sha256:` and 64 hexadecimal digits.
    public var digest: String

    public init(name: String, stage: String?, digest: String) {
      self.name = name
      self.stage = stage
      self.digest = digest
    }
  }

  /// Something that a stage made.
  public struct Output: Sendable, Hashable {
    public var name: String
    /// `sha256:` and 64 hexadecimal digits.
    public var digest: String
    public var byteCount: Int

    public init(name: String, digest: String, byteCount: Int) {
      self.name = name
      self.digest = digest
      self.byteCount = byteCount
    }
  }

  /// The name in the spec: `train`.
  public var name: String
  /// The kind of step: `train`, `command`.
  public var kind: String
  /// The digest of the stage's key, `sha256:…`; empty if it has none yet.
  public var key: String
  public var inputs: [Input]
  public var outputs: [Output]

  public init(name: String, kind: String, key: String, inputs: [Input], outputs: [Output]) {
    self.name = name
    self.kind = kind
    self.key = key
    self.inputs = inputs
    self.outputs = outputs
  }
}
