internal import Autograd
internal import Datasets
internal import Kernels
public import Pipeline
internal import SafeTensors
internal import Training
internal import WorkerPool

/// A trained model that answers for images of any IDX file.
///
/// It does to an image what `prepare` did to those it was trained with, so that an image of the test
/// split gets the same probabilities here as in `evaluate`, bit for bit.
public struct ImageClassifier {
  /// The names of the classes, in the order of the probabilities.
  public let classNames: [String]

  private let file: ModelFile
  private let predictor: Predictor

  /// Takes a model that the step `train` wrote.
  ///
  /// - Parameters:
  ///   - model: The bytes of `model.safetensors`.
  ///   - threads: The threads to compute with; no bit depends on them.
  ///   - instructionSet: The instruction set that was asked for, or `nil` for the best.
  /// - Throws: ``StepFailure`` for bytes that are no such model.
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
  }

  /// The probabilities of all classes for each image of an IDX file, plain or gzip, in its order.
  ///
  /// - Parameter path: Images of N × H × W, N × C × H × W or N × W.
  /// - Throws: ``StepFailure`` for a file that is none, or holds images of another shape.
  public func probabilities(ofFile path: String) throws(StepFailure) -> [[Float]] {
    let images: ImageSet
    do {
      let array = try IDXArray(path: path)
      images = try ImageSet(
        images: array, labels: try Self.labels(array.dimensions.first ?? 0), imageSource: path,
        labelSource: path)
    } catch {
      throw StepFailure(.malformedData, "\(error)")
    }
    let shape: Shape = [images.shape.channels, images.shape.height, images.shape.width]
    guard shape == file.inputShape else {
      throw StepFailure(
        .malformedData,
        "\(path) holds images of \(shape), the model takes \(file.inputShape) "
          + "(channels×height×width); give images of that shape")
    }
    return (0..<images.count).map { predictor.probabilities(sample($0, of: images)) }
  }

  /// One image as the model takes it: normalized as its training data were.
  private func sample(_ index: Int, of images: ImageSet) -> [Float] {
    let size = images.shape.count
    func values(_ value: (Int) -> Float) -> [Float] {
      (0..<size).map { element in
        let channel = element / images.shape.area
        return file.offset[channel].addingProduct(
          value(index * size + element), file.scale[channel])
      }
    }
    return switch images.samples {
    case .bytes(let bytes): values { Float(bytes[$0]) }
    case .floats(let floats): values { floats[$0] }
    }
  }

  /// Labels that say nothing, for images whose classes nobody knows.
  private static func labels(_ count: Int) throws(DatasetError) -> IDXArray {
    let size = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
    let bytes = [0, 0, IDXArray.ElementType.uint8.rawValue, 1] + size + [UInt8](repeating: 0, count: count)
    var decoder = IDXDecoder(source: "labels")
    try decoder.push(bytes.span)
    return try decoder.finish()
  }
}
