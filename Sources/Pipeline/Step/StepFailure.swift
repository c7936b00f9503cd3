internal import ArtifactStore

/// Why a stage failed, with what the user can do.
public struct StepFailure: Error, Hashable, CustomStringConvertible {
  /// The kind of failure; each has an exit code.
  public enum Code: Hashable, Sendable {
    /// The work itself went wrong: a loss became infinite, a command returned an error.
    case failed
    /// Bytes from outside are wrong.
    case malformedData
    /// No source answered, or only with errors.
    case unavailable
    /// The disk or memory is exhausted.
    case inputOutput
    /// The spec is impossible: for example shapes that do not fit.
    case invalidSpec
    /// The user interrupted the run; the state is kept if possible.
    case cancelled
  }

  public let code: Code

  /// What happened, where and why, and what to do next.
  public let description: String

  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// Whether an error only means that the user stopped the run.
  public static func isInterruption(_ error: any Error) -> Bool {
    if let error = error as? StepFailure { return error.code == .cancelled }
    if case .waitingCancelled? = (error as? StoreError)?.code { return true }
    return false
  }
}
