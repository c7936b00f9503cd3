internal import ArtifactStore
internal import ContentAddressing
internal import Datasets
public import Pipeline
public import PipelineSpec
internal import SystemPackage

/// Reads, splits and normalizes data and writes one HDF5 file.
///
/// The validation samples are chosen by (seed, class); the statistics are those of the training split
/// only, so that nothing of validation or test leaks into training.
public struct PrepareStep: Step {
  public static let implementationVersion = 1

  public static let dependencies = [StepLibrary.numerics, StepLibrary.hdf5]

  private let validation: ValidationSplit
  private let normalization: Normalization
  private let classNames: [String]?

  public init(_ parameters: SpecRecord) throws {
    validation = Self.validation(parameters["validation"]?.record)
    normalization = Self.normalization(parameters.choice("normalize"))
    classNames = parameters["class_names"]?.list?.compactMap(\.string)
  }

  private static func validation(_ settings: SpecRecord?) -> ValidationSplit {
    guard let settings else { return .none }
    let isStratified = settings.boolean("stratified")
    if let count = settings["count"]?.integer {
      return ValidationSplit(.count(count), isStratified: isStratified)
    }
    return ValidationSplit(.fraction(settings.number("fraction")), isStratified: isStratified)
  }

  private static func normalization(
    _ choice: (name: String, settings: SpecRecord)
  ) -> Normalization {
    let settings = choice.settings
    switch choice.name {
    case "standardize": return .standardize
    case "scale":
      let range = settings.list("range").compactMap(\.number)
      return .scale(range[0], range[1])
    case "fixed":
      return .fixed(
        mean: settings.list("mean").compactMap(\.number),
        standardDeviation: settings.list("std").compactMap(\.number))
    default: return .none
    }
  }

  public func run(in context: StepContext) throws -> StepResult {
    do {
      return try prepare(context)
    } catch let error as DatasetError {
      throw StepFailure(.malformedData, "\(error)")
    } catch is CancellationError {
      throw StepFailure(.cancelled, "interrupted")
    }
  }

  private func prepare(_ context: StepContext) throws -> StepResult {
    context.progress.report(0, "reading")
    var preparation = DatasetPreparation(
      training: try images("train", context), test: try images("test", context))
    preparation.validation = validation
    preparation.normalization = normalization
    preparation.seed = context.seed
    preparation.classNames = classNames
    preparation.numericsVersion = StepLibrary.numericsVersion
    preparation.sources = Self.fields.map { field in
      .init(name: field, digest: context.inputs.content(field).digest.description)
    }
    try context.outputs.requireSpace(preparation.leastByteCount)
    let path = try context.outputs.temporaryPath(for: "dataset.h5")
    let prepared: PreparedDataset
    do {
      prepared = try preparation.write(
        to: path.string,
        progress: { done, total in
          context.progress.report(Double(done) / Double(total), "\(done) of \(total) samples")
        },
        isCancelled: { context.cancellation.isRequested })
    } catch let error as DatasetError {
      // The sources are IDX: what goes wrong with HDF5 here is the writing, not somebody's data.
      guard case .hdf5(let failure) = error.code else { throw error }
      throw StepFailure(.inputOutput, "\(failure)")
    }
    try context.outputs.adopt("dataset.h5", from: path)
    return StepResult(metrics: metrics(of: prepared))
  }

  private static let fields = ["train.images", "train.labels", "test.images", "test.labels"]

  private func images(_ split: String, _ context: StepContext) throws -> ImageSet {
    try context.inputs.reading("\(split).images") { images in
      try context.inputs.reading("\(split).labels") { labels in
        try ImageSet(idxImages: images.string, idxLabels: labels.string)
      }
    }
  }

  private func metrics(of prepared: PreparedDataset) -> StageMetrics {
    var metrics: StageMetrics = [
      "classes": .integer(prepared.classNames.count),
      "sample_shape": [
        .integer(prepared.shape.channels), .integer(prepared.shape.height),
        .integer(prepared.shape.width),
      ],
    ]
    for (split, count) in prepared.counts { metrics["\(split.rawValue)_samples"] = .integer(count) }
    return metrics
  }
}

extension DatasetPreparation {
  /// The size in bytes below which the file cannot be: values, labels and indices.
  fileprivate var leastByteCount: Int {
    [training, test].compactMap { $0 }.reduce(0) { $0 + $1.count * (4 * $1.shape.count + 16) }
  }
}
