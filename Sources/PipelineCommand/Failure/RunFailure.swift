internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import Steps

/// How a run failed: what, where, why, and the next command.
struct RunFailure {
  private let failure: any Error
  private let record: PipelineRun

  init(_ failure: any Error, record: PipelineRun) {
    self.failure = failure
    self.record = record
  }

  var report: FailureReport {
    let isInterruption = StepFailure.isInterruption(failure)
    let stage = record.stages.first { $0.state == .failed && $0.isInterrupted == isInterruption }
    var details: [String: CanonicalValue] = ["run": .string(record.id)]
    if let stage { details["stage"] = .string(stage.name) }
    if let position = stage?.keptCheckpoint { details["checkpoint"] = position }
    if isInterruption || (canGoOn && stage?.keptCheckpoint != nil) {
      details["next"] = .string(next)
    }
    if isInterruption {
      let text = (stage.map { " in “\($0.name)”" } ?? "") + "; resume with: \(next)"
      return FailureReport(ExitStatus(of: failure), "interrupted" + text, details: details) {
        $0.yellow("interrupted") + text.shown
      }
    }
    let head = stage.map { "stage “\($0.name)” failed: " } ?? ""
    let others = record.stages.filter {
      $0.state == .failed && !$0.isInterrupted && $0.name != stage?.name
    }.map { "\nStage “\($0.name)” also failed: \($0.reason ?? "")" }
    return FailureReport(
      ExitStatus(of: failure),
      head + "\(failure)" + FailureReport.advice(on: failure) + kept(by: stage) + others.joined(),
      details: details)
  }

  /// Whether repeating the command can help: the cause was outside the work itself, which would fail in the
  /// same way each time.
  private var canGoOn: Bool {
    switch (failure as? StepFailure)?.code {
    case .failed, .malformedData, .invalidSpec: false
    case .unavailable, .inputOutput, .cancelled, nil: true
    }
  }

  /// The command that resumes the run: its own, without options that ignore checkpoints.
  private var next: String {
    CommandLineText(["pipeline"] + record.arguments.filter { $0 != "--fresh" }).description
  }

  /// Where the stage can be resumed, if it left a checkpoint.
  private func kept(by stage: StageOutcome?) -> String {
    guard let position = stage?.keptCheckpoint else { return "" }
    return "\nThe last checkpoint (\(EventText.position(position))) is kept"
      + (canGoOn ? "; resume with: \(next)" : ".")
  }
}
