internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Report

/// When the epochs of a run's training ended, read from the events of the run that trained.
struct RunTimesBuilder {
  let record: PipelineRun
  let store: ArtifactStore
  let journal: @Sendable (RunID) -> [CanonicalValue]

  /// `nil` if nothing was trained, or its events are missing.
  var times: RunTimes? {
    guard
      let stage = record.stages.last(where: {
        $0.kind == TrainStep.schema.kind && $0.state.hasResult
      }), let content = stage.outputs["history.json"], let bytes = try? store.read(content),
      let history = try? HistoryFile(bytes: bytes), history.steps_per_epoch > 0,
      let run = RunID(stage.state == .hit ? stage.madeBy ?? record.id : record.id)
    else { return nil }
    let (step, ends) = RunEvents(events: journal(run)).epochEnds(of: stage.name)
    guard !ends.isEmpty else { return nil }
    let steps = history.steps_per_epoch
    return RunTimes(stepsPerEpoch: steps, start: Double(step) / Double(steps), ends: ends)
  }
}
