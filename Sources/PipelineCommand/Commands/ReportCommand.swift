internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import Steps

/// `pipeline report`: the page of a run, or of all runs.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a run, or with --index of all runs.",
    usage: "pipeline report [<options>] [<run>]")

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: ArgumentHelp("A run id, an id prefix, a tag, or latest.", valueName: "run"),
    completion: Completions.runs)
  var name: String = "latest"

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the page.", valueName: "file"))
  var output: String?

  @Flag(name: .long, help: "Write a page about all runs of the store.")
  var index = false

  func run() throws {
    let store = try StoreLocation(shared).openForReading()
    let catalog = RunCatalog(store: store)
    let reporting = Reporting(of: store)
    let page: [UInt8]
    let path: String
    if index {
      page = Array(
        reporting.indexPage(
          of: try catalog.records(), store: shared.storePath, started: Clock.text
        ).utf8)
      path = output ?? "index.html"
    } else {
      let record = try catalog.record(named: name)
      let journal = RunID(record.id).map { RunJournal(of: $0, in: store) }
      page = try reporting.runPage(
        of: record, started: Clock.text(record.started), events: journal?.events ?? [],
        log: journal?.lines ?? [])
      path = output ?? "report-\(record.id).html"
    }
    try OutputFile.write(page, to: path)
    if shared.json {
      let value: CanonicalValue = ["schema": "pipeline.report/1", "file": .string(path)]
      shared.terminal.output(value.plainJSON())
    } else {
      shared.terminal.output(path.shown)
    }
  }
}
