import Autograd
import Foundation
import Kernels
import RandomStreams
import Training
import WorkerPool

/// A network that is trained again and again from the same initial weights over the same order of samples.
final class TrainingRun {
  static let seed: UInt64 = 42

  let network: Network
  private let trainer: Trainer
  private let initial: TrainingState
  private let steps: Int

  /// Lays out memory and warms up; a repetition has `steps` steps, or the network's own number.
  init(
    _ network: Network, samples: Samples, threads: Int, kernels: KernelSet, steps: Int? = nil
  ) throws {
    self.network = network
    trainer = try Trainer(
      configuration: TrainingConfiguration(
        model: network.model, epochs: 1_000_000, batchSize: network.batch, seed: Self.seed),
      training: samples, workers: WorkerPool(threads: threads), kernels: kernels)
    initial = try trainer.exportState()
    let all = trainer.stepsPerEpoch
    self.steps = min(steps ?? network.steps ?? all, all)
    isWholeEpoch = steps == nil && network.steps == nil
    samplesSeen = self.steps == all ? samples.count : self.steps * network.batch
    try warmUp()
  }

  private let isWholeEpoch: Bool
  private let samplesSeen: Int

  /// Processor seconds of all threads in the last repetition: less shaken than wall-clock time when others use the machine.
  private(set) var processorTime = 0.0

  /// Memory is laid out for each size of batch when it is first met, the short last one too.
  private func warmUp() throws {
    if isWholeEpoch { _ = try repetition() } else { for _ in 0..<3 { _ = try trainer.runStep() } }
  }

  /// Trains from the initial weights; returns the time and the mean loss of all samples seen.
  func repetition() throws -> (seconds: Double, loss: Double) {
    try trainer.restore(initial)
    var loss = 0.0
    let started = processorSeconds()
    let time = try seconds {
      if isWholeEpoch {
        loss = try trainer.runEpoch().training.loss
      } else {
        for _ in 0..<steps { loss += Double(try trainer.runStep().loss) / Double(steps) }
      }
    }
    processorTime = processorSeconds() - started
    return (time, loss)
  }

  /// Seconds of an epoch, or milliseconds of a step, and their rates.
  func measure(repetitions: Int, row: String? = nil) throws -> Measurement {
    var result = Measurement(row: row ?? network.name, unit: isWholeEpoch ? "s" : "ms a step")
    var loss = 0.0
    var busy = Double.infinity
    for _ in 0..<repetitions {
      let repetition = try repetition()
      loss = repetition.loss
      busy = min(busy, processorTime)
      result.values.append(
        isWholeEpoch ? repetition.seconds : repetition.seconds / Double(steps) * 1e3)
    }
    let time = isWholeEpoch ? result.median : result.median * 1e-3 * Double(steps)
    result.facts = [
      ("gflops", network.operations * Double(samplesSeen) / time * 1e-9),
      ("us_a_step", time / Double(steps) * 1e6), ("cpu_us_a_step", busy / Double(steps) * 1e6),
      ("loss", loss),
    ]
    return result
  }

  /// Writes the initial weights in PyTorch's order, and the order in which the samples are seen, for the peers.
  func export(to folder: URL, count: Int) throws {
    let values = initial.model.flatMap(\.values)
    let order = Permutation(count: count, seed: Self.seed, epoch: 0).order
    try values.withUnsafeBytes { Data($0) }
      .write(to: folder.appendingPathComponent("\(network.name).weights"))
    try order.withUnsafeBytes { Data($0) }
      .write(to: folder.appendingPathComponent("\(network.name).order"))
  }
}
