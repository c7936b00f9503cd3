import Autograd
import Kernels
import ReferenceInterpreter
import Settings
import Training

/// A training by the reference: the layers in order, and what the optimizer keeps of each parameter.
struct ReferenceTraining {
  let configuration: TrainingConfiguration
  let data: LabelledData
  let network: ReferenceNetwork
  let loss: any ReferencedLoss
  let optimizer: any ReferencedOptimizer
  var states: [ReferenceOptimizer.State]
  var averages: [[Float]]
  var losses: [Float] = []
  var norms: [Float] = []

  /// Begins with the weights and buffers `initial`.
  ///
  /// - Throws: ``MissingReference`` for a kind that the reference has not.
  init(_ configuration: TrainingConfiguration, _ data: LabelledData, _ initial: [[Float]]) throws {
    guard let loss = configuration.loss as? any ReferencedLoss else {
      throw MissingReference(configuration.loss)
    }
    guard let optimizer = configuration.optimizer as? any ReferencedOptimizer else {
      throw MissingReference(configuration.optimizer)
    }
    self.configuration = configuration
    self.data = data
    (self.loss, self.optimizer) = (loss, optimizer)
    var values = initial[...]
    network = try ReferenceNetwork(
      configuration.model.layers, input: data.shape, values: &values)
    averages = network.layers.flatMap(\.parameters)
    states = averages.map { ReferenceOptimizer.State($0) }
  }

  /// Step `number` of the only epoch, over `samples` in the order of the data.
  mutating func step(_ number: Int, _ samples: Range<Int>) {
    let size = data.shape.reduce(1, *)
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
        Array(data.inputs[batch.lowerBound * size..<batch.upperBound * size]), pass)
      let loss = loss.reference(
        record.output, labels: Array(data.labels[batch]), columns: data.classes,
        count: samples.count)
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
      optimizer.reference.step(
        &states[index], gradients[index], rate: optimizer.learningRate, t: number + 1)
      if let average = configuration.average {
        averages[index] = movingAverage(
          averages[index], of: states[index].values, decay: average.decay)
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
    let slots = optimizer.slots.count
    return [("losses", losses), ("norms of the gradients", norms)]
      + tensors.enumerated().map { ("tensor \($0)", $1) }
      + (slots < 1 ? [] : states.enumerated().map { ("first state \($0)", $1.first) })
      + (slots < 2 ? [] : states.enumerated().map { ("second state \($0)", $1.second) })
      + (configuration.average == nil
        ? [] : averages.enumerated().map { ("average \($0)", $1) })
  }
}
