internal import Autograd
public import Kernels
public import WorkerPool

extension Model {
  /// Loss, accuracy, predictions and probabilities over all samples of a source.
  ///
  /// - Parameters:
  ///   - source: The samples.
  ///   - loss: The loss to measure.
  ///   - batchSize: The samples computed at once; it changes no bit of a sample.
  ///   - workers: The threads to use.
  ///   - kernels: The instruction set to use.
  /// - Returns: What the model did on every sample.
  /// - Throws: What the source throws.
  public func evaluate(
    _ source: any SampleSource, loss: any LossKind = CrossEntropy(), batchSize: Int = 1000,
    workers: WorkerPool, kernels: KernelSet
  ) throws -> Evaluation {
    let evaluator = Evaluator(
      self, loss: loss, batchSize: batchSize, like: Tape(workers: workers, kernels: kernels))
    return try evaluator.run(source: source, keepingSamples: true)
  }

  /// Gives the model the parameters and buffers of a state.
  ///
  /// - Throws: ``TrainingError`` if an array is missing, unknown or of another shape; then nothing has changed.
  public func load(_ tensors: [NamedTensor]) throws(TrainingError) {
    let table = try TensorTable(tensors, expected: parameters.map { ($0.name, $0.shape) })
    for parameter in parameters { parameter.values = table[parameter.name] }
  }
}
