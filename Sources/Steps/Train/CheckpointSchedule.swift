internal import Settings

/// When a training saves its state; does not affect the result.
struct CheckpointSchedule: SettingRecord {
  static let settings = [
    Setting<Self>(
      "every_epochs", \.everyEpochs, .integer(atLeast: 1), "Save a checkpoint every N epochs."),
    Setting(
      "every_steps", \.everySteps, .integer(atLeast: 1), "Save a checkpoint every N steps."),
    Setting(
      "every_seconds", \.everySeconds, .number(.above(0)), "Save a checkpoint every N seconds."),
    Setting("keep", \.keep, .integer(1...1000), "The number of checkpoints to keep."),
  ]

  var everyEpochs: Int?
  var everySteps: Int?
  var everySeconds: Double?
  /// How many checkpoints of a key are kept.
  var keep = 2

  init() {}

  init(everyEpochs: Int) { self.everyEpochs = everyEpochs }

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
