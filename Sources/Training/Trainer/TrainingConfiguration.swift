/// Everything but the data that decides what a training run computes.
public struct TrainingConfiguration: Hashable, Sendable {
  /// The layers; none where the trainer is given a module of one's own.
  public var model: ModelDescription
  /// What is made small.
  public var loss: LossDescription
  /// How the parameters change.
  public var optimizer: OptimizerDescription
  /// How the learning rate goes.
  public var schedule: ScheduleDescription
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
  /// The share of the moving average of the parameters that a step keeps, 0 ≤ d < 1; nil keeps none.
  public var averageDecay: Double?
  /// The seed of initial parameters, order and dropout.
  public var seed: UInt64

  /// Creates a configuration.
  public init(
    model: ModelDescription = [], loss: LossDescription = .crossEntropy(),
    optimizer: OptimizerDescription = .adam(OptimizerDescription.Adam()),
    schedule: ScheduleDescription = ScheduleDescription(),
    clipping: GradientClipping = GradientClipping(), epochs: Int, batchSize: Int,
    gradientAccumulationSteps: Int = 1, dropLast: Bool = false, shuffle: Bool = true,
    shards: Int = 1, averageDecay: Double? = nil,
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
    self.averageDecay = averageDecay
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
    if gradientAccumulationSteps > 1, samplesPerStep > samples {
      throw TrainingError(
        .moreThanSamples(
          field: "batch_size × gradient_accumulation_steps", samplesPerStep, samples))
    }
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
    try require(optimizer.learningRate.isFinite && optimizer.learningRate >= 0, "learning_rate")
    switch optimizer {
    case .sgd(let sgd):
      try require(sgd.momentum >= 0 && sgd.momentum < 1, "momentum")
      try require(!sgd.nesterov || sgd.momentum > 0, "nesterov")
      try require(sgd.weightDecay >= 0 && sgd.weightDecay.isFinite, "weight_decay")
    case .adam(let adam), .adamW(let adam):
      try require(adam.beta1 >= 0 && adam.beta1 < 1, "beta1")
      try require(adam.beta2 >= 0 && adam.beta2 < 1, "beta2")
      try require(adam.epsilon > 0 && adam.epsilon.isFinite, "epsilon")
      try require(adam.weightDecay >= 0 && adam.weightDecay.isFinite, "weight_decay")
    }
    if case .crossEntropy(let smoothing) = loss {
      try require(smoothing >= 0 && smoothing < 1, "label_smoothing")
    }
    if let value = clipping.value { try require(value > 0, "clip value") }
    if let norm = clipping.norm { try require(norm > 0, "clip norm") }
    if let decay = averageDecay { try require(decay >= 0 && decay < 1, "ema decay") }
    try require(schedule.warmUpSteps >= 0, "warm-up steps")
  }
}
