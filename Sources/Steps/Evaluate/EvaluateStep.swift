internal import ContentAddressing
internal import Datasets
internal import Kernels
public import Pipeline
public import PipelineSpec
internal import SafeTensors
internal import SystemPackage
internal import Training
internal import WorkerPool

/// Measures a trained model on one split.
///
/// - `evaluation.json`: loss, accuracy, the confusion matrix, precision, recall and F1 of each class.
/// - `predictions.safetensors`: for each sample its label, the predicted class, the probabilities of
///   all classes (the outputs themselves for a model trained with squared error), its loss, and its place in the source.
public struct EvaluateStep: Step {
  public static let implementationVersion = 2

  public static let dependencies = [StepLibrary.numerics]

  private let split: SplitName
  private let batchSize: Int

  public init(_ parameters: SpecRecord) throws {
    split = SplitName(rawValue: try parameters.string("split")) ?? .test
    batchSize = try parameters.integer("batch_size")
  }

  public func run(in context: StepContext) throws -> StepResult {
    do {
      return try evaluate(context)
    } catch let error as DatasetError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as SafeTensorsError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as ModelFileError {
      throw StepFailure(.malformedData, "\(error)")
    } catch let error as ModelError {
      throw StepFailure(.invalidSpec, "the model does not fit the data: \(error)")
    } catch let error as TrainingError {
      throw StepFailure(.malformedData, "\(error)")
    }
  }

  private func evaluate(_ context: StepContext) throws -> StepResult {
    let file = try ModelFile(bytes: try context.inputs.bytes("model"))
    let data = try context.inputs.reading("data") { try DatasetFile($0.string).split(split) }
    let source = DatasetSource(split: data)
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
      split: split.rawValue, result: result, data: data, loss: file.loss)
    try context.outputs.put(
      "evaluation.json", Array(document.value.plainJSON(indentation: 1).utf8))
    try context.outputs.put("predictions.safetensors", document.predictions.encoded())
    return StepResult(metrics: document.metrics)
  }
}
