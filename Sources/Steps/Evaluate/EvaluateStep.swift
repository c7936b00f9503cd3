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

/// Measures a trained model on one split.
///
/// - `evaluation.json`: loss, accuracy, the confusion matrix, precision, recall and F1 of each class.
/// - `predictions.safetensors`: for each sample its label, the predicted class, the probabilities of
///   all classes (the outputs themselves for a model trained with squared error), its loss, and its place in the source.
public struct EvaluateStep: Step, Described {
  public static let implementationVersion = 2

  public static let dependencies = [StepLibrary.numerics]

  public static let word = "evaluate"
  public static let summary =
    "Measure a model on a split: loss, accuracy, confusion matrix, per-class table."

  public static let settings = [
    Setting<Self>(
      "model", \.model, .output, isRequired: true, "The trained model, a safetensors file."),
    Setting("data", \.data, .output, isRequired: true, "The prepared data, an HDF5 file."),
    Setting("split", \.split, .word, "The part of the data to measure on."),
    Setting(
      "batch_size", \.batchSize, .integer(1...1_048_576), role: .execution,
      "The samples computed at once; does not affect the result."),
  ]

  public static let schema = StepSchema(
    of: Self.self, version: 1, outputs: .fixed(["evaluation.json", "predictions.safetensors"]))

  var model = Input()
  var data = Input()
  var split = SplitName.test
  var batchSize = 512

  public init() {}

  public func run(in context: StepContext) throws -> StepResult {
    do {
      return try evaluate(context)
    } catch let error as DatasetError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as SafeTensorsError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as ModelFileError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as SettingsError {
      throw StepFailure(.malformedData, "the model cannot be used: \(error)")
    } catch let error as ModelError {
      throw StepFailure(.invalidSpec, "the model does not fit the data: \(error)")
    } catch let error as TrainingError {
      throw StepFailure(.malformedData, "\(error)")
    }
  }

  private func evaluate(_ context: StepContext) throws -> StepResult {
    let file = try ModelFile(bytes: try context.inputs.bytes(model.path))
    let samples = try context.inputs.reading(data.path) { try DatasetFile($0.string).split(split) }
    let source = DatasetSource(split: samples)
    guard source.inputShape == file.inputShape, source.classCount == file.classNames.count else {
      throw StepFailure(
        .invalidSpec,
        "the model takes samples of \(file.inputShape) in \(file.classNames.count) classes, the data "
          + "has \(source.inputShape) in \(source.classCount)")
    }
    guard source.count > 0 else {
      throw StepFailure(
        .invalidSpec,
        "the split “\(split.rawValue)” is empty; give `validation` in `prepare`, or another `split`"
      )
    }
    context.progress.report(0, "\(source.count) samples")
    let result = try file.model().evaluate(
      source, loss: file.loss, batchSize: min(batchSize, source.count),
      workers: try WorkerPool(threads: context.resources.threads),
      kernels: try KernelSet(named: context.resources.instructionSet))
    let document = EvaluationDocument(
      split: split.rawValue, result: result, data: samples, loss: file.loss)
    try context.outputs.put(
      "evaluation.json", Array(document.value.plainJSON(indentation: 1).utf8))
    try context.outputs.put("predictions.safetensors", document.predictions.encoded())
    return StepResult(metrics: document.metrics)
  }
}
