internal import Autograd
internal import ContentAddressing
internal import Datasets
internal import Kernels
public import Pipeline
public import PipelineSpec
internal import SafeTensors
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
public struct TrainStep: Step {
  public static let implementationVersion = 5

  public static let dependencies = [StepLibrary.numerics]

  private let parameters: SpecRecord
  private let schedule: CheckpointSchedule

  public init(_ parameters: SpecRecord) throws {
    self.parameters = parameters
    schedule = try CheckpointSchedule(try parameters.record("checkpoint"))
  }

  public func run(in context: StepContext) throws -> StepResult {
    do {
      return try train(context)
    } catch let error as DatasetError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as ModelError {
      throw StepFailure(.invalidSpec, place(of: error) + "\(error)")
    } catch let error as TrainingError {
      throw StepFailure(.failed, "\(error)")
    }
  }

  /// The place of the layer that does not fit, as `file:line:column: `.
  private func place(of error: ModelError) -> String {
    guard let index = error.path.first else { return "" }
    let layers = parameters["model"]?.list ?? []
    guard layers.indices.contains(index), let location = layers[index].location else { return "" }
    return "\(location): "
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
    let (about, data, held) = try context.inputs.reading("data", Self.load)
    let augmentation = try parameters["augment"]?.record.map { try Augmentation($0, of: data) }
    let training = DatasetSource(
      split: data, augmentation: augmentation.map { ($0, seed: context.seed) })
    let validation = held.count > 0 ? DatasetSource(split: held) : nil
    let configuration = try TrainingConfiguration(
      parameters, seed: context.seed, sampleCount: training.count)
    let trainer = try Trainer(
      configuration: configuration, training: training, validation: validation,
      workers: try WorkerPool(threads: context.resources.threads),
      kernels: try KernelSet(named: context.resources.instructionSet))
    let session = TrainingSession(trainer: trainer, context: context, schedule: schedule)
    try context.outputs.requireSpace(session.leastByteCount())
    try session.run()
    let model = ModelFile(
      description: configuration.model, loss: configuration.loss, data: about,
      inputShape: training.inputShape, tensors: trainer.modelTensors)
    try context.outputs.put("model.safetensors", model.encoded())
    try context.outputs.put("history.json", Array(session.history.plainJSON(indentation: 1).utf8))
    try context.outputs.put("layers.json", Array(session.layers.value.plainJSON().utf8))
    try context.outputs.put("trace.csv", session.trace.encoded())
    return StepResult(metrics: session.metrics)
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
