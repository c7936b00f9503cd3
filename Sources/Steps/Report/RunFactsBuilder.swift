internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Report

/// The part of a run's page that no artifact may hold.
struct RunFactsBuilder {
  let record: PipelineRun
  let started: String
  let events: RunEvents

  var facts: RunFacts {
    var facts = RunFacts(
      runID: record.id, startedAt: started, seconds: record.seconds,
      stages: Self.stages(of: record))
    facts.peakMemoryBytes = record.environment["peak_memory_bytes"]?.integer
    facts.resumedAt = record.stages.compactMap { stage in
      stage.resumedFrom?["epoch"]?.integer.map { Double($0) }
    }
    setThroughput(of: &facts)
    facts.environment = environment
    facts.command = CommandLineText(["pipeline"] + record.arguments).description
    facts.reproduceWith = reproduceWith
    return facts
  }

  /// The commands that reproduce and verify the results: the spec with its overrides.
  ///
  /// Threads, mirrors and the like are omitted: they do not affect results.
  var reproduceWith: [String] {
    let run = ["pipeline", "run", record.file] + record.overrides.flatMap { ["--set", $0] }
    return [run, ["pipeline", "verify", record.id]].map { CommandLineText($0).description }
  }

  static func stages(of record: PipelineRun) -> [RunFacts.Stage] {
    record.stages.map { stage in
      RunFacts.Stage(
        name: stage.name, state: RunFacts.StageState(rawValue: stage.word) ?? .failed,
        seconds: stage.seconds)
    }
  }

  /// Samples per second of a training that ran in this run, epoch by epoch.
  private func setThroughput(of facts: inout RunFacts) {
    guard record.stages.contains(where: { $0.kind == TrainStep.schema.kind && $0.seconds > 0 }),
      let samples = record.stages.last(where: { $0.kind == PrepareStep.schema.kind })?
        .metrics["train_samples"]?.integer
    else { return }
    let (first, seconds) = events.epochs
    facts.samplesPerSecond = seconds.map { Double(samples) / $0 }
    facts.firstEpoch = first
  }

  private var environment: [Fact] {
    let hidden: Set = ["peak_memory_bytes"]
    return record.environment.filter { !hidden.contains($0.key) }.sorted { $0.key < $1.key }
      .map { name, value in
        Fact(name: Self.words(name), value: Self.text(of: value))
      }
  }

  /// `instruction_set` as `Instruction set`, `cpu` as `CPU`.
  static func words(_ name: String) -> String {
    guard name != "cpu" else { return "CPU" }
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  static func text(of value: CanonicalValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let elements): elements.map { text(of: $0) }.joined(separator: ", ")
    default: value.plainJSON()
    }
  }
}
