internal import Autograd
internal import KernelInterface
public import Kernels
public import WorkerPool

/// Trains a model on a source of samples, step by step, with bits that threads, instruction set and interruptions leave alone.
///
/// A step, in order: for each batch, draw it · forward · check the loss · backward · add the gradients; then check their norm ·
/// clip by value · clip by norm · decay and optimizer · moving average. After any step ``exportState()`` gives all that a later
/// ``restore(_:)`` needs to go on with the same bits.
public final class Trainer {
  /// What decides the run.
  public let configuration: TrainingConfiguration
  /// The model being trained.
  public let model: Model
  /// The steps of an epoch.
  public let stepsPerEpoch: Int
  /// Where the run stands.
  public internal(set) var progress = TrainingProgress()

  let training: any SampleSource
  let validation: (any SampleSource)?
  let optimizer: Optimizer
  let average: FloatStorage?
  /// What earlier batches of a step leave behind, where a step has several.
  let accumulation: GradientAccumulation?
  private let tape: Tape
  private var plans: [Int: BatchPlan] = [:]
  var order: WordStorage
  private var orderEpoch = -1
  var validator: Evaluator?

  /// Draws the initial parameters and lays out memory.
  ///
  /// - Parameters:
  ///   - configuration: What decides the run.
  ///   - training: The samples to learn from.
  ///   - validation: The samples that each epoch's end is measured on.
  ///   - workers: The threads; their number changes no bit.
  ///   - kernels: The instruction set; it changes no bit.
  /// - Throws: ``ModelError`` if the layers do not fit each other or the data; ``TrainingError`` if a number is out of range.
  public convenience init(
    configuration: TrainingConfiguration, training: any SampleSource,
    validation: (any SampleSource)? = nil, workers: WorkerPool, kernels: KernelSet
  ) throws {
    try self.init(configuration, training, validation, workers, kernels) {
      try Model(
        configuration.model, input: training.inputShape, classes: training.classCount,
        seed: configuration.seed)
    }
  }

  /// Trains a module of one's own, from the parameters that it has.
  ///
  /// - Parameters:
  ///   - module: From a batch of samples to one row of outputs for each, a number per class. Its parameters belong to this trainer
  ///     from now on.
  ///   - configuration: What else decides the run; its `model` is left empty.
  ///   - training: The samples to learn from.
  ///   - validation: The samples that each epoch's end is measured on.
  ///   - workers: The threads; their number changes no bit that the module's own operations leave alone.
  ///   - kernels: The instruction set; likewise.
  /// - Throws: ``ModelError`` if the outputs are not as many as the classes, or two parameters bear one name; ``TrainingError`` if a
  ///   number is out of range.
  public convenience init(
    module: any Module, configuration: TrainingConfiguration, training: any SampleSource,
    validation: (any SampleSource)? = nil, workers: WorkerPool, kernels: KernelSet
  ) throws {
    try self.init(configuration, training, validation, workers, kernels) {
      try Model(module, input: training.inputShape)
    }
    try model.requireOutputs(training.classCount, on: template)
  }

  private init(
    _ configuration: TrainingConfiguration, _ training: any SampleSource,
    _ validation: (any SampleSource)?, _ workers: WorkerPool, _ kernels: KernelSet,
    makeModel: () throws -> Model
  ) throws {
    try configuration.validate()
    stepsPerEpoch = configuration.stepsPerEpoch(training.count)
    guard training.count > 0 else { throw TrainingError(.noSamples) }
    try configuration.validate(samples: training.count)
    if let validation {
      guard validation.inputShape == training.inputShape,
        validation.classCount == training.classCount
      else { throw TrainingError(.validationDiffers) }
    }
    self.configuration = configuration
    self.training = training
    self.validation = validation
    model = try makeModel()
    try model.summary.requireStatistics(
      batches: configuration.batchSizes(training.count), shards: configuration.shards)
    let tape = Tape(workers: workers, kernels: kernels, shards: configuration.shards)
    let optimizer = Optimizer(
      configuration.optimizer, model.parameters, on: tape, clipping: configuration.clipping)
    self.tape = tape
    self.optimizer = optimizer
    average = configuration.average.map { _ in FloatStorage(count: optimizer.arena.count) }
    average?.all.assign(optimizer.arena.values.all)
    accumulation =
      configuration.gradientAccumulationSteps == 1
      ? nil
      : GradientAccumulation(
        of: optimizer.arena, buffers: model.parameters.filter { !$0.isTrainable }, on: tape)
    order = WordStorage(count: training.count)
  }

  /// Whether all epochs are over.
  public var isFinished: Bool { progress.epoch >= configuration.epochs }

  /// The learning rate of the next step.
  public var learningRate: Double {
    configuration.schedule.learningRate(
      step: progress.globalStep, stepsPerEpoch: stepsPerEpoch, epochs: configuration.epochs,
      base: configuration.optimizer.learningRate)
  }

  /// Takes one step, without allocating memory once each batch size has been met.
  ///
  /// - Returns: What the step measured.
  /// - Throws: ``TrainingError`` if loss or gradient is not finite, with parameters, optimizer and progress as they were before
  ///   the step; or what the source throws.
  /// - Precondition: The epoch has a step left.
  public func runStep() throws -> StepReport { try runStep(observing: []) }

  /// Takes one step, and measures each gradient before it is clipped as far as asked to.
  func runStep(observing observed: GradientObservation) throws -> StepReport {
    precondition(progress.stepInEpoch < stepsPerEpoch, "the epoch has no step left")
    arrange()
    let start = progress.stepInEpoch * configuration.samplesPerStep
    let samples = start..<min(start + configuration.samplesPerStep, training.count)
    let (plan, loss, running) = try computeGradients(of: samples)
    let norm = optimizer.gradientNorm()
    guard norm.isFinite else {
      accumulation?.undo()
      throw failure(.nonFiniteGradient)
    }
    let norms = observed.contains(.norms) ? gradientNorms() : []
    let gradients = observed.contains(.statistics) ? gradientStatistics() : []
    let rate = learningRate
    optimizer.learningRate = rate
    optimizer.update(norm: norm)
    plan.commit()
    updateAverage()
    progress.running = running
    let report = StepReport(
      epoch: progress.epoch, step: progress.stepInEpoch, globalStep: progress.globalStep,
      loss: loss, gradientNorm: norm, learningRate: rate, samples: samples.count,
      gradientNorms: norms,
      gradients: gradients)
    progress.stepInEpoch += 1
    progress.globalStep += 1
    return report
  }

  func failure(_ code: TrainingError.Code) -> TrainingError {
    TrainingError(code, epoch: progress.epoch, step: progress.stepInEpoch)
  }

  func plan(_ count: Int) -> BatchPlan {
    if let plan = plans[count] { return plan }
    let plan = BatchPlan(model, loss: configuration.loss, count: count, training: true, like: tape)
    plans[count] = plan
    return plan
  }

  /// Draws the order of the current epoch, once.
  private func arrange() {
    guard orderEpoch != progress.epoch else { return }
    orderEpoch = progress.epoch
    order =
      configuration.shuffle
      ? WordStorage(
        shuffledOrder(count: training.count, seed: configuration.seed, epoch: progress.epoch))
      : WordStorage((0..<UInt32(training.count)).map { $0 })
  }

  /// average = fma(1 − d, value − average, average).
  private func updateAverage() {
    guard let average, let decay = configuration.average?.decay else { return }
    let values = optimizer.arena.values
    tape.parallel(average.count, work: average.count) { range in
      tape.kernels.blend(
        average.slice(range), values.slice(range), weight: Float(1 - decay))
    }
  }

  /// The tape whose threads and kernels the run uses.
  var template: Tape { tape }
}
