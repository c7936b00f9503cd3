internal import PipelineSpec
internal import Training

extension TrainingConfiguration {
  /// The configuration that the parameters of the step `train` describe.
  ///
  /// - Parameters:
  ///   - parameters: What the schema of ``TrainStep`` accepted.
  ///   - seed: The seed of the stage.
  ///   - sampleCount: The size of the training split: warm-up is given in epochs and counted in steps.
  /// - Throws: ``SettingError`` where the schema and this initializer do not agree.
  init(_ parameters: SpecRecord, seed: UInt64, sampleCount: Int) throws(SettingError) {
    let clipping = parameters["clip_gradients"]?.record
    self.init(
      model: ModelDescription(try LayerDescription.list(try parameters.list("model"))),
      loss: try Self.loss(try parameters.choice("loss")),
      optimizer: try Self.optimizer(try parameters.choice("optimizer")),
      clipping: GradientClipping(
        value: clipping?["value"]?.number, norm: clipping?["norm"]?.number),
      epochs: try parameters.integer("epochs"), batchSize: try parameters.integer("batch_size"),
      gradientAccumulationSteps: parameters["gradient_accumulation_steps"]?.integer ?? 1,
      dropLast: try parameters.boolean("drop_last"), shards: try parameters.integer("shards"),
      seed: seed)
    schedule = try Self.schedule(
      try parameters.choice("schedule"), stepsPerEpoch: stepsPerEpoch(sampleCount))
  }

  private static func loss(
    _ choice: (name: String, settings: SpecRecord)
  ) throws(SettingError) -> LossDescription {
    choice.name == "mean_squared_error"
      ? .meanSquaredError
      : .crossEntropy(labelSmoothing: try choice.settings.number("label_smoothing"))
  }

  private static func optimizer(
    _ choice: (name: String, settings: SpecRecord)
  ) throws(SettingError) -> OptimizerDescription {
    let settings = choice.settings
    if choice.name == "sgd" {
      return .sgd(
        OptimizerDescription.SGD(
          learningRate: try settings.number("learning_rate"),
          momentum: try settings.number("momentum"),
          nesterov: try settings.boolean("nesterov"),
          weightDecay: try settings.number("weight_decay")))
    }
    let adam = OptimizerDescription.Adam(
      learningRate: try settings.number("learning_rate"), beta1: try settings.number("beta1"),
      beta2: try settings.number("beta2"), epsilon: try settings.number("epsilon"),
      weightDecay: try settings.number("weight_decay"))
    return choice.name == "adamw" ? .adamW(adam) : .adam(adam)
  }

  private static func schedule(
    _ choice: (name: String, settings: SpecRecord), stepsPerEpoch: Int
  ) throws(SettingError) -> ScheduleDescription {
    let settings = choice.settings
    let warmUp = settings["warmup_epochs"]?.number ?? 0
    let warmUpSteps = Int((warmUp * Double(stepsPerEpoch)).rounded())
    let course: ScheduleDescription.Course =
      switch choice.name {
      case "step":
        .step(
          everyEpochs: try settings.integer("every_epochs"), factor: try settings.number("factor"))
      case "exponential": .exponential(factor: try settings.number("factor"))
      case "cosine": .cosine(minimum: try settings.number("final"))
      case "one_cycle":
        .oneCycle(
          warmUpShare: try settings.number("warmup_share"), divider: try settings.number("divider"),
          finalDivider: try settings.number("final_divider"))
      default: .constant
      }
    return ScheduleDescription(course, warmUpSteps: warmUpSteps)
  }
}
