import Autograd
import Kernels
import Testing
import Training
import WorkerPool

private let small = TrainingConfiguration(
  model: perceptron, optimizer: Adam(learningRate: 0.01, weightDecay: 0.001),
  schedule: CosineSchedule().after(warmupEpochs: 0.75), clipping: .init(value: 0.5, norm: 1),
  epochs: 3, batchSize: 16, average: ExponentialMovingAverage(decay: 0.9), seed: 42)

@Suite("A trainer")
struct TrainerTests {
  static let optimizers: [any OptimizerKind] = [
    SGD(learningRate: 0.1), SGD(learningRate: 0.05, momentum: 0.9),
    SGD(learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.001),
    Adam(learningRate: 0.01), AdamW(learningRate: 0.01, weightDecay: 0.01),
  ]

  @Test("learns clusters with every optimizer", arguments: optimizers)
  func learns(with optimizer: any OptimizerKind) throws {
    var configuration = small
    configuration.optimizer = optimizer
    configuration.epochs = 20
    configuration.clipping = GradientClipping()
    let trainer = try makeTrainer(configuration, count: 500)
    _ = try trainer.finish()
    let last = try #require(trainer.progress.history.last)
    #expect(last.training.accuracy > 0.9)
    #expect(try #require(last.validation).accuracy > 0.9)
  }

  @Test(
    "gives the same bits on any number of threads", arguments: [2, 3, 7], [1, 3])
  func threads(_ threads: Int, shards: Int) throws {
    var configuration = small
    configuration.shards = shards
    let one = try makeTrainer(configuration).finish()
    let many = try makeTrainer(configuration, threads: threads).finish()
    #expect(many.bits == one.bits)
    #expect(many.progress == one.progress)
  }

  @Test("gives the same bits on every instruction set", arguments: InstructionSet.available)
  func instructionSets(_ isa: InstructionSet) throws {
    let best = try makeTrainer(small).finish()
    let other = try makeTrainer(small, isa: isa).finish()
    #expect(other.bits == best.bits)
    #expect(other.progress == best.progress)
  }

  @Test("gives other bits with other shards, seeds and batches")
  func differs() throws {
    let base = try makeTrainer(small).finish().bits
    for change in 0..<3 {
      var configuration = small
      switch change {
      case 0: configuration.shards = 2
      case 1: configuration.seed = 43
      default: configuration.batchSize = 17
      }
      #expect(try makeTrainer(configuration).finish().bits != base)
    }
  }

  @Test("goes on from any step with the bits of an uninterrupted run")
  func resume() throws {
    var states: [TrainingState] = []
    let whole = try makeTrainer(small)
    while !whole.isFinished {
      _ = try whole.runEpoch { _ in states.append(try whole.exportState()) }
    }
    let end = try whole.exportState()
    #expect(states.count == 12 && whole.stepsPerEpoch == 4)
    for state in states {
      // Through the texts and arrays that a checkpoint holds.
      let loaded = TrainingState(
        model: state.model, optimizer: state.optimizer, average: state.average,
        progress: try TrainingProgress(fields: state.progress.fields))
      #expect(loaded == state)
      let resumed = try makeTrainer(small)
      try resumed.restore(loaded)
      let final = try resumed.finish()
      #expect(final.bits == end.bits, "from step \(state.progress.globalStep)")
      #expect(final.progress == end.progress, "from step \(state.progress.globalStep)")
    }
  }

  @Test("stops between any two steps and goes on with the same bits")
  func stop() throws {
    let end = try makeTrainer(small).finish()
    let trainer = try makeTrainer(small)
    var asked = 0
    while !trainer.isFinished {
      _ = try trainer.runEpoch(shouldStop: {
        asked += 1
        return asked % 2 == 0
      })
    }
    #expect(try trainer.exportState().bits == end.bits)
    #expect(trainer.progress == end.progress)
  }

  @Test("restores over a trainer that has already run")
  func rewind() throws {
    let trainer = try makeTrainer(small)
    let start = try trainer.exportState()
    let end = try trainer.finish()
    try trainer.restore(start)
    #expect(trainer.progress == start.progress)
    #expect(try trainer.finish().bits == end.bits)
  }

  @Test("counts the last short batch, or leaves it out")
  func shortBatch() throws {
    for dropLast in [false, true] {
      var configuration = small
      configuration.dropLast = dropLast
      let trainer = try makeTrainer(configuration)
      var samples: [Int] = []
      _ = try trainer.runEpoch { samples.append($0.samples) }
      #expect(samples == (dropLast ? [16, 16, 16] : [16, 16, 16, 5]))
    }
  }

  @Test("visits every sample once an epoch, in another order each")
  func order() throws {
    final class Recorder: @unchecked Sendable { var seen: [UInt32] = [] }
    struct Recording: SampleSource {
      let recorder: Recorder
      let count = 41
      let inputShape: Shape = [1]
      let classCount = 2
      func gather(
        _ indices: Span<UInt32>, inputs: inout MutableSpan<Float>,
        labels: inout MutableSpan<UInt32>
      ) {
        for row in indices.indices {
          recorder.seen.append(indices[row])
          inputs[row] = 1
          labels[row] = indices[row] % 2
        }
      }
    }
    let recorder = Recorder()
    let configuration = TrainingConfiguration(
      model: [LinearLayer(features: 2)], epochs: 2, batchSize: 4, seed: 1)
    let trainer = try Trainer(
      configuration: configuration, training: Recording(recorder: recorder),
      workers: WorkerPool(threads: 1), kernels: KernelSet())
    _ = try trainer.finish()
    let epochs = [Array(recorder.seen[0..<41]), Array(recorder.seen[41..<82])]
    #expect(epochs.allSatisfy { $0.sorted() == (0..<41).map { UInt32($0) } })
    #expect(epochs[0] != epochs[1])
  }

  @Test("reports the means over the epoch's samples")
  func means() throws {
    var configuration = small
    configuration.optimizer = SGD(learningRate: 1e-30)
    configuration.model = [
      Flatten(), LinearLayer(features: 5),
    ]
    let trainer = try makeTrainer(configuration)
    let report = try trainer.runEpoch()
    // With a learning rate of zero, the epoch's means are those of an evaluation, up to the order of a sum of Doubles.
    let evaluation = try trainer.model.evaluate(
      clusters(count: 53, features: 20, classes: 5), workers: WorkerPool(threads: 1),
      kernels: KernelSet())
    #expect(abs(report.training.loss - evaluation.metrics.loss) < 1e-12)
    #expect(report.training.accuracy == evaluation.metrics.accuracy)
  }
}

@Suite("What a trainer refuses")
struct TrainerErrorTests {
  @Test("stops at a loss that is not finite, with the last finite state kept")
  func nonFinite() throws {
    var configuration = small
    configuration.model = [
      Flatten(), LinearLayer(features: 7),
      LinearLayer(features: 5),
    ]
    // Weights of about 10²⁵ are finite; their product is not.
    configuration.optimizer = SGD(learningRate: 1e25)
    configuration.clipping = GradientClipping()
    configuration.schedule = ConstantSchedule()
    configuration.average = nil
    let trainer = try makeTrainer(configuration)
    var last = try trainer.exportState()
    let error = #expect(throws: TrainingError.self) {
      while !trainer.isFinished {
        _ = try trainer.runEpoch { _ in last = try trainer.exportState() }
      }
    }
    let found = try #require(error)
    #expect(found.code == .nonFiniteLoss || found.code == .nonFiniteGradient)
    #expect(found.epoch == last.progress.epoch && found.step == last.progress.stepInEpoch)
    #expect(try trainer.exportState().bits == last.bits, "the step that failed changed nothing")
  }

  @Test("stops at an input that is not finite, at its step")
  func damagedInput() throws {
    var source = clusters(count: 53, features: 20, classes: 5)
    var inputs = source.inputs
    inputs[17] = .nan
    source = ArraySource(
      inputs: inputs, labels: source.labels, inputShape: source.inputShape, classCount: 5)
    let trainer = try Trainer(
      configuration: small, training: source, workers: WorkerPool(threads: 1), kernels: KernelSet())
    let error = #expect(throws: TrainingError.self) { try trainer.finish() }
    #expect(error?.code == .nonFiniteLoss && error?.epoch == 0)
  }

  @Test("refuses a state of another model or run")
  func states() throws {
    let trainer = try makeTrainer(small)
    let state = try trainer.exportState()
    var missing = state
    missing.model.removeLast()
    #expect(throws: TrainingError(.missingTensor(name: "linear3.bias"))) {
      try trainer.restore(missing)
    }
    var unknown = state
    unknown.model.append(NamedTensor(name: "x", shape: [1], values: [0]))
    #expect(throws: TrainingError(.unknownTensor(name: "x"))) { try trainer.restore(unknown) }
    var late = state
    late.progress.globalStep = 1
    #expect(throws: TrainingError(.positionOutOfRange)) { try trainer.restore(late) }
    #expect(try trainer.exportState() == state)
  }

  @Test("refuses numbers out of their range, by the spec's name")
  func configuration() {
    var configuration = small
    configuration.batchSize = 0
    #expect(throws: TrainingError(.invalidConfiguration(field: "batch_size"))) {
      try configuration.validate()
    }
    configuration = small
    configuration.optimizer = Adam(learningRate: 0.1, beta1: 1)
    #expect(throws: TrainingError(.invalidConfiguration(field: "beta1"))) {
      try configuration.validate()
    }
  }

  @Test(
    "refuses a batch normalization over one value per channel",
    arguments: [(53, 4, 1), (52, 4, 4), (7, 3, 3), (5, 1, 1)])
  func singleValue(count: Int, batch: Int, shards: Int) throws {
    var configuration = TrainingConfiguration(
      model: ModelDescription([
        Flatten(), LinearLayer(features: 6), BatchNormLayer(), LinearLayer(features: 5),
      ]), epochs: 1, batchSize: batch, shards: shards, seed: 3)
    let error = #expect(throws: ModelError.self) { try makeTrainer(configuration, count: count) }
    #expect(error?.path == [2])
    #expect(error?.description.contains("one value") == true)
    // One sample has many values of a channel where there are positions, and a last short batch may be left out.
    configuration.batchSize = 10
    configuration.shards = 1
    configuration.dropLast = true
    #expect(throws: Never.self) { try makeTrainer(configuration, count: 51) }
  }

  @Test("refuses counts that are larger than the training split")
  func moreThanSamples() {
    var configuration = small
    configuration.shards = 60
    configuration.batchSize = 60
    #expect(throws: TrainingError(.moreThanSamples(field: "shards", 60, 53))) {
      try makeTrainer(configuration)
    }
    configuration = small
    configuration.batchSize = 54
    configuration.dropLast = true
    #expect(throws: TrainingError(.moreThanSamples(field: "batch_size with drop_last", 54, 53))) {
      try makeTrainer(configuration)
    }
  }

  @Test("gives the outputs of a model with squared error as they are")
  func outputsOfSquaredError() throws {
    var configuration = small
    configuration.loss = MeanSquaredError()
    let trainer = try makeTrainer(configuration)
    _ = try trainer.finish()
    let source = clusters(count: 31, features: 20, classes: 5, salt: 9)
    let workers = try WorkerPool(threads: 1, oversubscribed: true)
    let kernels = try KernelSet()
    let scores = try trainer.model.evaluate(
      source, loss: MeanSquaredError(), workers: workers, kernels: kernels
    ).probabilities
    let logits = try trainer.model.evaluate(source, workers: workers, kernels: kernels)
      .probabilities
    #expect(scores != logits)
    let predictor = Predictor(trainer.model, workers: workers, kernels: kernels)
    #expect(predictor.outputs(Array(source.inputs[0..<20])) == Array(scores[0..<5]))
  }

  @Test("refuses damaged texts of a progress")
  func texts() throws {
    let fields = try makeTrainer(small).exportState().progress.fields
    for name in ["epoch", "step_in_epoch", "global_step", "running"] {
      var damaged = fields
      damaged[name] = "1 2"
      #expect(throws: TrainingError(.damagedProgress(field: name))) {
        try TrainingProgress(fields: damaged)
      }
    }
  }
}
