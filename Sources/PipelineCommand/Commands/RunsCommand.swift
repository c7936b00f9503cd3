internal import ArgumentParser
internal import ContentAddressing
internal import Pipeline

/// `pipeline runs`: what has been run with this store.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of the store, newest first.",
    discussion: """
      EXAMPLES
        pipeline runs --name mnist --sort accuracy
        pipeline runs --json | jq .runs[0].run
      """)

  @OptionGroup var shared: SharedOptions

  @Option(name: .long, help: ArgumentHelp("Only runs of the spec of this name.", valueName: "name"))
  var name: String?

  @Option(name: .long, help: ArgumentHelp("Only runs that ended so: ok, failed, interrupted."))
  var status: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Sort by a metric, best first (loss: lowest).", valueName: "metric"))
  var sort: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Show at most so many.", valueName: "n"))
  var limit: Int = 50

  func run() throws {
    let store = try StoreLocation(shared).openIfPresent()
    let entries = try store.map { try RunCatalog(store: $0).entries() } ?? []
    let chosen = Array(sorted(entries.filter(matches)).prefix(max(0, limit)))
    let terminal = shared.terminal
    if shared.json {
      let runs = chosen.map { entry in RunsCommand.value(of: entry) }
      let value: CanonicalValue = ["schema": "pipeline.runs/1", "runs": .array(runs)]
      return terminal.output(value.plainJSON())
    }
    guard !chosen.isEmpty else {
      return terminal.message("no runs in \(shared.storePath.shown); start with: pipeline run SPEC")
    }
    write(chosen, to: terminal)
  }

  private func matches(_ entry: RunCatalog.Entry) -> Bool {
    guard case .complete(let record) = entry else { return name == nil && status == nil }
    return (name ?? record.name) == record.name
      && (status ?? record.status.rawValue) == record.status.rawValue
  }

  private func sorted(_ entries: [RunCatalog.Entry]) -> [RunCatalog.Entry] {
    guard let metric = sort else { return entries }
    let lowerIsBetter = metric.contains("loss") || metric.contains("error")
    return entries.compactMap { entry in entry.metric(metric).map { (entry, $0) } }
      .sorted { lowerIsBetter ? $0.1 < $1.1 : $0.1 > $1.1 }.map(\.0)
  }

  private func write(_ entries: [RunCatalog.Entry], to terminal: Terminal) {
    let style = terminal.outputStyle
    for entry in entries {
      switch entry {
      case .complete(let record):
        let states = StageOutcome.State.allStates.compactMap { state -> String? in
          let count = record.stages.count { $0.state == state }
          return count == 0 ? nil : "\(count) \(state.rawValue)"
        }
        let metrics = record.headlineMetrics
        let sign = record.status == .ok ? style.green("✓") : style.red("✗")
        terminal.output(
          "\(sign) \(record.id)  \(Clock.text(record.started).prefix(16))  "
            + "\(record.name.shown.padded(to: 16))  \(states.joined(separator: ", ").padded(to: 18))  "
            + StageLine.headlines(metrics).joined(separator: " · "))
      case .unfinished(let id): terminal.output("\(style.yellow("…")) \(id)  unfinished")
      case .damaged(let id): terminal.output("\(style.red("!")) \(id)  damaged record")
      }
    }
  }

  static func value(of entry: RunCatalog.Entry) -> CanonicalValue {
    switch entry {
    case .complete(let record):
      var members = record.value.object ?? [:]
      members["schema"] = nil
      members["metrics"] = .object(record.headlineMetrics)
      return .object(members)
    case .unfinished(let id): return ["run": .string(id), "status": "unfinished"]
    case .damaged(let id): return ["run": .string(id), "status": "damaged"]
    }
  }
}

extension PipelineRun {
  /// The metrics of the last stage that has an accuracy or loss of its own: what the run is about.
  var headlineMetrics: StageMetrics {
    stages.last { $0.metrics["accuracy"] != nil || $0.metrics["loss"] != nil }?.metrics ?? [:]
  }
}

extension RunCatalog.Entry {
  func metric(_ name: String) -> Double? {
    guard case .complete(let record) = self else { return nil }
    return record.stages.reversed().lazy.compactMap { $0.metrics[name]?.double }.first
  }
}
