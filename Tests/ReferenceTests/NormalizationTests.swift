import Autograd
import ReferenceInterpreter
import Testing

@Suite("Normalization")
struct NormalizationTests {
  /// Numbers that a normalization is made for, and those that show the order of a sum.
  private static func values(_ random: inout SplitMix) -> SplitMix.Values {
    random.once(in: 2) ? .ordinary : .spread
  }

  /// Samples, channels, rows and columns; now and then so many positions that statistics take several blocks.
  private static func extents(_ random: inout SplitMix) -> (Int, Int, Int, Int) {
    if random.once(in: 12) {
      return (
        random.integer(1...6), random.integer(1...4), random.integer(20...75),
        random.integer(20...75)
      )
    }
    return (
      random.choice([1, 2, 3, 5, 8]), random.choice([1, 2, 3, 4, 6, 12, 16, 17, 20, 32, 33]),
      random.integer(1...7), random.integer(1...7)
    )
  }

  @Test("over a batch has the bits of the plain loops: value, gradients and running statistics")
  func batch() throws {
    let product = try Product()
    try Cases(500, inDebug: 80).run { seed, random in
      let (samples, channels, rows, columns) = Self.extents(&random)
      // Flat samples are normalized as well.
      let isFlat = random.once(in: 4)
      var layer = ReferenceBatchNormalization(
        samples: isFlat ? samples * 5 : samples, channels: channels,
        positions: isFlat ? 1 : rows * columns)
      layer.shards = random.choice([1, 1, 2, 3])
      layer.relu = random.once(in: 2)
      layer.isTraining = !random.once(in: 4)
      layer.epsilon = random.once(in: 2) ? 1e-5 : 0.01
      layer.momentum = random.once(in: 2) ? 0.1 : 0.25
      let values = Self.values(&random)
      let x = random.floats(layer.samples * channels * layer.positions, values)
      let dy = random.floats(x.count, values)
      let (w, b) = (random.floats(channels), random.floats(channels))
      let mean = random.floats(channels)
      let variance = random.floats(channels).map { $0 * $0 + 0.25 }

      let (y, moments) = layer.forward(
        x, weight: w, bias: b, runningMean: mean, runningVariance: variance)
      let gradients = layer.pullback(dy, input: x, output: y, moments: moments)
      let updated = layer.updated(mean: mean, variance: variance, moments: moments)
      let shape: Shape =
        isFlat ? [layer.samples, channels] : [layer.samples, channels, rows, columns]
      let expected: Results = [
        ("output", y), ("input's gradient", gradients.x), ("weight's gradient", gradients.weight),
        ("bias's gradient", gradients.bias), ("running mean", updated.mean),
        ("running variance", updated.variance),
      ]
      let name =
        "batch_norm of \(shape), \(layer.shards) shards, relu \(layer.relu), "
        + "training \(layer.isTraining), \(values)"
      let keepsGradients = random.once(in: 2)
      return try check(expected, of: name, seed: seed, product) {
        let tape = try product.tape($0, shards: layer.shards)
        tape.isTraining = layer.isTraining
        tape.keepsGradients = keepsGradients
        func parameter(_ values: [Float], isTrainable: Bool = true) -> Parameter {
          Parameter(name: "p", shape: [channels], values: values, isTrainable: isTrainable)
        }
        let (weight, bias) = (parameter(w), parameter(b))
        let statistics = RunningStatistics(
          mean: parameter(mean, isTrainable: false),
          variance: parameter(variance, isTrainable: false), momentum: layer.momentum)
        let input = tape.tensor(x, shape: shape, requiresGradient: true)
        let output = batchNormalization(
          input, weight: weight, bias: bias, statistics: statistics, epsilon: layer.epsilon,
          relu: layer.relu)
        let value = output.values
        (output * tape.tensor(dy, shape: shape)).sum().backward()
        tape.commit()
        let found = [
          value, input.gradient, weight.gradients, bias.gradients, statistics.mean.values,
          statistics.variance.values,
        ]
        return zip(expected, found).map { ($0.name, $1) }
      }
    }
  }

  @Test("over groups and over samples has the bits of the plain loops: value and gradients")
  func samples() throws {
    let product = try Product()
    try Cases(400, inDebug: 60).run { seed, random in
      let (samples, channels, rows, columns) = Self.extents(&random)
      let isFlat = random.once(in: 4)
      let positions = isFlat ? 1 : rows * columns
      let shape: Shape = isFlat ? [samples, channels] : [samples, channels, rows, columns]
      let groups = random.choice((1...channels).filter { channels % $0 == 0 })
      let shards = random.choice([1, 1, 2, 3])
      let epsilon = random.once(in: 2) ? 1e-5 : 0.01
      let values = Self.values(&random)
      let x = random.floats(shape.count, values)
      let dy = random.floats(shape.count, values)

      var group = ReferenceGroupNormalization(
        samples: samples, channels: channels, positions: positions, groups: groups)
      (group.shards, group.epsilon) = (shards, epsilon)
      let (w, b) = (random.floats(channels), random.floats(channels))
      let gradients = group.pullback(dy, input: x, weight: w)
      let groupTrial = Trial(
        name: "group_norm of \(shape), \(groups) groups, \(shards) shards, \(values)",
        inputs: [(x, shape)], parameters: [(w, [channels], .vector), (b, [channels], .vector)],
        shards: shards, outputGradient: dy, output: group.forward(x, weight: w, bias: b),
        gradients: [gradients.x, gradients.weight, gradients.bias]
      ) { x, p in
        groupNormalization(x[0], weight: p[0], bias: p[1], groups: groups, epsilon: epsilon)
      }
      guard try groupTrial.check(seed: seed, product) else { return false }

      var layer = ReferenceLayerNormalization(
        samples: samples, channels: channels, positions: positions)
      (layer.shards, layer.epsilon) = (shards, epsilon)
      let size = shape.sample.count
      let (weight, bias) = (random.floats(size), random.floats(size))
      let layerGradients = layer.pullback(dy, input: x, weight: weight)
      let layout: ParameterLayout =
        isFlat ? .vector : .interleaved(channels: channels, positions: positions)
      return try Trial(
        name: "layer_norm of \(shape), \(shards) shards, \(values)", inputs: [(x, shape)],
        parameters: [(weight, shape.sample, layout), (bias, shape.sample, layout)],
        shards: shards, outputGradient: dy,
        output: layer.forward(x, weight: weight, bias: bias),
        gradients: [layerGradients.x, layerGradients.weight, layerGradients.bias]
      ) { x, p in
        layerNormalization(x[0], weight: p[0], bias: p[1], epsilon: epsilon)
      }.check(seed: seed, product)
    }
  }
}
