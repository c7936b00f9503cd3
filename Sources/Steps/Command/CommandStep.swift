internal import ArtifactStore
public import Pipeline
public import PipelineSpec
internal import SystemPackage

/// Runs a program in a folder of its own, with copies of its inputs, and takes over its outputs.
///
/// The key has the words of the command, the names and contents of the inputs and the variables; what
/// the program is, and what else it reads, is not seen: a script of one's own belongs among the inputs.
public struct CommandStep: Step {
  public static let implementationVersion = 1

  /// The program and its arguments.
  let words: [String]
  let inputs: [String]
  let outputs: [String]
  let environment: [String: String]
  let timeout: Double?

  public init(_ parameters: SpecRecord) throws {
    if let argv = parameters["argv"] {
      words = argv.list?.compactMap(\.string) ?? []
    } else {
      words = ["/bin/sh", "-e", "-c", try parameters.string("shell")]
    }
    inputs = try parameters.map("inputs").map(\.key)
    outputs = try parameters.list("outputs").compactMap(\.string)
    environment = Dictionary(
      try parameters.map("environment").map { ($0.key, $0.value.string ?? "") },
      uniquingKeysWith: { $1 })
    timeout = parameters["timeout"]?.number
  }

  public func run(in context: StepContext) throws -> StepResult {
    let folder = WorkFolder(path: try context.outputs.temporaryFolder())
    defer { folder.remove() }
    for name in inputs {
      let path = folder.path.appending(name)
      try context.inputs.copy("inputs.\(name)", to: path)
      folder.makeExecutable(path)
    }
    let log = CommandLog(progress: context.progress)
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
    let others = folder.names.filter { !inputs.contains($0) && !outputs.contains($0) }
    return StepFailure(
      .failed,
      "the program ended without writing the file “\(name)” that `outputs` declares"
        + (others.isEmpty ? "" : "; it wrote \(others.joined(separator: ", "))") + log.lastLines)
  }

  /// All that the program sees of the world outside, the same everywhere but for the search path.
  private func variables(_ context: StepContext, _ folder: WorkFolder) -> [String: String] {
    [
      "PATH": context.resources.searchPath, "HOME": folder.path.string,
      "TMPDIR": folder.path.string, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0",
    ].merging(environment) { $1 }
  }
}
