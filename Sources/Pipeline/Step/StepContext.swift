public import PipelineSpec
public import SystemPackage

/// Everything a running step may know, and its only access to the outside.
///
/// What is in ``resources`` can change how long the step takes, never what it writes.
public struct StepContext: Sendable {
  /// The name the stage has in the spec: for messages, never for outputs.
  public let stage: String

  /// The parameters of the stage, defaults filled in.
  public let parameters: SpecRecord

  /// The seed of the stage; zero for a step that declares no randomness.
  public let seed: UInt64

  /// The inputs, by the path of the field that names them.
  public let inputs: StepInputs

  /// Where the declared outputs go.
  public let outputs: StepOutputs

  /// The other stages, for a step that reads them all; otherwise empty.
  public let upstream: [UpstreamStage]

  /// Where an interrupted run of the same key left its state.
  public let checkpoints: StepCheckpoints

  /// Where to report progress.
  public let progress: ProgressSink

  /// Whether to stop early.
  public let cancellation: Cancellation

  /// What the machine and the command line offer.
  public let resources: StepResources

  /// Seconds of a monotonic clock: for speed on the screen and for when to save, never for an
  /// output.
  public let seconds: @Sendable () -> Double

  /// A folder that survives an interruption; its contents are hints and must be checked.
  ///
  /// It belongs to the key of this step; it is removed when the result is published.
  public let partialFolder: FilePath

  /// Where a setting was written, as `file:line:column: ` for the beginning of a message; empty if it was not.
  public func place(of path: String) -> String {
    parameters.value(atPath: path)?.location.map { "\($0): " } ?? ""
  }
}

/// Means of execution, which no result depends on.
public struct StepResources: Sendable {
  /// The number of threads to compute with, at least 1.
  public var threads: Int

  /// The requested instruction set, or `nil` for the best of the machine.
  public var instructionSet: String?

  /// Folders and base URLs with files under the last path component of their URLs.
  public var mirrors: [String]

  /// Whether only mirrors and `file:` URLs may be used.
  public var isOffline: Bool

  /// The folders, separated by colons, in which programs are looked up.
  public var searchPath: String

  public init(
    threads: Int = 1, instructionSet: String? = nil, mirrors: [String] = [],
    isOffline: Bool = false, searchPath: String = "/usr/local/bin:/usr/bin:/bin"
  ) {
    self.threads = threads
    self.instructionSet = instructionSet
    self.mirrors = mirrors
    self.isOffline = isOffline
    self.searchPath = searchPath
  }
}
