import Autograd
import Kernels
import Settings
import Testing
import Training
import WorkerPool

@Suite("Every kind of the vocabularies")
struct VocabularyTests {
  @Test("is read back from what is written of it")
  func roundTrips() throws {
    func check<Kind>(_ vocabulary: Vocabulary<Kind>) throws {
      let type = SettingType.kind(vocabulary)
      for example in vocabulary.examples {
        for form in [SettingForm.complete, .brief] {
          let value = type.encode(example, form)
          let read = try type.decode(value, "")
          #expect(type.encode(read, .complete) == type.encode(example, .complete), "\(value.text)")
        }
      }
      #expect(vocabulary.examples.count >= vocabulary.kinds.count)
    }
    try check(Layer.layers)
    try check(Loss.kinds)
    try check(Optimizer.kinds)
    try check(Schedule.kinds)
    try check(Average.kinds)
  }

  @Test("of layers is read back with its name")
  func names() throws {
    let layers = [Layer(Flatten(), name: "rows"), Layer(LinearLayer(features: 3), name: "out")]
    for form in [SettingForm.complete, .brief] {
      for layer in layers {
        #expect(try Layer.setting.decode(Layer.setting.encode(layer, form), "model.0") == layer)
      }
    }
    #expect(throws: SettingsError.self) {
      try Layer.setting.decode(["relu": ["name": "not a name"]], "model.0")
    }
  }

  @Test(
    "of layers has a gradient that agrees with central differences",
    arguments: Layer.layers.examples.map { Layer.layers.text(of: $0) })
  func layerGradients(text: String) throws {
    let kind = try #require(Layer.layers.examples.first { Layer.layers.text(of: $0) == text })
    let image: Shape = [8, 7, 6]
    let isFlat = (try? ModelDescription([kind]).inferShapes(input: image)) == nil
    let input: Shape = isFlat ? [40] : image
    let model = try Model([kind], input: input, seed: 3)
    let tape = Tape(workers: try WorkerPool(threads: 1), kernels: try KernelSet())
    let batch = 3
    let count = batch * input.count
    // All different, and further apart than what differences shift them by, so that no maximum changes its place.
    let values = (0..<count).map { Float($0 * 7919 % count) / Float(count) * 2 - 0.9991 }

    func output(_ values: [Float]) -> (tensor: Tensor, input: Tensor) {
      tape.rewind()
      let x = tape.tensor(values, shape: input.batch(of: batch), requiresGradient: true)
      return (model(x), x)
    }
    let (y, x) = output(values)
    let weights = (0..<y.shape.count).map { Float(($0 * 31 + 7) % 17) / 8 - 1 }
    let loss = (y * tape.tensor(weights, shape: y.shape)).sum()
    loss.backward()
    let parameters = model.parameters.filter(\.isTrainable)
    let gradients = [x.gradient] + parameters.map(\.gradients)

    func weighed(_ values: [Float]) -> Double {
      zip(output(values).tensor.values, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    /// The derivative along a direction in one of the tensors.
    func derivative(_ place: Int, _ direction: [Float]) -> Double {
      let h: Float = 1 / 2048
      func moved(_ step: Float) -> Double {
        guard place > 0 else { return weighed(zip(values, direction).map { $0 + step * $1 }) }
        let parameter = parameters[place - 1]
        let old = parameter.values
        defer { parameter.values = old }
        parameter.values = zip(old, direction).map { $0 + step * $1 }
        return weighed(values)
      }
      return (moved(h) - moved(-h)) / (2 * Double(h))
    }
    for (place, gradient) in gradients.enumerated() {
      let direction = gradient.indices.map { Float(($0 * 13 + place) % 11) / 10 - 0.5 }
      let expected = derivative(place, direction)
      let products = zip(gradient, direction).map { Double($0) * Double($1) }
      let found = products.reduce(0, +)
      // Sums of n numbers whose roundings are divided by h; 2⁻²⁴/h is 10⁻⁴.
      let scale = max(1, products.reduce(0) { $0 + abs($1) })
      #expect(abs(found - expected) <= 4e-3 * scale, "tensor \(place): \(found), \(expected)")
    }
  }

  @Test(
    "of losses has a gradient that agrees with central differences",
    arguments: Loss.kinds.examples.map { Loss.kinds.text(of: $0) })
  func lossGradients(text: String) throws {
    let kind = try #require(Loss.kinds.examples.first { Loss.kinds.text(of: $0) == text })
    let tape = Tape(workers: try WorkerPool(threads: 1), kernels: try KernelSet())
    let labels = Labels([2, 0, 1, 2])
    let values = (0..<12).map { Float(($0 * 5) % 12) / 6 - 0.913 }
    func loss(_ values: [Float]) -> (mean: Tensor, input: Tensor) {
      tape.rewind()
      let x = tape.tensor(values, shape: [4, 3], requiresGradient: true)
      return (kind.record(x, labels).mean, x)
    }
    let (mean, x) = loss(values)
    mean.backward()
    let gradient = x.gradient
    let h: Float = 1 / 256
    for index in values.indices {
      var (above, below) = (values, values)
      above[index] += h
      below[index] -= h
      let expected = (loss(above).mean.item - loss(below).mean.item) / (2 * h)
      #expect(abs(gradient[index] - expected) < 1e-3, "output \(index)")
    }
  }

  @Test("of optimizers takes the steps that its state allows to repeat")
  func optimizers() throws {
    for kind in Optimizer.kinds.examples {
      var configuration = TrainingConfiguration(
        model: perceptron, optimizer: kind, epochs: 2, batchSize: 16, seed: 42)
      configuration.optimizer.learningRate = 0.01
      let whole = try makeTrainer(configuration)
      let trainer = try makeTrainer(configuration)
      _ = try trainer.runEpoch()
      let resumed = try makeTrainer(configuration)
      try resumed.restore(try trainer.exportState())
      #expect(
        try resumed.finish().bits == whole.finish().bits, "\(Optimizer.kinds.text(of: kind))")
    }
  }
}
