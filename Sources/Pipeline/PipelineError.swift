/// A failure of the pipeline itself, as opposed to that of a stage.
public struct PipelineError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: Hashable, Sendable {
    /// The command line names a stage that the spec does not have.
    case unknownStage
    /// The spec names a step that the catalog does not have.
    case unknownStep
    /// A local file that a stage reads does not exist or cannot be read.
    case missingInput(path: String)
    /// No run has the given id, tag or prefix, or several have it.
    case unknownRun
    /// A record in the store cannot be read.
    case damagedRecord
  }

  public let code: Code

  /// What happened, where and why, and what to do next.
  public let description: String

  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
