internal import Autograd
internal import KernelInterface

extension Trainer {
  /// Computes the gradients of a step: of one batch, or of several, added in their order.
  ///
  /// - Parameter samples: Places in the order of the epoch.
  /// - Returns: The plan of the last batch, not yet committed; the mean loss over all samples; the metrics of the epoch, with these.
  /// - Throws: ``TrainingError`` if a loss is not finite, or what the source throws; then buffers are as before the step.
  func computeGradients(
    of samples: Range<Int>
  ) throws -> (last: BatchPlan, loss: Float, running: RunningMetrics) {
    let first = try computeGradients(of: samples, from: samples.lowerBound)
    var running = progress.running
    first.plan.add(to: &running)
    var (last, loss) = first
    guard let accumulation else { return (last, loss, running) }
    accumulation.begin()
    var start = samples.lowerBound + last.count
    do {
      while start < samples.upperBound {
        accumulation.keep()
        // What a normalization measured of a batch counts before that of the next.
        last.commit()
        let next = try computeGradients(of: samples, from: start)
        accumulation.add()
        next.plan.add(to: &running)
        last = next.plan
        loss += next.loss
        start += last.count
      }
      guard loss.isFinite else { throw failure(.nonFiniteLoss) }
    } catch {
      accumulation.undo()
      throw error
    }
    return (last, loss, running)
  }

  /// Computes the gradients of one batch of a step.
  private func computeGradients(
    of samples: Range<Int>, from start: Int
  ) throws -> (plan: BatchPlan, loss: Float) {
    let plan = plan(min(configuration.batchSize, samples.upperBound - start))
    try plan.load(training, indices: order, from: start, epoch: progress.epoch)
    let loss = plan.forward(step: progress.globalStep, of: samples.count)
    guard loss.isFinite else { throw failure(.nonFiniteLoss) }
    optimizer.zeroGradients()
    plan.backward()
    return (plan, loss)
  }
}

/// What the earlier batches of a step leave behind for the later ones: the sum of their gradients, and the buffers as they were
/// before the step, should a later batch fail.
final class GradientAccumulation {
  private let arena: ParameterArena
  private let sum: FloatStorage
  private let buffers: [Parameter]
  private let before: [FloatStorage]
  private let tape: Tape

  /// Lays out the memory.
  init(of arena: ParameterArena, buffers: [Parameter], on tape: Tape) {
    self.arena = arena
    sum = FloatStorage(count: arena.count)
    self.buffers = buffers
    before = buffers.map { FloatStorage(count: $0.value.count) }
    self.tape = tape
  }

  /// Notes the buffers before the first batch is committed.
  func begin() {
    for (buffer, storage) in zip(buffers, before) { storage.all.assign(buffer.value) }
  }

  /// Puts the gradients of the batches so far aside.
  func keep() {
    arena.zeroMissingGradients()
    tape.parallel(sum.count, work: sum.count) { range in
      sum.slice(range).assign(arena.gradients.slice(range))
    }
  }

  /// Adds what was put aside to the gradients of the batch: sum of the earlier + that of the batch.
  func add() {
    arena.zeroMissingGradients()
    tape.parallel(sum.count, work: sum.count) { range in
      let gradients = arena.gradients.slice(range)
      tape.kernels.add(
        gradients, sum.slice(range), gradients)
    }
  }

  /// Gives the buffers back what they had before the step.
  func undo() {
    for (buffer, storage) in zip(buffers, before) { buffer.value.assign(storage.all) }
  }
}
