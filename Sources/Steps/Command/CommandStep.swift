internal import ArtifactStore
public import Pipeline
public import PipelineSpec
public import Settings
internal import SystemPackage

/// Runs a program in its own folder, with copies of its inputs, and adopts its outputs.
///
/// The key has the words of the command, the names and contents of the inputs and the variables; what
/// the program is, and what else it reads, is not tracked: declare your own scripts as inputs.
public struct CommandStep: Step, Described {
  public static let schema = StepSchema(of: Self.self, version: 1, outputs: .items(of: "outputs"))

  public static let implementationVersion = 1

  var shell: String?
  var argv: [String]?
  var inputs: [NamedValue<Input>] = []
  var outputs: [String] = []
  var environment: [NamedValue<String>] = []
  var timeout: Double?

  public init() {}

  /// The program and its arguments.
  private var words: [String] { argv ?? ["/bin/sh", "-e", "-c", shell ?? ""] }

  public func run(in context: StepContext) throws -> StepResult {
    let folder = WorkFolder(path: try context.outputs.temporaryFolder())
    defer { folder.remove() }
    for input in inputs {
      let path = folder.path.appending(input.name)
      try context.inputs.copy(input.value.path, to: path)
      folder.makeExecutable(path)
    }
    let log = CommandLog(progress: context.progress)
    let words = words
    let process = CommandProcess(
      words: words, folder: folder.path, environment: variables(context, folder), timeout: timeout,
      cancellation: context.cancellation, seconds: context.seconds)
    let ending = try process.run(log: log)
    guard ending == .exited(0) else {
      throw StepFailure(
        .failed, "\(words[0] == "/bin/sh" ? "the script" : words[0]) \(ending)\(log.lastLines)")
    }
    for name in outputs {
      guard folder.isFile(name) else { throw missing(name, in: folder, log) }
      try context.outputs.adopt(name, from: folder.path.appending(name))
    }
    return StepResult()
  }

  private func missing(_ name: String, in folder: WorkFolder, _ log: CommandLog) -> StepFailure {
    let others = folder.names.filter { !inputs.map(\.name).contains($0) && !outputs.contains($0) }
    return StepFailure(
      .failed,
      "the program ended without writing the file “\(name)” that `outputs` declares"
        + (others.isEmpty ? "" : "; it wrote \(others.joined(separator: ", "))") + log.lastLines)
  }

  /// The environment of the program, the same everywhere except for the search path.
  private func variables(_ context: StepContext, _ folder: WorkFolder) -> [String: String] {
    [
      "PATH": context.resources.searchPath, "HOME": folder.path.string,
      "TMPDIR": folder.path.string, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0",
    ].merging(environment.map { ($0.name, $0.value) }) { $1 }
  }
}
