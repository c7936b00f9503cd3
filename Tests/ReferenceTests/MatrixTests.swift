import Autograd
import ReferenceInterpreter
import Testing

@Suite("A matrix product")
struct MatrixTests {
  private static let sizes = [1, 1, 2, 3, 5, 8, 13, 16, 17, 31, 32, 33, 64, 70]

  @Test("of a linear layer has the bits of the plain loops: value and every gradient")
  func linearLayer() throws {
    let product = try Product()
    try Cases(400, inDebug: 60).run { seed, random in
      // Now and then so many samples that gradients of parameters take several blocks.
      let isLong = random.once(in: 20)
      var layer = ReferenceLinear(
        samples: isLong ? random.integer(4090...12_300) : random.choice(Self.sizes),
        inputs: isLong ? random.integer(1...2) : random.choice(Self.sizes),
        outputs: isLong ? random.integer(1...2) : random.choice(Self.sizes))
      layer.relu = random.once(in: 3)
      layer.shards = random.choice([1, 1, 2, 3, 5])
      let values = SplitMix.Values(&random)
      let x = random.floats(layer.samples * layer.inputs, values)
      let w = random.floats(layer.inputs * layer.outputs, values)
      let bias = random.once(in: 3) ? nil : random.floats(layer.outputs, values)
      let dy = random.floats(layer.samples * layer.outputs, values)

      let y = layer.forward(x, weight: w, bias: bias)
      let dz = layer.rectified(dy, y)
      let (inputs, outputs, relu) = (layer.inputs, layer.outputs, layer.relu)
      var trial = Trial(
        name: "linear \(layer), \(values)", inputs: [(x, [layer.samples, inputs])],
        parameters: [
          (
            w, [outputs, inputs],
            .panels(outputs: outputs, channels: inputs, window: 1, groups: 1)
          )
        ],
        shards: layer.shards, keepsGradients: random.once(in: 2), outputGradient: dy, output: y,
        gradients: [layer.inputGradient(dz, weight: w), layer.weightGradient(dz, input: x)]
      ) { x, p in linear(x[0], weight: p[0], bias: p.count > 1 ? p[1] : nil, relu: relu) }
      if let bias {
        trial.parameters.append((bias, [outputs], .vector))
        trial.gradients.append(layer.biasGradient(dz))
      }
      return try trial.check(seed: seed, product)
    }
  }

  @Test("of two tensors has the bits of the plain loops: value and both gradients")
  func tensors() throws {
    let product = try Product()
    try Cases(200, inDebug: 40).run { seed, random in
      let (n, k, m) = (
        random.choice(Self.sizes), random.choice(Self.sizes), random.choice(Self.sizes)
      )
      let values = SplitMix.Values(&random)
      let (a, b) = (random.floats(n * k, values), random.floats(k * m, values))
      let dc = random.floats(n * m, values)
      let gradients = matrixProductGradients(dc, a, b, rows: n, depth: k, columns: m)
      return try Trial(
        name: "\(n)×\(k) times \(k)×\(m), \(values)", inputs: [(a, [n, k]), (b, [k, m])],
        outputGradient: dc, output: matrixProduct(a, b, rows: n, depth: k, columns: m),
        gradients: [gradients.a, gradients.b]
      ) { x, _ in matmul(x[0], x[1]) }.check(seed: seed, product)
    }
  }
}
