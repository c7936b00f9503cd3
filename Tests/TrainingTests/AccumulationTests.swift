import Autograd
import Kernels
import Testing
import Training
import WorkerPool

/// Steps of three batches of 7 samples, the last of an epoch 7 + 4: 53 = 2 · 21 + 11.
private let accumulated = TrainingConfiguration(
  model: perceptron, optimizer: Adam(learningRate: 0.01, weightDecay: 0.001),
  schedule: CosineSchedule().after(warmupEpochs: 1), clipping: .init(value: 0.5, norm: 1),
  epochs: 3, batchSize: 7, gradientAccumulationSteps: 3,
  average: ExponentialMovingAverage(decay: 0.9), seed: 42)

/// Layers with running statistics.
private let normalized: ModelDescription = [
  Flatten(), LinearLayer(features: 9, bias: false),
  BatchNormLayer(),
  ReLU(), LinearLayer(features: 5),
]

@Suite("Gradients accumulated over batches")
struct AccumulationTests {
  @Test("are counted by steps: samples of each, and the short one kept or left out")
  func counts() throws {
    for dropLast in [false, true] {
      var configuration = accumulated
      configuration.dropLast = dropLast
      let trainer = try makeTrainer(configuration)
      var samples: [Int] = []
      _ = try trainer.runEpoch { samples.append($0.samples) }
      #expect(samples == (dropLast ? [21, 21] : [21, 21, 11]))
    }
  }

  @Test("of one batch are those of a step without", arguments: [1, 3])
  func one(shards: Int) throws {
    var (plain, several) = (accumulated, accumulated)
    (plain.batchSize, plain.gradientAccumulationSteps, plain.shards) = (64, 1, shards)
    (several.batchSize, several.gradientAccumulationSteps, several.shards) = (64, 5, shards)
    let expected = try makeTrainer(plain).finish()
    let found = try makeTrainer(several).finish()
    #expect(found.bits == expected.bits)
    #expect(found.progress == expected.progress)
  }

  @Test("give the same bits on any number of threads", arguments: [2, 3, 7], [1, 3])
  func threads(_ threads: Int, shards: Int) throws {
    var configuration = accumulated
    configuration.shards = shards
    let one = try makeTrainer(configuration).finish()
    let many = try makeTrainer(configuration, threads: threads).finish()
    #expect(many.bits == one.bits)
    #expect(many.progress == one.progress)
  }

  @Test("give the same bits on every instruction set", arguments: InstructionSet.available)
  func instructionSets(_ isa: InstructionSet) throws {
    let best = try makeTrainer(accumulated).finish()
    let other = try makeTrainer(accumulated, isa: isa).finish()
    #expect(other.bits == best.bits)
    #expect(other.progress == best.progress)
  }

  @Test("go on from any step with the bits of an uninterrupted run", arguments: [false, true])
  func resume(isNormalized: Bool) throws {
    var configuration = accumulated
    if isNormalized { configuration.model = normalized }
    var states: [TrainingState] = []
    let whole = try makeTrainer(configuration)
    while !whole.isFinished {
      _ = try whole.runEpoch { _ in states.append(try whole.exportState()) }
    }
    let end = try whole.exportState()
    #expect(states.count == 9 && whole.stepsPerEpoch == 3)
    for state in states {
      let resumed = try makeTrainer(configuration)
      try resumed.restore(state)
      #expect(try resumed.finish().bits == end.bits, "from step \(state.progress.globalStep)")
      #expect(resumed.progress == end.progress)
    }
  }

  /// The order of a sum differs, by at most some roundings of numbers below 1.
  @Test(
    "are nearly those of a batch of all",
    arguments: [CrossEntropy(), MeanSquaredError()] as [any LossKind])
  func large(loss: any LossKind) throws {
    var (one, several) = (accumulated, accumulated)
    (one.batchSize, one.gradientAccumulationSteps, one.loss) = (21, 1, loss)
    several.loss = loss
    let (left, right) = (try makeTrainer(one), try makeTrainer(several))
    for _ in 0..<left.stepsPerEpoch {
      let (expected, found) = (try left.runStep(), try right.runStep())
      #expect(abs(expected.loss - found.loss) < 1e-5)
      #expect(abs(expected.gradientNorm - found.gradientNorm) < 1e-4)
    }
    for (expected, found) in zip(left.modelTensors, right.modelTensors) {
      for (a, b) in zip(expected.values, found.values) { #expect(abs(a - b) < 1e-4) }
    }
  }

  @Test("take running statistics batch by batch, like as many steps whose rate is next to 0")
  func statistics() throws {
    var (steps, batches) = (accumulated, accumulated)
    (steps.model, batches.model) = (normalized, normalized)
    (steps.optimizer, batches.optimizer) = (
      SGD(learningRate: 1e-30), SGD(learningRate: 1e-30)
    )
    steps.gradientAccumulationSteps = 1
    let (left, right) = (try makeTrainer(steps), try makeTrainer(batches))
    _ = try left.runEpoch()
    _ = try right.runEpoch()
    // The rate is so small that only what was 0 changes.
    let running = { (trainer: Trainer) in
      trainer.modelTensors.filter { $0.name.contains("running") }
    }
    #expect(running(left).count == 2 && running(left) == running(right))
  }

  @Test("leave no trace of a step whose last batch fails")
  func failure() throws {
    struct Failing: SampleSource {
      let base = clusters(count: 53, features: 20, classes: 5)
      var count: Int { base.count }
      var inputShape: Shape { base.inputShape }
      var classCount: Int { base.classCount }
      /// The one sample that is not finite.
      let bad: UInt32
      func gather(
        _ indices: Span<UInt32>, inputs: inout MutableSpan<Float>,
        labels: inout MutableSpan<UInt32>
      ) {
        base.gather(indices, inputs: &inputs, labels: &labels)
        for row in indices.indices where indices[row] == bad { inputs[row * 20] = .infinity }
      }
    }
    var configuration = accumulated
    (configuration.model, configuration.shuffle) = (normalized, false)
    // In the first, second and third batch of the second step, and in the last of the epoch.
    for bad: UInt32 in [21, 29, 41, 52] {
      let trainer = try Trainer(
        configuration: configuration, training: Failing(bad: bad),
        workers: WorkerPool(threads: 1), kernels: KernelSet())
      let good = Int(bad) / 21
      for _ in 0..<good { _ = try trainer.runStep() }
      let before = try trainer.exportState()
      #expect(throws: TrainingError.self) { _ = try trainer.runStep() }
      let after = try trainer.exportState()
      #expect(after.bits == before.bits, "sample \(bad)")
      #expect(after.progress == before.progress)
    }
  }
}
