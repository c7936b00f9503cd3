import Autograd
import Kernels
import ReferenceInterpreter
import Testing
import Training

extension OptimizerDescription {
  /// One of them, with numbers of its own.
  static func draw(_ random: inout SplitMix) -> OptimizerDescription {
    let decay = random.once(in: 2) ? 0 : 0.01
    let adam = Adam(
      learningRate: 0.01, beta1: 0.9, beta2: random.once(in: 2) ? 0.999 : 0.98, epsilon: 1e-8,
      weightDecay: decay)
    let share = random.once(in: 3) ? 0 : 0.9
    let all: [OptimizerDescription] = [
      .sgd(
        SGD(
          learningRate: 0.05, momentum: share, nesterov: share > 0 && random.once(in: 2),
          weightDecay: decay)), .adam(adam), .adamW(adam),
    ]
    return all[random.integer(0...2)]
  }

  /// The same in the reference.
  var reference: ReferenceOptimizer {
    switch self {
    case .sgd(let sgd):
      sgd.momentum == 0
        ? .descent(decay: sgd.weightDecay)
        : .momentum(
          share: sgd.momentum, dampening: 0, nesterov: sgd.nesterov, decay: sgd.weightDecay)
    case .adam(let adam):
      .adam(
        beta1: adam.beta1, beta2: adam.beta2, epsilon: adam.epsilon, decay: adam.weightDecay)
    case .adamW(let adam):
      .adamW(
        beta1: adam.beta1, beta2: adam.beta2, epsilon: adam.epsilon, decay: adam.weightDecay)
    }
  }
}

/// A training by the reference: the layers in order, and what the optimizer keeps of each parameter.
private struct ReferenceTraining {
  let configuration: TrainingConfiguration
  let inputs: [Float]
  let labels: [UInt32]
  let classes: Int
  let network: ReferenceNetwork
  var states: [ReferenceOptimizer.State]
  var averages: [[Float]]
  var losses: [Float] = []
  var norms: [Float] = []

  init(
    _ configuration: TrainingConfiguration, input: [Int], classes: Int, _ initial: [[Float]],
    inputs: [Float], labels: [UInt32]
  ) {
    self.configuration = configuration
    self.inputs = inputs
    self.labels = labels
    self.classes = classes
    var values = initial[...]
    network = ReferenceNetwork(configuration.model.layers, input: input, values: &values)
    averages = network.layers.flatMap(\.parameters)
    states = averages.map { ReferenceOptimizer.State($0) }
  }

  private func evaluate(_ output: [Float], _ labels: [UInt32], of count: Int) -> ReferenceLoss {
    switch configuration.loss {
    case .crossEntropy(let smoothing):
      crossEntropy(output, labels: labels, columns: classes, smoothing: smoothing, count: count)
    case .meanSquaredError:
      squaredError(output, labels: labels, columns: classes, count: count)
    }
  }

  /// Step `number` of the only epoch, over `samples` in the order of the data.
  mutating func step(_ number: Int, _ samples: Range<Int>) {
    let size = inputs.count / labels.count
    var sum: [[Float]] = []
    var total: Float = 0
    var commit: () -> Void = {}
    for start in stride(
      from: samples.lowerBound, to: samples.upperBound, by: configuration.batchSize)
    {
      // What a batch has measured counts before the next.
      commit()
      let batch = start..<min(start + configuration.batchSize, samples.upperBound)
      let pass = Pass(
        samples: batch.map { UInt32($0) }, step: number, shards: configuration.shards,
        seed: configuration.seed)
      let record = network.forward(
        Array(inputs[batch.lowerBound * size..<batch.upperBound * size]), pass)
      let loss = evaluate(record.output, Array(labels[batch]), of: samples.count)
      let gradients = record.pullback(loss.gradient).parameters
      sum = sum.isEmpty ? gradients : zip(sum, gradients).map { added($0, $1) }
      total = start == samples.lowerBound ? loss.mean : total + loss.mean
      commit = record.commit
    }
    let layouts = network.layers.flatMap { $0.layouts.prefix($0.parameters.count) }
    let clipping = ReferenceClipping(
      value: configuration.clipping.value, norm: configuration.clipping.norm)
    let (gradients, norm) = clipping.clip(sum, layouts: layouts)
    for index in states.indices {
      configuration.optimizer.reference.step(
        &states[index], gradients[index], rate: configuration.optimizer.learningRate,
        t: number + 1)
      if let decay = configuration.averageDecay {
        averages[index] = movingAverage(
          averages[index], of: states[index].values, decay: decay)
      }
    }
    commit()
    var rest = states.map(\.values)[...]
    for layer in network.layers {
      let count = layer.parameters.count
      layer.parameters = Array(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    losses.append(total)
    norms.append(norm)
  }

  /// All that the product's state has, in its order.
  var results: Results {
    let tensors = network.layers.flatMap { $0.parameters + $0.buffers }
    let slots = configuration.optimizer.slots.count
    return [("losses", losses), ("norms of the gradients", norms)]
      + tensors.enumerated().map { ("tensor \($0)", $1) }
      + (slots < 1 ? [] : states.enumerated().map { ("first moment \($0)", $1.first) })
      + (slots < 2 ? [] : states.enumerated().map { ("second moment \($0)", $1.second) })
      + (configuration.averageDecay == nil
        ? [] : averages.enumerated().map { ("average \($0)", $1) })
  }
}

@Suite("A training", .enabled(if: canRoundCorrectly()))
struct TrainingTests {
  @Test("of random layers has the bits of the plain loops: weights, moments, statistics, losses")
  func bits() throws {
    let product = try Product()
    let cases = Cases(120, inDebug: 30)
    var kinds: Set<String> = []
    try cases.run { seed, random in
      let drawn = RandomNetwork(&random)
      kinds.formUnion(drawn.layers.map(\.kindName))
      let size = drawn.input.reduce(1, *)
      let count = random.integer(5...23)
      let inputs = random.floats(count * size)
      let labels = (0..<count).map { _ in UInt32(random.integer(0...drawn.classes - 1)) }
      let source = ArraySource(
        inputs: inputs, labels: labels, inputShape: Shape(drawn.input),
        classCount: drawn.classes)
      let smoothing = random.once(in: 2) ? 0 : 0.125
      let configuration = TrainingConfiguration(
        model: ModelDescription(drawn.layers),
        loss: random.once(in: 4) ? .meanSquaredError : .crossEntropy(labelSmoothing: smoothing),
        optimizer: .draw(&random),
        clipping: GradientClipping(
          value: random.once(in: 3) ? 0.01 : nil, norm: random.once(in: 3) ? 0.25 : nil),
        epochs: 1, batchSize: random.integer(1...7),
        gradientAccumulationSteps: random.choice([1, 1, 2, 3]), shuffle: false,
        shards: random.choice([1, 1, 2, 3]), averageDecay: random.once(in: 3) ? 0.75 : nil,
        seed: random.next())

      func makeTrainer(_ setting: Product.Setting) throws -> Trainer {
        try Trainer(
          configuration: configuration, training: source, workers: product.workers(setting),
          kernels: KernelSet(setting.isa))
      }
      let initial = try makeTrainer(product.settings[0])
      var reference = ReferenceTraining(
        configuration, input: drawn.input, classes: drawn.classes,
        initial.modelTensors.map(\.values), inputs: inputs, labels: labels)
      for step in 0..<initial.stepsPerEpoch {
        let start = step * configuration.samplesPerStep
        reference.step(step, start..<min(start + configuration.samplesPerStep, count))
      }
      let expected = reference.results
      return try check(expected, of: "\(configuration)", seed: seed, product) { setting in
        let trainer = try makeTrainer(setting)
        var reports: [StepReport] = []
        for _ in 0..<trainer.stepsPerEpoch { reports.append(try trainer.runStep()) }
        let state = try trainer.exportState()
        let tensors = state.model + state.optimizer + state.average
        let found = [reports.map(\.loss), reports.map(\.gradientNorm)] + tensors.map(\.values)
        return zip(expected, found).map { ($0.name, $1) }
      }
    }
    // Few networks meet only some of the kinds.
    guard cases.seeds.count >= 30 else { return }
    #expect(
      kinds.isSuperset(of: [
        "flatten", "linear", "softmax", "dropout", "conv2d", "max_pool", "average_pool",
        "global_average_pool", "batch_norm", "layer_norm", "group_norm", "residual", "relu",
      ]), "drawn: \(kinds.sorted())")
  }
}
