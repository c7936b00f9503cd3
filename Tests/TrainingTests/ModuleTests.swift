import Autograd
import Kernels
import Testing
import Training
import WorkerPool

/// An operation of one's own: y = x² · s, element by element, s one for each feature.
private struct ScaledSquare: CustomOperation {
  func outputShape(of inputs: [Shape]) -> Shape { inputs[0] }

  func forward(_ inputs: [[Float]], into output: inout [Float]) {
    for index in output.indices {
      let x = inputs[0][index]
      output[index] = x * x * inputs[1][index % inputs[1].count]
    }
  }

  func pullback(
    _ inputs: [[Float]], output: [Float], gradient: [Float], into gradients: inout [[Float]]
  ) {
    for index in output.indices {
      let (x, feature) = (inputs[0][index], index % inputs[1].count)
      gradients[0][index] += 2 * x * inputs[1][feature] * gradient[index]
      gradients[1][feature] += x * x * gradient[index]
    }
  }
}

/// A module of one's own, with an operation of its own, a buffer (of the normalization) and dropout.
private struct OwnNetwork: Module {
  let scale: Parameter
  let first: Linear
  let norm: BatchNorm
  let dropout: Dropout
  let last: Linear

  init(outputs: Int = 5, seed: UInt64 = 42, lastName: String = "linear2") {
    scale = Parameter(name: "square1.scale", shape: [20])
    scale.drawUniform(fanIn: 1, seed: seed)
    first = Linear(20, 13, name: "linear1", seed: seed)
    norm = BatchNorm(13, name: "norm1")
    dropout = Dropout(0.25, name: "dropout1", seed: seed)
    last = Linear(13, outputs, name: lastName, seed: seed)
  }

  var parameters: [Parameter] {
    [scale] + first.parameters + norm.parameters + last.parameters
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let features = Flatten()(x)
    let squares = x.tape.apply(ScaledSquare(), to: features, parameters: [scale])
    return last(dropout(relu(norm(first(features + squares)))))
  }
}

@Suite("A module of one's own")
struct ModuleTests {
  private static let configuration = TrainingConfiguration(
    optimizer: Adam(learningRate: 0.01), epochs: 3, batchSize: 16,
    average: ExponentialMovingAverage(decay: 0.9),
    seed: 42)

  private func makeTrainer(
    _ module: any Module, _ configuration: TrainingConfiguration = Self.configuration,
    threads: Int = 1, isa: InstructionSet? = nil
  ) throws -> Trainer {
    try Trainer(
      module: module, configuration: configuration,
      training: clusters(count: 53, features: 20, classes: 5),
      validation: clusters(count: 31, features: 20, classes: 5, salt: 9),
      workers: WorkerPool(threads: threads, oversubscribed: true),
      kernels: isa.map { try KernelSet($0) } ?? KernelSet())
  }

  @Test("is trained with the bits of a description of the same layers")
  func described() throws {
    var described = Self.configuration
    described.model = [
      Flatten(), LinearLayer(features: 9),
      ReLU(), LinearLayer(features: 5),
    ]
    let module = Sequential([
      Flatten(), Linear(20, 9, name: "linear1", seed: 42), ReLU(),
      Linear(9, 5, name: "linear2", seed: 42),
    ])
    let expected = try TrainingTests.makeTrainer(described)
    let found = try makeTrainer(module)
    #expect(try found.finish().bits == expected.finish().bits)
    #expect(found.progress == expected.progress)
  }

  @Test("learns, with the same bits on any threads and instruction set")
  func threads() throws {
    var long = Self.configuration
    long.epochs = 30
    let trainer = try makeTrainer(OwnNetwork(), long)
    let end = try trainer.finish()
    #expect(trainer.progress.history.last?.validation.map { $0.accuracy > 0.9 } == true)
    for threads in [2, 3] {
      #expect(try makeTrainer(OwnNetwork(), long, threads: threads).finish().bits == end.bits)
    }
    for isa in InstructionSet.available {
      #expect(try makeTrainer(OwnNetwork(), long, isa: isa).finish().bits == end.bits)
    }
  }

  @Test("goes on from any step with the bits of an uninterrupted run", arguments: [1, 3])
  func resume(batches: Int) throws {
    var configuration = Self.configuration
    (configuration.batchSize, configuration.gradientAccumulationSteps) = (8, batches)
    var states: [TrainingState] = []
    let whole = try makeTrainer(OwnNetwork(), configuration)
    while !whole.isFinished {
      _ = try whole.runEpoch { _ in states.append(try whole.exportState()) }
    }
    let end = try whole.exportState()
    for state in states {
      // What its parameters were does not matter.
      let network = OwnNetwork()
      network.scale.values = Array(repeating: 7, count: 20)
      let resumed = try makeTrainer(network, configuration)
      try resumed.restore(state)
      #expect(try resumed.finish().bits == end.bits, "from step \(state.progress.globalStep)")
      #expect(resumed.progress == end.progress)
    }
  }

  @Test("is evaluated and asked as it was trained")
  func evaluation() throws {
    let trainer = try makeTrainer(OwnNetwork())
    _ = try trainer.finish()
    let samples = clusters(count: 31, features: 20, classes: 5, salt: 9)
    let (workers, kernels) = (try WorkerPool(threads: 1), try KernelSet())
    let result = try trainer.model.evaluate(samples, workers: workers, kernels: kernels)
    #expect(result.metrics == trainer.progress.history.last?.validation)
    let predictor = Predictor(trainer.model, workers: workers, kernels: kernels)
    for sample in 0..<31 {
      let probabilities = predictor.probabilities(
        Array(samples.inputs[sample * 20..<sample * 20 + 20]))
      #expect(probabilities == Array(result.probabilities[sample * 5..<sample * 5 + 5]))
    }
  }

  @Test("with too few outputs, or two parameters of one name, is refused with a sentence")
  func refused() throws {
    let outputs = #expect(throws: ModelError.self) { try makeTrainer(OwnNetwork(outputs: 4)) }
    #expect(outputs?.code == .outputs(expected: 5))
    let names = #expect(throws: ModelError.self) {
      try makeTrainer(OwnNetwork(lastName: "linear1"))
    }
    #expect(names?.code == .duplicateParameter("linear1.weight"))
    #expect(names.map { "\($0)".contains("linear1.weight") } == true)
    // Without layers, and without a module.
    let none = #expect(throws: ModelError.self) {
      try TrainingTests.makeTrainer(Self.configuration)
    }
    #expect(none?.code == .empty)
  }
}
