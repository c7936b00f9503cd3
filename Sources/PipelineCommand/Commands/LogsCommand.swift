internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline

/// `pipeline logs`: the events of a run, also of one that is still running or was killed.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Show the events of a run as lines.",
    usage: "pipeline logs [<options>] [<run>]",
    discussion: """
      A run in which every stage was a hit has a record but no events.

      EXAMPLES
        pipeline logs latest --stage train
        pipeline logs latest --json | jq .event
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: ArgumentHelp("A run id, an id prefix, a tag, or latest.", valueName: "run"),
    completion: Completions.runs)
  var name: String = "latest"

  @Option(name: .long, help: ArgumentHelp("Only events of this stage.", valueName: "stage"))
  var stage: String?

  func run() throws {
    let store = try StoreLocation(shared).openForReading()
    let id = try RunCatalog(store: store).id(named: name)
    let lines = try store.events(of: id)
    let events = RunJournal(lines: lines).events.filter { event in
      stage == nil || event["stage"]?.string == stage
    }
    let terminal = shared.terminal
    if let stage, events.isEmpty, !lines.isEmpty {
      let stages = Set(lines.compactMap { try? JSONReader.value(of: $0)["stage"]?.string })
      throw CommandError(
        .usage,
        UnknownName(kind: "stage with events", name: stage, known: stages.sorted()).description)
    }
    if shared.json {
      // The lines are data of schema pipeline.run/1 as they were written.
      for event in events { terminal.output(event.plainJSON()) }
      return
    }
    guard !events.isEmpty else {
      return terminal.message(
        "run \(id) has no events: every stage was a hit; see: pipeline show \(id)")
    }
    let width = events.map { ($0["stage"]?.string ?? "").count }.max() ?? 0
    for event in events {
      terminal.output(EventText.logLine(event, style: terminal.outputStyle, width: width))
    }
  }
}

extension EventText {
  /// An event of `events.ndjson` as a line.
  static func logLine(_ event: CanonicalValue, style: Style, width: Int = 0) -> String {
    let kind = event["event"]?.string ?? "?"
    let stage = event["stage"]?.string ?? ""
    let text: String
    switch kind {
    case "run.start":
      return "run.start     \(event["run"]?.string ?? "") \(event["file"]?.string ?? "")".shown
    case "run.end":
      let seconds = Quantity.duration(event["seconds"]?.double ?? 0)
      return "run.end       \(event["status"]?.string ?? "") · \(seconds)".shown
    case "stage.start":
      let step = event["step"]?.string ?? ""
      text = (step == stage ? "" : "\(step) · ") + (event["reason"]?.string ?? "")
    case "stage.wait": text = "waiting for \(event["holder"]?.string ?? "another process")"
    case "note": text = event["text"]?.string ?? ""
    case "output": text = event["text"]?.string ?? ""
    case "checkpoint": text = "at \(position(event["position"]))"
    case "stage.end":
      let time = Quantity.duration(event["seconds"]?.double ?? 0)
      let metrics = StageLine.headlines(event["metrics"]?.object ?? [:])
      let outcome = StageOutcome(event)
      let hasFailed = outcome?.state == .failed && outcome?.isInterrupted == false
      let reason = hasFailed ? outcome?.reason : nil
      text = ([outcome?.word ?? "", time] + metrics + [reason].compactMap { $0 })
        .joined(separator: " · ")
    default:
      text =
        line(kind, event.object ?? [:])
        ?? CanonicalValue.object(
          (event.object ?? [:]).filter { !["schema", "event", "stage"].contains($0.key) }
        ).plainJSON()
    }
    return
      "\(kind.shown.padded(to: 12))  \(style.bold(stage.shown.padded(to: width)))  \(text.shown)"
  }
}
