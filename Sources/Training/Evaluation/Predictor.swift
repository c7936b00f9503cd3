internal import Autograd
internal import KernelInterface
public import Kernels
public import WorkerPool

/// Answers for single samples, without allocating memory after its creation.
public final class Predictor {
  private let tape: Tape
  private let input: Tensor
  private let output: Tensor
  private let probabilities: FloatStorage
  private let size: Int

  /// The number of classes.
  public let classCount: Int

  /// Lays out memory for one sample.
  public init(_ model: Model, workers: WorkerPool, kernels: KernelSet) {
    tape = Tape(workers: workers, kernels: kernels)
    tape.isTraining = false
    tape.runsOnRecord = false
    size = model.summary.input.count
    input = tape.input(shape: model.summary.input.batch(of: 1))
    output = model(input)
    classCount = output.shape.count
    probabilities = FloatStorage(count: classCount)
  }

  /// The model's outputs for one sample, before softmax; the bits are those of any batch that holds the sample.
  ///
  /// - Parameters:
  ///   - sample: The elements in the order C, H, W.
  ///   - outputs: Room for `classCount` values.
  public func predict(_ sample: Span<Float>, into outputs: inout MutableSpan<Float>) {
    precondition(sample.count == size, "a sample has \(size) elements, not \(sample.count)")
    precondition(outputs.count == classCount, "there are \(classCount) outputs")
    let shape = input.shape
    let value = input.variable.value
    if shape.isInterleaved {
      let (channels, positions) = (shape[1], shape[2] * shape[3])
      for channel in 0..<channels {
        for position in 0..<positions {
          value[position * channels + channel] = sample[channel * positions + position]
        }
      }
    } else {
      value.assign(sample)
    }
    tape.replay()
    let result = output.variable.value
    for index in 0..<classCount { outputs[index] = result[index] }
  }

  /// The model's outputs for one sample, before softmax.
  public func outputs(_ sample: [Float]) -> [Float] {
    var outputs = [Float](repeating: 0, count: classCount)
    var span = outputs.mutableSpan
    predict(sample.span, into: &span)
    return outputs
  }

  /// The probabilities of all classes for one sample: softmax of the outputs.
  public func probabilities(_ sample: [Float]) -> [Float] {
    probabilities.all.assign(outputs(sample))
    let values = probabilities.all
    tape.kernels.softmax(
      values, values, rowStride: classCount, rows: 1, columns: classCount)
    return values.array
  }
}
