internal import Autograd
internal import KernelInterface
internal import Synchronization

/// The recorded operations of a batch of one size, and the memory that they run in again and again.
///
/// Laid out once; running it allocates nothing.
final class BatchPlan {
  /// The rows of the batch.
  let count: Int
  /// The recording.
  let tape: Tape
  /// The model's output, `[count, outputs]`.
  let output: Tensor
  private let input: Tensor
  /// The elements of a sample.
  private let size: Int
  private let labels: Labels
  private let samples: WordStorage
  private let planes: FloatStorage?
  private let predictions: WordStorage
  private let loss: Tensor
  private let operation: any LossOperation
  private let losses: FloatSlice

  /// Records the model and its loss for batches of `count` samples.
  init(
    _ model: Model, loss kind: any LossKind, count: Int, training: Bool, like tape: Tape
  ) {
    let plan = Tape(workers: tape.workers, kernels: tape.kernelSet, shards: tape.shards)
    plan.isTraining = training
    plan.runsOnRecord = false
    plan.keepsGradients = false
    self.count = count
    self.tape = plan
    labels = Labels(count: count)
    samples = WordStorage(count: count)
    predictions = WordStorage(count: count)
    plan.samples = samples
    let shape = model.summary.input.batch(of: count)
    input = plan.input(shape: shape)
    size = model.summary.input.count
    planes = shape.isInterleaved ? FloatStorage(count: shape.count) : nil
    output = model(input)
    let recorded = kind.record(output, labels)
    operation = recorded.operation
    loss = recorded.mean
    losses = operation.losses
  }

  /// Draws the samples `indices[start ..< start + count]` of a source, as the epoch sees them or, without one, as they are.
  func load(
    _ source: any SampleSource, indices: WordStorage, from start: Int, epoch: Int? = nil
  ) throws {
    let target = planes?.all ?? input.variable.value
    let failure = Mutex<(any Error)?>(nil)
    tape.parallel(count, work: count * size) { rows in
      do {
        for row in rows { samples[row] = indices[start + row] }
        try samples.withMutableSpan(rows) { numbers in
          try labels.storage.withMutableSpan(rows) { labels in
            try target[rows.lowerBound * size..<rows.upperBound * size].withMutableSpan { inputs in
              if let epoch {
                try source.gather(numbers.span, epoch: epoch, inputs: &inputs, labels: &labels)
              } else {
                try source.gather(numbers.span, inputs: &inputs, labels: &labels)
              }
            }
          }
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    guard let planes else { return }
    let shape = input.shape
    tape.parallel(count, work: count * size) { rows in
      let start = rows.lowerBound * size
      tape.kernels.interleave(
        input.variable.value[start...], planes.all[start...], toInterleaved: true,
        images: rows.count, channels: shape[1], positions: shape[2] * shape[3])
    }
  }

  /// Runs the model and the loss on what was loaded.
  ///
  /// - Parameters:
  ///   - step: The step, by which dropout draws.
  ///   - sampleCount: The samples of the step, of which the batch may be a part.
  /// - Returns: The sum of the batch's losses over `sampleCount`: their mean where the batch is the step.
  func forward(step: Int = 0, of sampleCount: Int? = nil) -> Float {
    tape.step = UInt32(truncatingIfNeeded: step)
    operation.sampleCount = sampleCount ?? count
    tape.replay()
    return loss.item
  }

  /// Runs the pullbacks.
  func backward() { loss.backward() }

  /// Takes over the running statistics of the last forward pass.
  func commit() { tape.commit() }

  /// Adds the losses and hits of the batch's samples, in their order.
  func add(to metrics: inout RunningMetrics) {
    let columns = output.shape[1]
    tape.kernels.rowArgmax(
      predictions.all, output.variable.value, rowStride: columns, rows: count,
      columns: columns)
    for row in 0..<count {
      metrics.lossSum += Double(losses[row])
      if predictions[row] == labels[row] { metrics.correct += 1 }
    }
    metrics.samples += count
  }

  /// The loss, label and prediction of a row, after ``add(to:)``.
  func sample(_ row: Int) -> (loss: Float, label: UInt32, prediction: UInt32) {
    (losses[row], labels[row], predictions[row])
  }
}
