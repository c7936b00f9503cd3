internal import ContentAddressing
internal import Pipeline
internal import Training

/// One training, from its first or last saved step to its end.
final class TrainingSession {
  let trainer: Trainer
  let context: StepContext
  let schedule: CheckpointSchedule

  /// Loss and gradient norm of every step since the beginning, earlier runs included.
  var trace = TrainingTrace()

  /// Statistics of weights and gradients after each epoch.
  var layers = LayerHistory()

  /// The SHA-256 of the state after each epoch.
  var stateDigests: [Digest] = []

  private var lastSave: Double
  private var epochStart: Double

  /// When the progress line was moved last, and at which step: for the speed that it shows.
  var lastReport: (step: Int, time: Double)?

  /// Seconds since the epoch began in this process: for events, never for an output.
  var epochSeconds: Double { context.seconds() - epochStart }

  init(trainer: Trainer, context: StepContext, schedule: CheckpointSchedule) {
    self.trainer = trainer
    self.context = context
    self.schedule = schedule
    lastSave = context.seconds()
    epochStart = lastSave
  }

  /// Resumes from the newest usable checkpoint and trains to the end.
  ///
  /// - Throws: ``StepFailure`` `cancelled` after a checkpoint was saved; ``TrainingError``.
  func run() throws {
    _ = try context.checkpoints.resume { checkpoint in
      guard let saved = try? TrainingCheckpoint(bytes: checkpoint.bytes) else { return false }
      do {
        try trainer.restore(saved.state)
      } catch {
        return false
      }
      trace = saved.trace
      layers = saved.layers
      stateDigests = saved.stateDigests
      return true
    }
    while !trainer.isFinished { try runEpoch() }
  }

  /// The least number of bytes to write: the checkpoints that are to be kept, one more while they
  /// change, and the outputs.
  func leastByteCount() throws -> Int {
    let state = try trainer.exportState()
    let size = { (tensors: [NamedTensor]) in tensors.reduce(0) { $0 + 4 * $1.values.count } }
    let checkpoints = max(1, schedule.keep + 1 - context.checkpoints.count)
    // A line of the trace has some 50 bytes.
    let steps = trainer.stepsPerEpoch * trainer.configuration.epochs
    return size(state.tensors) * checkpoints + size(state.model) + steps * 50
  }

  private func runEpoch() throws {
    epochStart = context.seconds()
    let report: EpochReport?
    do {
      report = try trainer.runEpoch(
        shouldStop: { [context] in context.cancellation.isRequested },
        onStep: { [self] step in try finish(step) })
    } catch let error as TrainingError {
      // The state is that of before the step: still finite, still worth keeping.
      try? save()
      throw error
    }
    guard let report else {
      try save()
      throw StepFailure(.cancelled, "interrupted")
    }
    let state = try trainer.exportState()
    stateDigests.append(state.digest)
    layers.endEpoch(weights: trainer.weightStatistics(in: state), of: trainer.configuration.epochs)
    context.progress.event("epoch", event(of: report))
    if !trainer.isFinished, schedule.isDue(afterEpochs: report.epoch + 1) { try save() }
  }

  private func finish(_ step: StepReport) throws {
    trace.append(loss: step.loss, gradientNorm: step.gradientNorm)
    layers.add(step)
    let done = step.globalStep + 1
    if done % 16 == 0 { reportProgress(step) }
    guard schedule.isDue(afterSteps: done, secondsSinceLast: context.seconds() - lastSave) else {
      return
    }
    try save()
  }

  /// Saves the state as it is between two steps.
  private func save() throws {
    let state = try trainer.exportState()
    let checkpoint = TrainingCheckpoint(
      state: state, trace: trace, layers: layers, stateDigests: stateDigests)
    let progress = state.progress
    try context.checkpoints.save(
      order: progress.globalStep,
      position: ["epoch": .integer(progress.epoch), "step": .integer(progress.globalStep)],
      bytes: checkpoint.encoded(), keep: schedule.keep)
    lastSave = context.seconds()
  }
}
