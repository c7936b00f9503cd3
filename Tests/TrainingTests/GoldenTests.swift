import Autograd
import Kernels
import Testing
import Training
import WorkerPool

/// FNV-1a (64 bits) over the bit patterns, low byte first, of all arrays in order.
func fingerprint(_ tensors: [NamedTensor]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in tensors.flatMap(\.values) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      hash = (hash ^ UInt64(value.bitPattern >> shift & 0xff)) &* 0x100_0000_01b3
    }
  }
  return String(hash, radix: 16)
}

/// Whole trainings whose weights must never change without a new numerics version.
///
/// Each costs less than 0.2 GFLOP.
@Suite("Golden trainings")
struct GoldenTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    var name: String
    var configuration: TrainingConfiguration
    var input: Shape
    var fingerprint: String
    var testDescription: String { name }
  }

  static let goldens: [Golden] = [
    Golden(
      name: "perceptron",
      configuration: TrainingConfiguration(
        model: [
          LayerDescription(.flatten), LayerDescription(.linear(features: 128, bias: true)),
          LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 64, bias: true)),
          LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 10, bias: true)),
        ], epochs: 2, batchSize: 64, seed: 42),
      input: [1, 14, 14], fingerprint: "999112c6e5f1ed62"),
    Golden(
      name: "LeNet-5",
      configuration: TrainingConfiguration(
        model: [
          LayerDescription(.conv2d(.init(channels: 6, kernel: 5, padding: 2))),
          LayerDescription(.activation(.tanh)), LayerDescription(.averagePool(.init(kernel: 2))),
          LayerDescription(.conv2d(.init(channels: 16, kernel: 5))),
          LayerDescription(.activation(.relu)), LayerDescription(.maxPool(.init(kernel: 2))),
          LayerDescription(.flatten), LayerDescription(.linear(features: 120, bias: true)),
          LayerDescription(.activation(.relu)), LayerDescription(.dropout(probability: 0.25)),
          LayerDescription(.linear(features: 10, bias: true)),
        ], epochs: 1, batchSize: 32, seed: 42),
      input: [1, 14, 14], fingerprint: "b71d4a26aace4b09"),
    Golden(
      name: "residual net",
      configuration: TrainingConfiguration(
        model: [
          LayerDescription(.conv2d(.init(channels: 16, kernel: 3, padding: 1, bias: false))),
          LayerDescription(.batchNorm(momentum: 0.1, epsilon: 1e-5)),
          LayerDescription(.activation(.relu)),
          LayerDescription(
            .residual(
              body: [
                LayerDescription(
                  .conv2d(.init(channels: 32, kernel: 3, stride: 2, padding: 1, bias: false))),
                LayerDescription(.batchNorm(momentum: 0.1, epsilon: 1e-5)),
                LayerDescription(.activation(.relu)),
                LayerDescription(.conv2d(.init(channels: 32, kernel: 3, padding: 1, bias: false))),
                LayerDescription(.batchNorm(momentum: 0.1, epsilon: 1e-5)),
              ],
              projection: [
                LayerDescription(.conv2d(.init(channels: 32, kernel: 1, stride: 2, bias: false))),
                LayerDescription(.batchNorm(momentum: 0.1, epsilon: 1e-5)),
              ])),
          LayerDescription(.activation(.relu)), LayerDescription(.globalAveragePool),
          LayerDescription(.linear(features: 10, bias: true)),
        ],
        optimizer: .sgd(
          .init(learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-4)),
        schedule: ScheduleDescription(.cosine()), epochs: 1, batchSize: 16, shards: 2, seed: 42),
      input: [3, 8, 8], fingerprint: "443b4c8441e00ff2"),
  ]

  @Test("end in the weights that are written down", arguments: goldens)
  func weights(of golden: Golden) throws {
    let flat = clusters(count: 200, features: golden.input.count, classes: 10)
    let source = ArraySource(
      inputs: flat.inputs, labels: flat.labels, inputShape: golden.input, classCount: 10)
    for (threads, isa) in [(1, nil), (3, nil)] + InstructionSet.available.map({ (2, Optional($0)) })
    {
      let trainer = try Trainer(
        configuration: golden.configuration, training: source,
        workers: WorkerPool(threads: threads, oversubscribed: true),
        kernels: isa.map { try KernelSet($0) } ?? KernelSet())
      let found = fingerprint(try trainer.finish().model)
      #expect(found == golden.fingerprint, "\(threads) threads, \(isa?.rawValue ?? "best")")
    }
  }
}
