internal import Settings

/// Everything but the data that decides what a training run computes.
public struct TrainingConfiguration: Sendable {
  /// The layers; none where the trainer is given a module of one's own.
  public var model: ModelDescription
  /// The loss to minimize.
  public var loss: any LossKind
  /// How the parameters change.
  public var optimizer: any OptimizerKind
  /// How the learning rate goes.
  public var schedule: any ScheduleKind
  /// Bounds on the gradients.
  public var clipping: GradientClipping
  /// How often all samples are seen; at least 0.
  public var epochs: Int
  /// The samples of a batch; at least 1.
  public var batchSize: Int
  /// The batches whose gradients are added to make one step; at least 1.
  ///
  /// The loss is the mean over all samples of the step, also where the last of its batches is short.
  public var gradientAccumulationSteps: Int
  /// Whether an epoch's last step is left out when it has fewer samples than the others.
  public var dropLast: Bool
  /// Whether each epoch visits the samples in an order of its own.
  public var shuffle: Bool
  /// The logical shards of a batch (Numerics rule 2); part of the result, not of the execution.
  public var shards: Int
  /// The average of the parameters that is kept beside them, if any.
  public var average: (any AverageKind)?
  /// The seed of initial parameters, order and dropout.
  public var seed: UInt64

  /// Creates a configuration.
  public init(
    model: ModelDescription = [], loss: any LossKind = CrossEntropy(),
    optimizer: any OptimizerKind = Adam(), schedule: any ScheduleKind = ConstantSchedule(),
    clipping: GradientClipping = GradientClipping(), epochs: Int, batchSize: Int,
    gradientAccumulationSteps: Int = 1, dropLast: Bool = false, shuffle: Bool = true,
    shards: Int = 1, average: (any AverageKind)? = nil,
    seed: UInt64
  ) {
    self.model = model
    self.loss = loss
    self.optimizer = optimizer
    self.schedule = schedule
    self.clipping = clipping
    self.epochs = epochs
    self.batchSize = batchSize
    self.gradientAccumulationSteps = gradientAccumulationSteps
    self.dropLast = dropLast
    self.shuffle = shuffle
    self.shards = shards
    self.average = average
    self.seed = seed
  }

  /// The samples of a step that is not short.
  public var samplesPerStep: Int { batchSize * gradientAccumulationSteps }

  /// The steps of one epoch over `count` samples.
  public func stepsPerEpoch(_ count: Int) -> Int {
    let size = samplesPerStep
    return dropLast ? count / size : (count + size - 1) / size
  }

  /// The sizes of the batches of an epoch over `count` samples: the whole ones, then the short last one.
  func batchSizes(_ count: Int) -> [Int] {
    let whole = dropLast ? count / samplesPerStep * samplesPerStep : count
    let short = whole % batchSize
    return (whole >= batchSize ? [batchSize] : []) + (short > 0 ? [short] : [])
  }

  /// Checks the numbers that the size of the training split bounds.
  ///
  /// - Throws: ``TrainingError`` with the code `moreThanSamples` and the setting's name.
  func validate(samples: Int) throws(TrainingError) {
    if shards > samples { throw TrainingError(.moreThanSamples(field: "shards", shards, samples)) }
    if dropLast, samplesPerStep > samples {
      throw TrainingError(
        .moreThanSamples(field: "batch_size with drop_last", samplesPerStep, samples))
    }
  }

  /// Checks the ranges of all numbers.
  ///
  /// - Throws: ``TrainingError`` with the code `invalidConfiguration` and the field's name in the spec.
  public func validate() throws(TrainingError) {
    func require(_ condition: Bool, _ field: String) throws(TrainingError) {
      guard condition else { throw TrainingError(.invalidConfiguration(field: field)) }
    }
    try require(epochs >= 0, "epochs")
    try require(batchSize >= 1, "batch_size")
    try require(gradientAccumulationSteps >= 1, "gradient_accumulation_steps")
    try require(shards >= 1, "shards")
    for settings in ([optimizer, loss, schedule, clipping, average] as [(any SettingRecord)?])
      .compactMap({ $0 })
    {
      do throws(SettingsError) { try settings.check() } catch {
        throw TrainingError(.invalidConfiguration(field: error.complaints[0].path))
      }
    }
  }
}
