internal import ArtifactStore
internal import ContentAddressing
internal import Datasets
public import Pipeline
public import PipelineSpec
public import Settings
internal import SystemPackage

/// Reads, splits and normalizes data and writes one HDF5 file.
///
/// The validation samples are chosen by (seed, class); the statistics are those of the training split
/// only, so that nothing of validation or test leaks into training.
public struct PrepareStep: Step, Described {
  public static let schema = StepSchema(
    of: Self.self, version: 1, outputs: .fixed(["dataset.h5"]), usesSeed: true)

  public static let implementationVersion = 1

  public static let dependencies = [StepLibrary.numerics, StepLibrary.hdf5]

  var format = IDXFormat.word
  var training = SplitSources()
  var test: SplitSources?
  var validation: ValidationSplit?
  var normalization: any NormalizationKind = Standardization()
  var classNames: [String]?

  public init() {}

  public func run(in context: StepContext) throws -> StepResult {
    do {
      return try prepare(context)
    } catch let error as DatasetError {
      throw StepFailure(.malformedData, message(for: error, context))
    } catch is CancellationError {
      throw StepFailure(.cancelled, "interrupted")
    }
  }

  /// A message that names settings and their files instead of the objects of the store.
  private func message(for error: DatasetError, _ context: StepContext) -> String {
    var settings: [String: [String]] = [:]
    for input in context.inputs.names {
      guard let path = try? context.inputs.path(input).string else { continue }
      settings[path, default: []].append(input)
    }
    var message = "\(error)"
    if case .label = error.code {
      // Of images and labels, the labels are reported as wrong.
      settings[error.source] = settings[error.source]?.map {
        $0.replacing(".images", with: ".labels")
      }
      if let classNames {
        message += "; `class_names` has \(classNames.count) names, and each label needs one"
      }
    }
    let written = Dictionary(
      context.parameters.inputs.map { ($0.path, Self.text(of: $0.source)) },
      uniquingKeysWith: { $1 })
    for (path, inputs) in settings {
      let names = inputs.map { input in
        "`\(input)`" + (written[input].map { " (\($0))" } ?? "")
      }
      message = message.replacing(path, with: names.joined(separator: " and "))
    }
    return message
  }

  private static func text(of source: InputSource) -> String {
    switch source {
    case .stage(let reference): "\(reference)"
    case .path(let path): path
    }
  }

  /// Reports classes without a training sample: the greatest label may be an error.
  private func noteEmptyClasses(_ preparation: DatasetPreparation, _ context: StepContext) {
    guard preparation.classNames == nil else { return }
    let labels = Set(preparation.training.labels)
    guard let greatest = labels.max(), labels.count <= greatest else { return }
    context.progress.note(
      "the labels go up to \(greatest), but only \(labels.count) of these \(greatest + 1) classes "
        + "have a training sample; is a label wrong?")
  }

  private func prepare(_ context: StepContext) throws -> StepResult {
    context.progress.report(0, "reading")
    let source = try training.source(in: format)
    let testSource = try test?.source(in: format)
    var preparation = DatasetPreparation(
      training: try images(source, context), test: try testSource.map { try images($0, context) })
    preparation.validation = validation ?? ValidationSplit()
    preparation.normalization = normalization
    preparation.seed = context.seed
    preparation.classNames = classNames ?? type(of: source).classNames
    preparation.numericsVersion = StepLibrary.numericsVersion
    preparation.sources = try (source.files + (testSource?.files ?? [])).map { input in
      .init(
        name: input.path, digest: try context.inputs.content(input.path).digest.description)
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
      // The sources are not HDF5: errors of HDF5 here concern writing, not the user's data.
      guard case .hdf5(let failure) = error.code else { throw error }
      throw StepFailure(.inputOutput, "\(failure)")
    }
    try context.outputs.adopt("dataset.h5", from: path)
    noteEmptyClasses(preparation, context)
    return StepResult(metrics: metrics(of: prepared))
  }

  private func images(_ source: any DataFormat, _ context: StepContext) throws -> ImageSet {
    func read() throws -> ImageSet {
      try source.read(try source.files.map { try context.inputs.path($0.path).string })
    }
    // Once more where that fails: as `StepInputs.reading` does, for several files.
    do { return try read() } catch { return try read() }
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
