/// A pipeline as the user wrote it: validated, typed, with its defaults and source locations.
public struct PipelineSpec: Sendable {
  /// The version of the language; 1.
  public let version: Int

  public let name: String

  /// The seed of all stages that set none: not negative, below 2^53.
  public let seed: Int

  /// The stages in the order of the file.
  public let stages: [StageSpec]

  /// The stages, each behind all that it reads from; otherwise in the order of the file.
  public let topologicalOrder: [StageSpec]

  /// The file as the user named it.
  public let file: String

  /// The text of the file, without a byte order mark.
  public let text: String

  /// The seed of a stage: its own, or else that of the pipeline.
  public func seed(of stage: StageSpec) -> UInt64 { UInt64(stage.seed ?? seed) }

  /// The stage with this name.
  public subscript(stage name: String) -> StageSpec? { stages.first { $0.name == name } }

  /// The newest version of the language that this program reads.
  public static let newestVersion = 1
}
