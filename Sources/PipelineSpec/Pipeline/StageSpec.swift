/// One stage of a pipeline: a step with its settings.
public struct StageSpec: Sendable {
  /// One input of a stage.
  public struct Input: Hashable, Sendable {
    /// The path of the setting that names it, `train.images`; for an implicit input `stage/output`.
    public let path: String
    public let source: InputSource
    /// Where it was written, or `nil` for an implicit input.
    public let location: SourceLocation?
    /// Whether the stage takes this output without naming it, because it consumes all stages.
    public let isImplicit: Bool
  }

  public let name: String

  /// The description of its step.
  public let schema: StepSchema

  /// The seed that the stage sets for itself.
  public let seed: Int?

  /// The settings besides `step` and `seed`, defaults included.
  public let parameters: SpecRecord

  /// The location of its name.
  public let location: SourceLocation

  /// The names of its outputs, in the order in which the spec or the schema names them.
  public let outputs: [String]

  /// What it reads: the named inputs in schema order, then the implicit ones in file order.
  public let inputs: [Input]

  /// The word after `step:`.
  public var kind: String { schema.kind }

  /// The names of the stages it reads from, in the order of its inputs, each once.
  public var dependencies: [String] {
    var names: [String] = []
    for case .stage(let reference) in inputs.map(\.source) where !names.contains(reference.stage) {
      names.append(reference.stage)
    }
    return names
  }
}
