internal import PipelineSpec

/// When a training saves its state; none of it changes a result.
struct CheckpointSchedule: Sendable {
  let everyEpochs: Int?
  let everySteps: Int?
  let everySeconds: Double?
  /// How many checkpoints of a key are kept.
  let keep: Int

  init(_ settings: SpecRecord) throws(SettingError) {
    everyEpochs = settings["every_epochs"]?.integer
    everySteps = settings["every_steps"]?.integer
    everySeconds = settings["every_seconds"]?.number
    keep = try settings.integer("keep")
  }

  /// Whether a checkpoint is due after the step that made `globalStep` steps.
  func isDue(afterSteps globalStep: Int, secondsSinceLast seconds: Double) -> Bool {
    if let everySteps, globalStep % everySteps == 0 { return true }
    if let everySeconds, seconds >= everySeconds { return true }
    return false
  }

  /// Whether a checkpoint is due after that many epochs.
  func isDue(afterEpochs epochs: Int) -> Bool {
    everyEpochs.map { epochs % $0 == 0 } ?? false
  }
}
