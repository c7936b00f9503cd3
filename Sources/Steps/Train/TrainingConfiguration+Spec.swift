internal import PipelineSpec
internal import Training

extension TrainingConfiguration {
  /// The configuration that the parameters of the step `train` describe.
  ///
  /// - Parameters:
  ///   - parameters: What the schema of ``TrainStep`` accepted.
  ///   - seed: The seed of the stage.
  ///   - sampleCount: The size of the training split: warm-up is given in epochs and counted in steps.
  init(_ parameters: SpecRecord, seed: UInt64, sampleCount: Int) {
    let clipping = parameters["clip_gradients"]?.record
    self.init(
      model: ModelDescription(parameters.list("model").map { LayerDescription($0) }),
      loss: Self.loss(parameters.choice("loss")),
      optimizer: Self.optimizer(parameters.choice("optimizer")),
      clipping: GradientClipping(
        value: clipping?["value"]?.number, norm: clipping?["norm"]?.number),
      epochs: parameters.integer("epochs"), batchSize: parameters.integer("batch_size"),
      gradientAccumulationSteps: parameters["gradient_accumulation_steps"]?.integer ?? 1,
      dropLast: parameters.boolean("drop_last"), shards: parameters.integer("shards"), seed: seed)
    schedule = Self.schedule(
      parameters.choice("schedule"), stepsPerEpoch: stepsPerEpoch(sampleCount))
  }

  private static func loss(_ choice: (name: String, settings: SpecRecord)) -> LossDescription {
    choice.name == "mean_squared_error"
      ? .meanSquaredError
      : .crossEntropy(labelSmoothing: choice.settings.number("label_smoothing"))
  }

  private static func optimizer(
    _ choice: (name: String, settings: SpecRecord)
  ) -> OptimizerDescription {
    let settings = choice.settings
    if choice.name == "sgd" {
      return .sgd(
        OptimizerDescription.SGD(
          learningRate: settings.number("learning_rate"), momentum: settings.number("momentum"),
          nesterov: settings.boolean("nesterov"), weightDecay: settings.number("weight_decay")))
    }
    let adam = OptimizerDescription.Adam(
      learningRate: settings.number("learning_rate"), beta1: settings.number("beta1"),
      beta2: settings.number("beta2"), epsilon: settings.number("epsilon"),
      weightDecay: settings.number("weight_decay"))
    return choice.name == "adamw" ? .adamW(adam) : .adam(adam)
  }

  private static func schedule(
    _ choice: (name: String, settings: SpecRecord), stepsPerEpoch: Int
  ) -> ScheduleDescription {
    let settings = choice.settings
    let warmUp = settings["warmup_epochs"]?.number ?? 0
    let warmUpSteps = Int((warmUp * Double(stepsPerEpoch)).rounded())
    let course: ScheduleDescription.Course =
      switch choice.name {
      case "step":
        .step(everyEpochs: settings.integer("every_epochs"), factor: settings.number("factor"))
      case "exponential": .exponential(factor: settings.number("factor"))
      case "cosine": .cosine(minimum: settings.number("final"))
      case "one_cycle":
        .oneCycle(
          warmUpShare: settings.number("warmup_share"), divider: settings.number("divider"),
          finalDivider: settings.number("final_divider"))
      default: .constant
      }
    return ScheduleDescription(course, warmUpSteps: warmUpSteps)
  }
}
