import KernelInterface
import Autograd
import ReferenceInterpreter
import Testing
import Training

@Suite("An optimizer")
struct OptimizerTests {
  /// A parameter of each layout: its shape, and the same layout in product and reference.
  private static func layouts(
    _ random: inout SplitMix
  ) -> [(shape: Shape, product: ParameterLayout, reference: ReferenceLayout)] {
    let (outputs, inputs) = (random.integer(1...40), random.integer(1...9))
    let (groups, taps) = (random.integer(1...3), random.integer(1...4))
    let (channels, positions) = (random.integer(1...9), random.integer(1...9))
    return [
      ([random.integer(1...70)], .vector, .vector),
      (
        [outputs, inputs], .panels(outputs: outputs, channels: inputs, window: 1, groups: 1),
        .panels(outputs: outputs, channels: inputs, taps: 1, groups: 1)
      ),
      (
        [groups * outputs, inputs, taps, 1],
        .panels(outputs: groups * outputs, channels: inputs, window: taps, groups: groups),
        .panels(outputs: groups * outputs, channels: inputs, taps: taps, groups: groups)
      ),
      (
        [channels, positions, 1], .interleaved(channels: channels, positions: positions),
        .interleaved(channels: channels, positions: positions)
      ),
      // More elements than a block of a sum has.
      ([random.once(in: 3) ? 9000 : 3], .vector, .vector),
    ]
  }

  @Test("has the bits of its formula after several steps, with clipping and the norm")
  func steps() throws {
    let product = try Product()
    try Cases(150, inDebug: 30).run { seed, random in
      let layouts = Self.layouts(&random)
      let kind = Optimizer.draw(&random)
      let clipping = GradientClipping(
        value: random.once(in: 2) ? 0.5 : nil, norm: random.once(in: 2) ? 0.75 : nil)
      let values = SplitMix.Values(&random)
      let isSmall = values == .special
      let initial = layouts.map { random.floats($0.shape.count) }
      let rates = (0..<4).map { _ in Double(random.integer(1...99)) / 512 }
      let gradients = rates.map { _ in
        layouts.map { random.floats($0.shape.count, isSmall ? .tiny : values) }
      }

      var states = initial.map { ReferenceOptimizer.State($0) }
      var expected: Results = []
      for (step, rate) in rates.enumerated() {
        let (clipped, norm) = ReferenceClipping(value: clipping.value, norm: clipping.norm)
          .clip(gradients[step], layouts: layouts.map(\.reference))
        for index in states.indices {
          kind.reference.step(&states[index], clipped[index], rate: rate, t: step + 1)
          expected.append(("parameter \(index) after step \(step + 1)", states[index].values))
        }
        expected.append(("norm of step \(step + 1)", [norm]))
      }

      return try check(expected, of: "\(kind), \(clipping), \(values)", seed: seed, product) {
        setting in
        let tape = try product.tape(setting)
        let parameters = zip(layouts, initial).map { layout, values in
          let parameter = Parameter(name: "p", shape: layout.shape, layout: layout.product)
          parameter.values = values
          return parameter
        }
        let optimizer = Optimizer(kind, parameters, on: tape, clipping: clipping)
        var found: [[Float]] = []
        for (step, rate) in rates.enumerated() {
          for (parameter, gradient) in zip(parameters, gradients[step]) {
            tape.contribute(to: parameter) { memory in
              memory.fill(0)
              for (index, value) in gradient.enumerated() {
                memory[parameter.layout.offset(of: index)] = value
              }
            }
          }
          optimizer.learningRate = rate
          let norm = optimizer.step()
          found += parameters.map(\.values) + [[norm]]
        }
        return zip(expected, found).map { ($0.name, $1) }
      }
    }
  }
}
