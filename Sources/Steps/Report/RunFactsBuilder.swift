internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Report

/// The part of a run's page that no artifact may hold.
struct RunFactsBuilder {
  let record: PipelineRun
  let started: String

  var facts: RunFacts {
    var facts = RunFacts(
      runID: record.id, startedAt: started, seconds: record.seconds, stages: stages)
    facts.peakMemoryBytes = record.environment["peak_memory_bytes"]?.integer
    facts.resumedAt = record.stages.compactMap { stage in
      stage.resumedFrom?["epoch"]?.integer.map { Double($0) }
    }
    facts.samplesPerSecond = throughput.map { [$0] } ?? []
    facts.environment = environment
    facts.command = "pipeline " + record.arguments.joined(separator: " ")
    return facts
  }

  private var stages: [RunFacts.Stage] {
    record.stages.map { stage in
      RunFacts.Stage(
        name: stage.name, state: RunFacts.StageState(rawValue: stage.state.rawValue) ?? .failed,
        seconds: stage.seconds)
    }
  }

  /// Samples a second of a training that ran from its beginning in this run.
  private var throughput: Double? {
    guard let training = record.stages.last(where: { $0.kind == TrainStep.schema.kind }),
      training.state == .ran, training.seconds > 0,
      let epochs = training.metrics["epochs"]?.integer,
      let samples = record.stages.last(where: { $0.kind == PrepareStep.schema.kind })?
        .metrics["train_samples"]?.integer
    else { return nil }
    return Double(epochs * samples) / training.seconds
  }

  private var environment: [Fact] {
    let hidden: Set = ["peak_memory_bytes"]
    return record.environment.filter { !hidden.contains($0.key) }.sorted { $0.key < $1.key }
      .map { name, value in
        Fact(name: name.split(separator: "_").joined(separator: " "), value: Self.text(of: value))
      }
  }

  static func text(of value: CanonicalValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let elements): elements.map { text(of: $0) }.joined(separator: ", ")
    default: value.plainJSON()
    }
  }
}
