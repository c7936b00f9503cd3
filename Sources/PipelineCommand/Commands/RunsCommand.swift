internal import ArgumentParser
internal import ContentAddressing
internal import Pipeline

/// `pipeline runs`: the runs of this store.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of the store, newest first.",
    usage: "pipeline runs [<options>]",
    discussion: """
      EXAMPLES
        pipeline runs --name mnist --sort accuracy
        pipeline runs --json | jq .runs[0].run
      """)

  @OptionGroup var shared: SharedOptions

  @Option(
    name: .long, help: ArgumentHelp("Only runs of the spec with this name.", valueName: "name"))
  var name: String?

  @Option(name: .long, help: ArgumentHelp("Only runs with this status: ok, failed, interrupted."))
  var status: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Sort by a metric, best first (loss: lowest).", valueName: "metric"))
  var sort: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Show at most N runs.", valueName: "n"))
  var limit: Int = 50

  func validate() throws {
    guard limit >= 1 else {
      throw ValidationError("--limit takes a number of at least 1, not \(limit)")
    }
    let known = PipelineRun.Status.allCases.map(\.rawValue)
    if let status, !known.contains(status) {
      throw ValidationError(
        UnknownName(kind: "end of a run", name: status, known: known).description)
    }
  }

  func run() throws {
    let store = try StoreLocation(shared).openIfPresent()
    let isPlain = name == nil && status == nil && sort == nil
    let catalog = store.map { RunCatalog(store: $0) }
    let entries = try (isPlain ? catalog?.newest(limit) : catalog?.entries()) ?? []
    try checkNames(entries.compactMap(\.record))
    let chosen = Array(sorted(entries.filter(matches)).prefix(limit))
    let terminal = shared.terminal
    let remarks = store.map { RunRemarks(store: $0) }
    if shared.json {
      let runs = chosen.map { entry in RunsCommand.value(of: entry, remarks) }
      let value: CanonicalValue = ["schema": "pipeline.runs/1", "runs": .array(runs)]
      return terminal.output(value.plainJSON())
    }
    guard !chosen.isEmpty else {
      return terminal.message(
        entries.isEmpty
          ? "no runs in \(shared.storePath.shown); start with: pipeline run SPEC"
          : "none of the \(entries.count) runs in \(shared.storePath.shown) matches")
    }
    write(chosen, remarks, to: terminal)
  }

  /// Refuses the name of a spec or a metric that no run has, since a typing error would show an empty list.
  private func checkNames(_ records: [PipelineRun]) throws(CommandError) {
    guard !records.isEmpty else { return }
    let names = Set(records.map(\.name)).sorted()
    if let name, !names.contains(name) {
      throw CommandError(
        .usage, UnknownName(kind: "spec of a run", name: name, known: names).description)
    }
    let metrics = Set(
      records.flatMap(\.stages).flatMap { stage in
        stage.metrics.filter { $0.value.double != nil }.keys
      }
    ).sorted()
    if let sort, !metrics.isEmpty, !metrics.contains(sort) {
      throw CommandError(
        .usage, UnknownName(kind: "metric of a run", name: sort, known: metrics).description)
    }
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

  private func write(
    _ entries: [RunCatalog.Entry], _ remarks: RunRemarks?, to terminal: Terminal
  ) {
    let style = terminal.outputStyle
    let isNarrow = (terminal.outputColumns ?? .max) < 100
    let digits = isNarrow ? Self.tellingDigits(entries.map(\.id)) : 26
    let names = min(24, entries.compactMap { $0.record?.name.shown.count }.max() ?? 0)
    let counts = entries.compactMap { $0.record.map { Self.states(of: $0).count } }.max() ?? 0
    for entry in entries {
      let id = entry.id.prefix(digits)
      switch entry {
      case .complete(let record):
        let metrics = record.headlineMetrics
        let sign = style.sign(of: record.status)
        terminal.output(
          "\(sign) \(id)  \(Clock.text(record.started).prefix(16).dropFirst(isNarrow ? 5 : 0))  "
            + "\(record.name.shown.padded(to: names))  "
            + Self.ended(Self.states(of: record), StageLine.headlines(metrics), width: counts))
      case .unfinished: terminal.output("\(style.yellow("…")) \(id)  unfinished")
      case .damaged: terminal.output("\(style.red("!")) \(id)  damaged record")
      }
      if let line = remarks.flatMap({ Self.remark(on: entry.id, $0) }) {
        terminal.output(style.dim(terminal.fitted("    " + line)))
      }
    }
  }

  /// The names of a run and the first line of its note.
  private static func remark(on id: String, _ remarks: RunRemarks) -> String? {
    let tags = remarks.tags(of: id)
    let note = remarks.note(of: id)?.split(whereSeparator: \.isNewline).first.map(String.init)
    let parts = (tags.isEmpty ? [] : [tags.joined(separator: ", ")]) + [note].compactMap { $0 }
    return parts.isEmpty ? nil : parts.map(\.shown).joined(separator: " · ")
  }

  /// For example `3 hit, 2 ran`.
  private static func states(of record: PipelineRun) -> String {
    StageOutcome.counts(of: record.stages).joined(separator: ", ")
  }

  /// The states, and the metrics in a separate column.
  private static func ended(_ states: String, _ metrics: [String], width: Int) -> String {
    metrics.isEmpty
      ? states : "\(states.padded(to: width))  \(metrics.joined(separator: " · "))"
  }

  /// The number of digits that distinguish all ids, at least 12.
  private static func tellingDigits(_ ids: [String]) -> Int {
    (12..<26).first { count in Set(ids.map { $0.prefix(count) }).count == ids.count } ?? 26
  }

  static func value(of entry: RunCatalog.Entry, _ remarks: RunRemarks?) -> CanonicalValue {
    switch entry {
    case .complete(let record):
      var members = record.value.object ?? [:]
      members["schema"] = nil
      members["metrics"] = .object(record.headlineMetrics)
      if let remarks { members.merge(remarks.members(of: record.id)) { $1 } }
      return .object(members)
    case .unfinished(let id): return ["run": .string(id), "status": "unfinished"]
    case .damaged(let id): return ["run": .string(id), "status": "damaged"]
    }
  }
}

extension RunRemarks {
  /// The remarks on a run as members of a JSON object; `note` is absent where there is none.
  func members(of run: String) -> [String: CanonicalValue] {
    var members: [String: CanonicalValue] = ["tags": .array(tags(of: run).map { .string($0) })]
    if let note = note(of: run) { members["note"] = .string(note) }
    return members
  }
}

extension PipelineRun {
  /// The metrics of the last stage that has an accuracy or loss of its own: what the run is about.
  var headlineMetrics: StageMetrics {
    stages.last { $0.metrics["accuracy"] != nil || $0.metrics["loss"] != nil }?.metrics ?? [:]
  }
}

extension RunCatalog.Entry {
  fileprivate var record: PipelineRun? {
    guard case .complete(let record) = self else { return nil }
    return record
  }

  func metric(_ name: String) -> Double? {
    guard case .complete(let record) = self else { return nil }
    return record.stages.reversed().lazy.compactMap { $0.metrics[name]?.double }.first
  }
}
