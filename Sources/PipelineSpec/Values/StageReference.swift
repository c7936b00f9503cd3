/// An output of a stage, written `stage/output`.
public struct StageReference: Hashable, Sendable, CustomStringConvertible {
  public let stage: String
  public let output: String

  public init(stage: String, output: String) {
    self.stage = stage
    self.output = output
  }

  public var description: String { "\(stage)/\(output)" }
}

/// Where an input comes from.
public enum InputSource: Hashable, Sendable {
  /// An output of another stage: an edge of the graph.
  case stage(StageReference)
  /// A local file, as the user wrote its path.
  case path(String)
}
