internal import ArgumentParser
internal import ContentAddressing
internal import Pipeline

/// `pipeline show`: everything about one run.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one run: stages, digests, metrics, settings.",
    usage: "pipeline show [<options>] [<run>]")

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: ArgumentHelp("A run id, an id prefix, a tag, or latest.", valueName: "run"),
    completion: Completions.runs)
  var name: String = "latest"

  func run() throws {
    let store = try StoreLocation(shared).openForReading()
    let record = try RunCatalog(store: store).record(named: name)
    let terminal = shared.terminal
    let remarks = RunRemarks(store: store)
    if shared.json {
      var members = record.value.object ?? [:]
      members.merge(remarks.members(of: record.id)) { $1 }
      members["schema"] = "pipeline.show/1"
      return terminal.output(CanonicalValue.object(members).plainJSON())
    }
    write(record, remarks, to: terminal)
  }

  private func write(_ record: PipelineRun, _ remarks: RunRemarks, to terminal: Terminal) {
    let style = terminal.outputStyle
    terminal.output(
      "\(style.bold(record.name.shown)) · run \(record.id) · \(record.status.rawValue) · "
        + "\(Clock.text(record.started)) · \(Quantity.duration(record.seconds))")
    terminal.output(
      "  spec  \(record.file.shown) \(record.overrides.map(\.shown).joined(separator: " "))")
    let tags = remarks.tags(of: record.id)
    if !tags.isEmpty { terminal.output("  tags  \(tags.joined(separator: ", "))") }
    let note = remarks.note(of: record.id)?.split(whereSeparator: \.isNewline) ?? []
    for (index, line) in note.enumerated() {
      terminal.output((index == 0 ? "  note  " : "        ") + String(line).shown)
    }
    let width = record.stages.map(\.name.count).max() ?? 8
    for stage in record.stages {
      terminal.output(StageLine(outcome: stage, style: style, nameWidth: width).text)
      let names = stage.outputs.keys.map(\.count).max() ?? 0
      for (name, content) in stage.outputs.sorted(by: { $0.key < $1.key }) {
        terminal.output(
          style.dim(
            terminal.fitted(
              "      \(name.shown.padded(to: names))  "
                + "\(Quantity.bytes(content.byteCount).leftPadded(to: 8))  \(content.digest)")))
      }
      for (name, value) in stage.metrics.sorted(by: { $0.key < $1.key }) {
        guard let number = value.double else { continue }
        terminal.output("      \(name.shown) \(Quantity.metric(name, number))")
      }
    }
    terminal.output(style.bold("settings"))
    let settings = record.settings.filter { shared.verbose || !$0.isDefault }
    let settingWidth = min(48, settings.map(\.path.count).max() ?? 0)
    for setting in settings {
      let value = setting.text.split(separator: "\n").joined(separator: "⏎ ")
      terminal.output(
        terminal.fitted("  \(setting.path.shown.padded(to: settingWidth))  \(value.shown)"))
    }
  }
}
