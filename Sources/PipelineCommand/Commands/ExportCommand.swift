internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import SystemPackage

/// `pipeline export`: copies of outputs out of the store.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Copy one or all outputs of a run out of the store.",
    usage: "pipeline export [<options>] <run> [<file>] --output <path>",
    discussion: """
      Every byte is verified. Existing files are kept unless --force is given.

      EXAMPLES
        pipeline export latest train/model.safetensors -o model.safetensors
        pipeline export baseline --all -o baseline/
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: ArgumentHelp("A run id, an id prefix, a tag, or latest.", valueName: "run"),
    completion: Completions.runs)
  var name: String

  @Argument(help: "The output as stage/file; the file alone if only one stage has it.")
  var file: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write.", valueName: "path"))
  var output: String

  @Flag(name: .long, help: "Copy all outputs, the record, the events and the report into a folder.")
  var all = false

  @Flag(name: .long, help: "Overwrite existing files.")
  var force = false

  func validate() throws {
    guard all != (file != nil) else {
      throw ValidationError("name one output, stage/file, or give --all")
    }
  }

  func run() throws {
    let store = try StoreLocation(shared).openForReading()
    let record = try RunCatalog(store: store).record(named: name)
    let written = try all ? exportAll(of: record, store) : [exportOne(of: record, store)]
    let terminal = shared.terminal
    if shared.json {
      let value: CanonicalValue = [
        "schema": "pipeline.export/1", "run": .string(record.id),
        "files": .array(written.map { .string($0) }),
      ]
      return terminal.output(value.plainJSON())
    }
    for path in written { terminal.output(path.shown) }
  }

  /// Copies one output to the path, or into it if it is a folder.
  private func exportOne(of record: PipelineRun, _ store: ArtifactStore) throws -> String {
    let (stage, name, content) = try find(file ?? "", in: record)
    var path = output
    if path.hasSuffix("/") || Folder.exists(path) {
      try Folder.create(path)
      path = Folder.joined(path, name)
    }
    try check(path)
    try copy(content, to: path, from: store, what: "\(stage)/\(name)")
    return path
  }

  /// All outputs under the names of their stages, and the record, the events and the page of the run.
  private func exportAll(of record: PipelineRun, _ store: ArtifactStore) throws -> [String] {
    var contents: [(path: String, what: String, content: Content)] = []
    for stage in record.stages {
      for (name, content) in stage.outputs.sorted(by: { $0.key < $1.key }) {
        contents.append(
          (Folder.joined(output, "\(stage.name)/\(name)"), "\(stage.name)/\(name)", content))
      }
    }
    if let spec = record.specification {
      contents.append((Folder.joined(output, "spec.yaml"), "the spec", spec))
    }
    var texts = [
      (
        Folder.joined(output, "run.json"),
        Array(record.value.plainJSON(indentation: 2).utf8) + [0x0a]
      )
    ]
    if let id = RunID(record.id) {
      let events = try store.events(of: id)
      if !events.isEmpty {
        texts.append((Folder.joined(output, "events.ndjson"), events.flatMap { $0 + [0x0a] }))
      }
      if let page = try store.report(of: id) {
        texts.append((Folder.joined(output, "report.html"), page))
      }
    }
    // Check first: if a file exists, nothing is copied.
    for path in contents.map(\.path) + texts.map(\.0) { try check(path) }
    try Folder.create(output)
    for stage in record.stages where !stage.outputs.isEmpty {
      try Folder.create(Folder.joined(output, stage.name))
    }
    for (path, what, content) in contents { try copy(content, to: path, from: store, what: what) }
    for (path, bytes) in texts { try OutputFile.write(bytes, to: path) }
    return contents.map(\.path) + texts.map(\.0)
  }

  /// The output that `stage/file`, or `file`, names.
  private func find(
    _ wanted: String, in record: PipelineRun
  ) throws(CommandError) -> (stage: String, name: String, content: Content) {
    var all: [(stage: String, name: String, content: Content)] = []
    for stage in record.stages {
      for (name, content) in stage.outputs.sorted(by: { $0.key < $1.key }) {
        all.append((stage.name, name, content))
      }
    }
    let matches = all.filter { "\($0.stage)/\($0.name)" == wanted || $0.name == wanted }
    guard let match = matches.first else {
      let known = all.map { "\($0.stage)/\($0.name)" }
      throw CommandError(
        .usage,
        UnknownName(kind: "output of run \(record.id)", name: wanted, known: known).description)
    }
    guard matches.count == 1 else {
      throw CommandError(
        .usage,
        "\(matches.count) stages have an output “\(wanted.shown)”; name one: "
          + matches.map { "\($0.stage)/\($0.name)".shown }.joined(separator: ", "))
    }
    return match
  }

  private func check(_ path: String) throws(CommandError) {
    guard Folder.exists(path) || OutputFile.exists(path) else { return }
    guard force, !Folder.exists(path) else {
      throw CommandError(
        .cannotCreate,
        "\(path.shown) already exists; give another path, or --force to overwrite it")
    }
  }

  /// Copies an object beside its place, then moves it there, so that it is complete or absent.
  private func copy(
    _ content: Content, to path: String, from store: ArtifactStore, what: String
  ) throws {
    let temporary = path + ".part-\(UInt32.random(in: 0 ... .max))"
    do {
      try store.export(content, to: FilePath(temporary))
      try OutputFile.move(temporary, to: path)
    } catch let error as StoreError {
      OutputFile.remove(temporary)
      if case .system(_, .noSuchFileOrDirectory) = error.code,
        let folder = OutputFile.folder(of: path),
        !Folder.exists(folder)
      {
        throw CommandError(
          .cannotCreate, "cannot write \(path.shown): there is no folder \(folder.shown)")
      }
      throw CommandError(ExitStatus(of: error), "cannot export \(what.shown): \("\(error)".shown)")
    }
  }
}
