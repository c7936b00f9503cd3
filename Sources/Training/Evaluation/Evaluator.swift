internal import Autograd
internal import KernelInterface

/// Runs a model over a source, batch by batch; the bits of a sample do not depend on the size of the batches.
final class Evaluator {
  private let model: Model
  private let loss: any LossKind
  private let template: Tape
  private let batchSize: Int
  private var plans: [Int: BatchPlan] = [:]

  init(_ model: Model, loss: any LossKind, batchSize: Int, like tape: Tape) {
    self.model = model
    self.loss = loss
    self.batchSize = max(1, batchSize)
    template = tape
  }

  /// Evaluates all samples in their order.
  ///
  /// - Parameters:
  ///   - source: The samples.
  ///   - keepingSamples: Whether the result names what the model did on each of them.
  ///   - beforeBatch: Called before every batch; what it throws ends the evaluation.
  /// - Returns: The figures over all samples.
  /// - Throws: What the source and `beforeBatch` throw.
  func run(
    source: any SampleSource, keepingSamples: Bool, beforeBatch: () throws -> Void = {}
  ) throws -> Evaluation {
    let indices = WordStorage((0..<UInt32(source.count)).map { $0 })
    var metrics = RunningMetrics()
    var labels: [UInt32] = []
    var predictions: [UInt32] = []
    var losses: [Float] = []
    var probabilities: [Float] = []
    var start = 0
    while start < source.count {
      try beforeBatch()
      let count = min(batchSize, source.count - start)
      let plan = plan(count)
      try plan.load(source, indices: indices, from: start)
      _ = plan.forward()
      plan.add(to: &metrics)
      if keepingSamples {
        for row in 0..<count {
          let sample = plan.sample(row)
          labels.append(sample.label)
          predictions.append(sample.prediction)
          losses.append(sample.loss)
        }
        probabilities += loss.takesLogits ? plan.probabilities() : plan.output.values
      }
      start += count
    }
    return Evaluation(
      metrics: metrics.metrics, classCount: source.classCount, labels: labels,
      predictions: predictions, losses: losses, probabilities: probabilities)
  }

  private func plan(_ count: Int) -> BatchPlan {
    if let plan = plans[count] { return plan }
    let plan = BatchPlan(model, loss: loss, count: count, training: false, like: template)
    plans[count] = plan
    return plan
  }
}

extension BatchPlan {
  /// Softmax of each row of the output.
  func probabilities() -> [Float] {
    let columns = output.shape[1]
    let value = output.variable.value
    return tape.withScratch(value.count) { scratch in
      tape.kernels.softmax(
        scratch, value, rowStride: columns, rows: count, columns: columns)
      return scratch.array
    }
  }
}
