internal import Autograd
internal import ContentAddressing
internal import Datasets
internal import Kernels
public import Pipeline
public import PipelineSpec
internal import SafeTensors
public import Settings
internal import SystemPackage
internal import Training
internal import WorkerPool

/// Trains a model, saving checkpoints on the way, and writes its weights, its history and its trace.
///
/// - `model.safetensors`: parameters and buffers under PyTorch's names and shapes.
/// - `history.json`: loss and accuracy of each epoch, with the SHA-256 of the state after it.
/// - `layers.json`: norm and histogram of each parameter and of its gradient, epoch by epoch.
/// - `trace.csv`: the bits of loss and gradient norm of each step, so that a run that differs names
///   the first step that diverged.
public struct TrainStep: Step, Described {
  public static let schema = StepSchema(
    of: Self.self, version: 2,
    outputs: .fixed(["model.safetensors", "history.json", "layers.json", "trace.csv"]),
    usesSeed: true)

  public static let implementationVersion = 5

  public static let dependencies = [StepLibrary.numerics]

  var data = Input()
  var model: [Layer] = [Layer(Flatten())]
  var augmentation: Augmentation?
  var loss: any LossKind = CrossEntropy()
  var optimizer: any OptimizerKind = Adam()
  var schedule: any ScheduleKind = ConstantSchedule()
  var clipping: GradientClipping?
  var average: (any AverageKind)?
  var weights = Weights.last
  var epochs = 1
  var batchSize = 64
  var gradientAccumulationSteps = 1
  var dropsLast = false
  var shards = 1
  var checkpoint = CheckpointSchedule(everyEpochs: 1)

  public init() {}

  /// Which weights the model has at the end.
  enum Weights: String, CaseIterable { case last, average }

  public func run(in context: StepContext) throws -> StepResult {
    do {
      return try train(context)
    } catch let error as DatasetError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as ModelError {
      throw StepFailure(
        .invalidSpec, context.place(of: "model.\(error.path.first ?? 0)") + "\(error)")
    } catch let error as TrainingError {
      throw StepFailure(.failed, "\(error)")
    }
  }

  /// Opens the data and reads the two splits that a training needs.
  private static func load(
    _ path: FilePath
  ) throws -> (about: DatasetDescription, training: DatasetSplit, validation: DatasetSplit) {
    let file = try DatasetFile(path.string)
    return (file.description, try file.split(.train), try file.split(.validation))
  }

  private func train(_ context: StepContext) throws -> StepResult {
    context.progress.report(0, "loading")
    let (about, samples, held) = try context.inputs.reading(data.path, Self.load)
    if let augmentation { try check(augmentation, on: samples, context) }
    let training = DatasetSource(
      split: samples, augmentation: augmentation.map { ($0, seed: context.seed) })
    let validation = held.count > 0 ? DatasetSource(split: held) : nil
    let configuration = configuration(seed: context.seed)
    let trainer = try Trainer(
      configuration: configuration, training: training, validation: validation,
      workers: try WorkerPool(threads: context.resources.threads),
      kernels: try KernelSet(named: context.resources.instructionSet))
    let session = TrainingSession(trainer: trainer, context: context, schedule: checkpoint)
    try context.outputs.requireSpace(session.leastByteCount())
    try session.run()
    let model = ModelFile(
      description: configuration.model, loss: configuration.loss, data: about,
      inputShape: training.inputShape,
      tensors: weights == .average
        ? trainer.averageTensors ?? trainer.modelTensors : trainer.modelTensors)
    try context.outputs.put("model.safetensors", model.encoded())
    try context.outputs.put("history.json", Array(session.history.plainJSON(indentation: 1).utf8))
    try context.outputs.put("layers.json", Array(session.layers.value.plainJSON().utf8))
    try context.outputs.put("trace.csv", session.trace.encoded())
    return StepResult(metrics: session.metrics)
  }

  /// Refuses a reflection larger than the image.
  private func check(
    _ augmentation: Augmentation, on data: DatasetSplit, _ context: StepContext
  ) throws(StepFailure) {
    guard !augmentation.fits(data.shape) else { return }
    throw StepFailure(
      .invalidSpec,
      context.place(of: "augment.crop_padding")
        + "`augment.crop_padding` is \(augmentation.cropPadding), but the images have "
        + "\(data.shape.height)×\(data.shape.width) pixels and reflect less than that; give fewer, or "
        + "`border: zero`")
  }

  private func configuration(seed: UInt64) -> TrainingConfiguration {
    TrainingConfiguration(
      model: ModelDescription(model), loss: loss, optimizer: optimizer, schedule: schedule,
      clipping: clipping ?? GradientClipping(), epochs: epochs, batchSize: batchSize,
      gradientAccumulationSteps: gradientAccumulationSteps, dropLast: dropsLast, shards: shards,
      average: average, seed: seed)
  }
}

extension KernelSet {
  /// The kernels of the named instruction set, or of the best that the machine has.
  init(named name: String?) throws {
    if let name, let set = InstructionSet(rawValue: name) {
      try self.init(set)
    } else {
      try self.init()
    }
  }
}
