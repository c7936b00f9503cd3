internal import ArgumentParser
internal import Pipeline
internal import Steps

/// `pipeline compare`: the differences between runs, and their effects.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare runs: settings that differ, metrics, curves.",
    usage: "pipeline compare [<options>] <run> <run> ...",
    discussion: """
      EXAMPLES
        pipeline compare latest 01KBX3 -o compare.html
        pipeline compare baseline candidate --md --exit-code
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: "Two to fifty runs: ids, id prefixes, tags, or latest. The first is the baseline.",
    completion: Completions.runs)
  var runs: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("Write an HTML page.", valueName: "file"))
  var output: String?

  @Flag(name: .customLong("md"), help: "Markdown for a pull request.")
  var markdown = false

  @Flag(name: .long, help: "Exit with 1 if metrics or outputs differ.")
  var exitCode = false

  func validate() throws {
    guard (2...50).contains(runs.count) else {
      throw ValidationError("compare takes 2 to 50 runs, not \(runs.count)")
    }
  }

  func run() throws {
    let store = try StoreLocation(shared).openForReading()
    let catalog = RunCatalog(store: store)
    let records = try runs.map { try catalog.record(named: $0) }
    let comparison = try Reporting(of: store).comparison(of: records)
    let terminal = shared.terminal
    if let output {
      try OutputFile.write(comparison.page, to: output)
      if !shared.json, !markdown { terminal.output(output) }
    }
    if shared.json {
      terminal.output(comparison.json)
    } else if markdown || output == nil {
      terminal.output(comparison.markdown)
    }
    if exitCode, comparison.differs { throw CommandError(.failure, "") }
  }
}
