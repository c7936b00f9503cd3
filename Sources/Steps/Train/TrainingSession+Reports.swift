internal import ContentAddressing
internal import Pipeline
internal import Training

extension TrainingSession {
  /// Moves the progress line: epoch, running loss and accuracy, speed.
  func reportProgress(_ step: StepReport) {
    let configuration = trainer.configuration
    let total = trainer.stepsPerEpoch * configuration.epochs
    let running = trainer.progress.running
    let means = running.metrics
    let now = context.seconds()
    let speed = lastReport.flatMap { last -> Double? in
      let steps = step.globalStep - last.step
      return steps > 0 && now > last.time
        ? Double(steps * configuration.samplesPerStep) / (now - last.time) : nil
    }
    lastReport = (step.globalStep, now)
    context.progress.report(
      Double(step.globalStep + 1) / Double(max(1, total)),
      StepProgress(
        epoch: step.epoch + 1, epochs: configuration.epochs, loss: means.loss,
        accuracy: means.accuracy, speed: speed
      ).description)
  }

  /// The event of a finished epoch.
  func event(of report: EpochReport) -> [String: CanonicalValue] {
    var members = Self.value(of: report).object ?? [:]
    members["seconds"] = .double(epochSeconds)
    return members
  }

  /// The content of `history.json`.
  var history: CanonicalValue {
    [
      "schema": "pipeline.history/1",
      "steps_per_epoch": .integer(trainer.stepsPerEpoch),
      "epochs": .array(
        zip(trainer.progress.history, stateDigests).map { report, digest in
          var members = Self.value(of: report).object ?? [:]
          members["state"] = .digest(digest)
          return .object(members)
        }),
    ]
  }

  /// The metrics of the stage: those of the last epoch, and the best one by validation.
  var metrics: StageMetrics {
    guard let last = trainer.progress.history.last else { return [:] }
    var metrics: StageMetrics = [
      "train_loss": .double(last.training.loss),
      "train_accuracy": .double(last.training.accuracy),
      "epochs": .integer(last.epoch + 1), "steps": .integer(trainer.progress.globalStep),
      "parameters": .integer(trainer.model.summary.parameterCount),
    ]
    if let validation = last.validation {
      metrics["validation_loss"] = .double(validation.loss)
      metrics["validation_accuracy"] = .double(validation.accuracy)
    }
    if let best = trainer.progress.best { metrics["best_epoch"] = .integer(best.epoch + 1) }
    return metrics
  }

  private static func value(of report: EpochReport) -> CanonicalValue {
    var members: [String: CanonicalValue] = [
      "epoch": .integer(report.epoch + 1), "learning_rate": .double(report.learningRate),
      "train": value(of: report.training),
    ]
    if let validation = report.validation { members["validation"] = value(of: validation) }
    return .object(members)
  }

  private static func value(of metrics: Metrics) -> CanonicalValue {
    ["loss": .double(metrics.loss), "accuracy": .double(metrics.accuracy)]
  }
}

/// The text beside the progress bar of a training.
private struct StepProgress: CustomStringConvertible {
  let epoch: Int
  let epochs: Int
  let loss: Double
  let accuracy: Double
  /// Examples per second since the line was moved last.
  let speed: Double?

  var description: String {
    "epoch \(epoch)/\(epochs) · loss \(Self.rounded(loss, 10_000)) · accuracy "
      + "\(Self.rounded(accuracy * 100, 100)) %" + (speed.map { " · \(Self.rate($0))" } ?? "")
  }

  /// For example `61 k/s`.
  private static func rate(_ speed: Double) -> String {
    speed < 9_999.5 ? "\(Int(speed.rounded()))/s" : "\(Int((speed / 1000).rounded())) k/s"
  }

  private static func rounded(_ value: Double, _ scale: Double) -> Double {
    (value * scale).rounded() / scale
  }
}
