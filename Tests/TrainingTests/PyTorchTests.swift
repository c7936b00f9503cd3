import Autograd
import Kernels
import Settings
import Testing
import Training
import WorkerPool

@Suite("Training steps computed by PyTorch in double precision")
struct PyTorchTests {
  /// Float32 against float64 over five steps: each of the ≤ 40 roundings on the way to a number errs by 2⁻²⁴ of numbers
  /// below 4, which is 10⁻⁵ at worst and about 10⁻⁶ in practice.
  static let tolerance = 1e-5

  @Test(
    "are met by ours: losses, norms, gradients, parameters", arguments: TrainingFixture.shared.cases
  )
  func steps(of expected: TrainingFixture.Case) throws {
    let trainer = try Self.trainer(for: expected, batchSize: TrainingFixture.shared.batch)
    for step in 0..<TrainingFixture.shared.steps { try check(trainer, expected, step: step) }
  }

  @Test(
    "are met by gradients accumulated over batches of any size, the last one short too",
    arguments: TrainingFixture.shared.cases, 1...5)
  func accumulated(to expected: TrainingFixture.Case, batchSize: Int) throws {
    let fixture = TrainingFixture.shared
    // Where 6 is no multiple an epoch is one step, so that its last batch is short.
    let steps = fixture.batch % batchSize == 0 ? fixture.steps : 1
    let trainer = try Self.trainer(
      for: expected, batchSize: batchSize,
      accumulating: (fixture.batch + batchSize - 1) / batchSize, samples: steps * fixture.batch)
    for step in 0..<steps { try check(trainer, expected, step: step) }
  }

  /// A trainer from the fixture's initial parameters.
  private static func trainer(
    for expected: TrainingFixture.Case, batchSize: Int, accumulating batches: Int = 1,
    samples: Int? = nil
  ) throws -> Trainer {
    let fixture = TrainingFixture.shared
    let words = expected.activation.split(separator: ": ").map(String.init)
    let activation = try Layer.layers.decode(
      words.count == 1 ? .text(words[0]) : .map([.init(words[0], .text(words[1]))]))
    var layers: [any LayerKind] = []
    for size in fixture.sizes.dropFirst() { layers += [LinearLayer(features: size), activation] }
    layers.removeLast()
    let count = samples ?? fixture.labels.count
    let source = ArraySource(
      inputs: Array(fixture.inputs.prefix(count * fixture.sizes[0])),
      labels: Array(fixture.labels.prefix(count)), inputShape: [fixture.sizes[0]],
      classCount: fixture.sizes[3])
    let configuration = TrainingConfiguration(
      model: ModelDescription(layers),
      loss: expected.smoothing > 0
        ? CrossEntropy(labelSmoothing: expected.smoothing)
        : try Loss.kinds.decode(.text(expected.loss)),
      optimizer: try #require(Self.optimizers[expected.name]),
      clipping: GradientClipping(norm: expected.clip), epochs: 1, batchSize: batchSize,
      gradientAccumulationSteps: batches, shuffle: false, seed: 1)
    let trainer = try Trainer(
      configuration: configuration, training: source, workers: WorkerPool(threads: 1),
      kernels: KernelSet())
    for parameter in trainer.model.parameters {
      parameter.values = try #require(fixture.initial[parameter.name])
    }
    return trainer
  }

  /// Takes a step and compares it.
  private func check(_ trainer: Trainer, _ expected: TrainingFixture.Case, step: Int) throws {
    let report = try trainer.runStep()
    #expect(abs(Double(report.loss) - expected.losses[step]) <= Self.tolerance)
    #expect(
      abs(Double(report.gradientNorm) - expected.norms[step])
        <= Self.tolerance * max(1, expected.norms[step]))
    for tensor in trainer.modelTensors {
      let wanted = try #require(expected.parameters[step][tensor.name])
      #expect(wanted.count == tensor.values.count)
      for (found, value) in zip(tensor.values, wanted) {
        #expect(abs(Double(found) - value) <= Self.tolerance, "\(tensor.name), step \(step)")
      }
    }
  }

  @Test("are met by the eager library: gradients of the first step")
  func eager() throws {
    let fixture = TrainingFixture.shared
    let expected = fixture.cases[0]
    let model = try Model(
      [
        LinearLayer(features: 5), ReLU(),
        LinearLayer(features: 4), ReLU(),
        LinearLayer(features: 3),
      ], input: [7], seed: 1)
    for parameter in model.parameters {
      parameter.values = try #require(fixture.initial[parameter.name])
    }
    let tape = Tape(workers: try WorkerPool(threads: 1), kernels: try KernelSet())
    let optimizer = Optimizer(SGD(learningRate: 0.1), model.parameters, on: tape)
    let x = tape.tensor(Array(fixture.inputs.prefix(6 * 7)), shape: [6, 7])
    let loss = crossEntropy(model(x), Labels(Array(fixture.labels.prefix(6))))
    loss.backward()
    for parameter in model.parameters {
      let wanted = try #require(expected.gradients[parameter.name])
      for (found, value) in zip(parameter.gradients, wanted) {
        #expect(abs(Double(found) - value) <= Self.tolerance, "\(parameter.name)")
      }
    }
    optimizer.step()
    for parameter in model.parameters {
      for (found, value) in zip(parameter.values, expected.parameters[0][parameter.name] ?? []) {
        #expect(abs(Double(found) - value) <= Self.tolerance)
      }
    }
  }

  static let optimizers: [String: any OptimizerKind] = [
    "sgd": SGD(learningRate: 0.1),
    "sgd-decay": SGD(learningRate: 0.1, weightDecay: 0.05),
    "momentum": SGD(learningRate: 0.1, momentum: 0.9),
    "nesterov": SGD(learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.05),
    "dampened": SGD(learningRate: 0.1, momentum: 0.9, dampening: 0.3),
    "rmsprop": RMSprop(learningRate: 0.01),
    "rmsprop-momentum": RMSprop(learningRate: 0.01, momentum: 0.9, weightDecay: 0.05),
    "adam": Adam(learningRate: 0.01),
    "adam-decay": Adam(learningRate: 0.01, weightDecay: 0.05),
    "adamw": AdamW(learningRate: 0.01, weightDecay: 0.05),
  ]
}
