import Autograd
import Foundation
import Kernels
import Testing
import Training
import WorkerPool

/// Steps of two small image networks computed by PyTorch in float64; see Tests/Fixtures/make_image_fixture.py.
struct ImageFixture: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var initial: [String: [Float]]
    var inputs: [Float]
    var labels: [UInt32]
    var losses: [Double]
    var states: [[String: [Double]]]
    var probabilities: [Double]

    var testDescription: String { name }
  }

  var batch: Int
  var steps: Int
  var cases: [Case]

  static let shared: ImageFixture = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/training-images.json")
    do {
      return try JSONDecoder().decode(ImageFixture.self, from: Data(contentsOf: url))
    } catch {
      preconditionFailure("the fixture cannot be read: \(error)")
    }
  }()

  static let models: [String: ModelDescription] = [
    "lenet": [
      Conv2dLayer(channels: 3, kernel: 3, padding: 1),
      Tanh(), AveragePool2d(kernel: 2),
      Conv2dLayer(channels: 4, kernel: 3),
      ReLU(), MaxPool2d(kernel: 2),
      Flatten(), LinearLayer(features: 3),
    ],
    "residual": [
      Conv2dLayer(channels: 4, kernel: 3, padding: 1, bias: false),
      BatchNormLayer(),
      ReLU(),
      ResidualLayer(
        body: [
          Conv2dLayer(channels: 6, kernel: 3, stride: 2, padding: 1, bias: false),
          BatchNormLayer(),
          ReLU(),
          Conv2dLayer(channels: 6, kernel: 3, padding: 1, bias: false),
          BatchNormLayer(),
        ],
        projection: [
          Conv2dLayer(channels: 6, kernel: 1, stride: 2, bias: false),
          BatchNormLayer(),
        ]),
      ReLU(),
      GroupNormLayer(groups: 2),
      LayerNormLayer(), GlobalAveragePool(),
      LinearLayer(features: 3),
    ],
  ]
}

private func trainer(
  _ fixture: ImageFixture.Case, shuffle: Bool = false, epochs: Int = 1, threads: Int = 1,
  shards: Int = 1, isa: InstructionSet? = nil
) throws -> Trainer {
  let source = ArraySource(
    inputs: fixture.inputs, labels: fixture.labels, inputShape: [2, 8, 8], classCount: 3)
  let trainer = try Trainer(
    configuration: TrainingConfiguration(
      model: try #require(ImageFixture.models[fixture.name]),
      optimizer: SGD(learningRate: 0.05, momentum: 0.9), epochs: epochs,
      batchSize: ImageFixture.shared.batch, shuffle: shuffle, shards: shards, seed: 3),
    training: source, workers: WorkerPool(threads: threads, oversubscribed: true),
    kernels: isa.map { try KernelSet($0) } ?? KernelSet())
  for parameter in trainer.model.parameters {
    parameter.values = try #require(fixture.initial[parameter.name])
  }
  return trainer
}

@Suite("Image networks")
struct ImageNetworkTests {
  /// Float32 against float64 over three steps of networks whose normalizations divide by small deviations: some hundred
  /// roundings of 2⁻²⁴ of numbers near 1 on the way to a number, 3·10⁻⁵ at worst.
  static let tolerance = 1e-4

  @Test(
    "agree with PyTorch: losses, parameters, running statistics, inference",
    arguments: ImageFixture.shared.cases)
  func steps(of expected: ImageFixture.Case) throws {
    let trainer = try trainer(expected)
    for step in 0..<ImageFixture.shared.steps {
      let report = try trainer.runStep()
      #expect(abs(Double(report.loss) - expected.losses[step]) <= Self.tolerance)
      #expect(Set(trainer.modelTensors.map(\.name)) == Set(expected.states[step].keys))
      for tensor in trainer.modelTensors {
        let wanted = try #require(expected.states[step][tensor.name])
        #expect(wanted.count == tensor.values.count)
        let worst = zip(tensor.values, wanted).map { abs(Double($0) - $1) }.max() ?? 0
        #expect(worst <= Self.tolerance, "\(tensor.name), step \(step)")
      }
    }
    let source = ArraySource(
      inputs: expected.inputs, labels: expected.labels, inputShape: [2, 8, 8], classCount: 3)
    let evaluation = try trainer.model.evaluate(
      source, batchSize: 5, workers: WorkerPool(threads: 1), kernels: KernelSet())
    let worst =
      zip(evaluation.probabilities, expected.probabilities)
      .map { abs(Double($0) - $1) }.max() ?? 1
    #expect(worst <= Self.tolerance)
  }

  @Test(
    "give the same bits on any number of threads, with shards",
    arguments: ImageFixture.shared.cases, [1, 2, 3])
  func threads(of fixture: ImageFixture.Case, shards: Int) throws {
    let one = try trainer(fixture, shuffle: true, epochs: 2, shards: shards).finish()
    for threads in [2, 3, 7] {
      let many = try trainer(
        fixture, shuffle: true, epochs: 2, threads: threads, shards: shards
      ).finish()
      #expect(many.bits == one.bits, "\(threads) threads")
    }
  }

  @Test("give the same bits on every instruction set", arguments: ImageFixture.shared.cases)
  func instructionSets(of fixture: ImageFixture.Case) throws {
    let best = try trainer(fixture, shuffle: true, epochs: 2).finish()
    for isa in InstructionSet.available {
      let other = try trainer(fixture, shuffle: true, epochs: 2, isa: isa).finish()
      #expect(other.bits == best.bits, "\(isa)")
    }
  }

  @Test(
    "go on from any step with the bits of an uninterrupted run",
    arguments: ImageFixture.shared.cases)
  func resume(of fixture: ImageFixture.Case) throws {
    var states: [TrainingState] = []
    let whole = try trainer(fixture, shuffle: true, epochs: 2)
    while !whole.isFinished {
      _ = try whole.runEpoch { _ in states.append(try whole.exportState()) }
    }
    let end = try whole.exportState()
    for state in states {
      let resumed = try trainer(fixture, shuffle: true, epochs: 2)
      try resumed.restore(state)
      #expect(try resumed.finish().bits == end.bits, "from step \(state.progress.globalStep)")
    }
  }

  @Test("give a sample the same bits in any batch", arguments: ImageFixture.shared.cases)
  func batches(of fixture: ImageFixture.Case) throws {
    let trainer = try trainer(fixture)
    _ = try trainer.runEpoch()
    let source = ArraySource(
      inputs: fixture.inputs, labels: fixture.labels, inputShape: [2, 8, 8], classCount: 3)
    let workers = try WorkerPool(threads: 2, oversubscribed: true)
    let kernels = try KernelSet()
    let whole = try trainer.model.evaluate(source, workers: workers, kernels: kernels)
    for size in [1, 5] {
      let part = try trainer.model.evaluate(
        source, batchSize: size, workers: workers, kernels: kernels)
      #expect(part.probabilities.map(\.bitPattern) == whole.probabilities.map(\.bitPattern))
    }
    let predictor = Predictor(trainer.model, workers: workers, kernels: kernels)
    #expect(
      predictor.probabilities(Array(fixture.inputs.prefix(128))).map(\.bitPattern)
        == whole.probabilities.prefix(3).map(\.bitPattern))
  }
}
