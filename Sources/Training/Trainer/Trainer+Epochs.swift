extension Trainer {
  /// Goes on to the end of the current epoch, validation included.
  ///
  /// After a stop the progress stands between two steps, or before the validation; the next call goes on there.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked before every step and before every batch of the validation.
  ///   - onStep: Called after every step; the state may be exported there.
  /// - Returns: The epoch's report, or nil if it was stopped.
  /// - Throws: As ``runStep()``, and what `onStep` throws.
  /// - Precondition: The run is not finished.
  public func runEpoch(
    shouldStop: () -> Bool, onStep: (StepReport) throws -> Void = { _ in }
  ) throws -> EpochReport? {
    do {
      return try epoch(
        onStep: onStep, beforeWork: { if shouldStop() { throw Stop() } })
    } catch is Stop {
      return nil
    }
  }

  /// Goes on to the end of the current epoch, validation included, without a way to stop but an error.
  ///
  /// - Throws: As ``runEpoch(shouldStop:onStep:)``.
  @discardableResult
  public func runEpoch(
    onStep: (StepReport) throws -> Void = { _ in }
  ) throws -> EpochReport {
    try epoch(onStep: onStep, beforeWork: {})
  }

  /// Leaves an epoch where nothing is half done.
  private struct Stop: Error {}

  /// Goes on to the end of the current epoch; what `beforeWork` throws, asked before every step and
  /// before every batch of the validation, ends it there.
  private func epoch(
    onStep: (StepReport) throws -> Void, beforeWork: () throws -> Void
  ) throws -> EpochReport {
    precondition(!isFinished, "all epochs are over")
    var rate = learningRate
    while progress.stepInEpoch < stepsPerEpoch {
      try beforeWork()
      let report = try runStep(observing: observation)
      rate = report.learningRate
      try onStep(report)
    }
    if progress.globalStep > 0 { rate = rateOfStep(progress.globalStep - 1) }
    try checkWeights()
    var measured: Metrics?
    if let validation {
      let result = try evaluator(for: validation).run(
        source: validation, keepingSamples: false, beforeBatch: beforeWork)
      measured = result.metrics
    }
    let report = EpochReport(
      epoch: progress.epoch, training: progress.running.metrics, validation: measured,
      learningRate: rate)
    progress.history.append(report)
    progress.epoch += 1
    progress.stepInEpoch = 0
    progress.running = RunningMetrics()
    return report
  }

  /// What the next step measures of its gradients.
  private var observation: GradientObservation {
    let step = progress.stepInEpoch
    return GradientObservation(
      (step % Self.gradientNormInterval == 0 ? [.norms] : [])
        + (step == stepsPerEpoch - 1 ? [.statistics] : []))
  }

  private func rateOfStep(_ step: Int) -> Double {
    configuration.schedule.learningRate(
      step: step, stepsPerEpoch: stepsPerEpoch, epochs: configuration.epochs,
      base: configuration.optimizer.learningRate)
  }

  private func evaluator(for source: any SampleSource) -> Evaluator {
    if let validator { return validator }
    let evaluator = Evaluator(
      model, loss: configuration.loss, batchSize: min(source.count, 1000), like: template)
    validator = evaluator
    return evaluator
  }
}
