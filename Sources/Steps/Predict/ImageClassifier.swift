internal import Autograd
internal import Datasets
internal import Kernels
internal import PNG
public import Pipeline
internal import SafeTensors
internal import Training
internal import WorkerPool

/// A trained model that classifies images of IDX and PNG files.
///
/// It normalizes an image as `prepare` normalized the training data, so that an image of the test
/// split gets the same probabilities here as in `evaluate`, bit for bit.
public struct ImageClassifier {
  /// The names of the classes, in the order of the probabilities.
  public let classNames: [String]

  /// Whether scores are probabilities: not so for a model trained with squared error, whose outputs fit 0 and 1.
  public let givesProbabilities: Bool

  private let file: ModelFile
  private let predictor: Predictor

  /// Takes a model that the step `train` wrote.
  ///
  /// - Parameters:
  ///   - model: The bytes of `model.safetensors`.
  ///   - threads: The threads to compute with; no bit depends on them.
  ///   - instructionSet: The instruction set that was asked for, or `nil` for the best.
  /// - Throws: ``StepFailure`` for bytes that are not such a model.
  public init(model: [UInt8], threads: Int, instructionSet: String?) throws(StepFailure) {
    do {
      file = try ModelFile(bytes: model)
      guard file.inputShape.extents.count == 3, file.scale.count == file.inputShape.extents[0],
        file.offset.count == file.scale.count
      else { throw ModelFileError(field: "input") }
      predictor = Predictor(
        try file.model(), workers: try WorkerPool(threads: threads),
        kernels: try KernelSet(named: instructionSet))
    } catch {
      throw StepFailure(.malformedData, "the model cannot be used: \(error)")
    }
    classNames = file.classNames
    givesProbabilities = file.loss.takesLogits
  }

  /// The scores of all classes for each image of a file, in its order: probabilities, or the outputs of a model trained with
  /// squared error.
  ///
  /// - Parameter path: A PNG image, grey or RGB (see ``PNGImage``), or an IDX file, plain or gzip, with
  ///   images of N × H × W, N × C × H × W or N × W.
  /// - Returns: For each image one score a class, in the order of ``classNames``.
  /// - Throws: ``StepFailure`` for a file that is neither, or has images of another shape.
  public func scores(ofFile path: String) throws(StepFailure) -> [[Float]] {
    if PNGImage.isImage(path: path) { return [scores(try pngSample(path))] }
    let images: ImageSet
    do {
      let array = try IDXArray(path: path)
      images = try ImageSet(
        images: array, labels: try Self.labels(array.dimensions.first ?? 0), imageSource: path,
        labelSource: path)
    } catch {
      throw StepFailure(.malformedData, "\(error)")
    }
    try check([images.shape.channels, images.shape.height, images.shape.width], of: path)
    return (0..<images.count).map { scores(sample($0, of: images)) }
  }

  private func scores(_ sample: [Float]) -> [Float] {
    givesProbabilities ? predictor.probabilities(sample) : predictor.outputs(sample)
  }

  private func check(_ shape: Shape, of path: String) throws(StepFailure) {
    guard shape == file.inputShape else {
      throw StepFailure(
        .malformedData,
        "\(path) holds images of \(shape), the model takes \(file.inputShape) "
          + "(channels×height×width); give images of that shape")
    }
  }

  /// The image of a PNG file as the model takes it, of as many channels as the model has.
  ///
  /// The budget of ``PNGImage`` limits the cost of a hostile file.
  private func pngSample(_ path: String) throws(StepFailure) -> [Float] {
    let channels = file.inputShape.extents[0]
    guard channels == 1 || channels == 3 else {
      throw StepFailure(
        .malformedData,
        "\(path) is a PNG image, and the model takes images of \(channels) channels; give an IDX file"
      )
    }
    do {
      let image = try PNGImage(path: path)
      try check([channels, image.height, image.width], of: path)
      return normalized(try image.planes(channels))
    } catch let error as StepFailure {
      throw error
    } catch {
      throw StepFailure(.malformedData, "\(path): \(error)")
    }
  }

  /// One image as the model takes it: normalized as its training data were.
  private func sample(_ index: Int, of images: ImageSet) -> [Float] {
    let place = index * images.shape.count..<(index + 1) * images.shape.count
    return switch images.samples {
    case .bytes(let bytes): normalized(bytes[place])
    case .floats(let floats): normalized(floats[place]) { $0 }
    }
  }

  private func normalized(_ bytes: some Collection<UInt8>) -> [Float] {
    normalized(bytes) { Float($0) }
  }

  private func normalized<Value>(
    _ values: some Collection<Value>, _ number: (Value) -> Float
  ) -> [Float] {
    let extents = file.inputShape.extents
    let area = extents[1] * extents[2]
    return values.enumerated().map { element, value in
      file.offset[element / area].addingProduct(number(value), file.scale[element / area])
    }
  }

  /// Placeholder labels for images of unknown classes.
  private static func labels(_ count: Int) throws(DatasetError) -> IDXArray {
    let size = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
    let bytes =
      [0, 0, IDXArray.ElementType.uint8.rawValue, 1] + size + [UInt8](repeating: 0, count: count)
    var decoder = IDXDecoder(source: "labels")
    try decoder.push(bytes.span)
    return try decoder.finish()
  }
}
