import Autograd
import Kernels
import Testing

@Suite("Every differentiable operation")
struct GradientTests {
  /// The greatest difference allowed, relative to the size of the numbers that were added up.
  ///
  /// A chain of n ≤ 100 roundings errs by at most n · 2⁻²⁴ < 6·10⁻⁶ of the sum of magnitudes; compositions of a few of
  /// them stay below 4·10⁻⁵. Central differences with h = 10⁻⁵ in Double err by about 10⁻¹⁰.
  static let tolerance = 4e-5

  @Test("gives the value of its definition in double precision", arguments: OperationCase.all)
  func value(of operation: OperationCase) throws {
    let result = OperationResult(operation, on: try makeTape())
    let expected = operation.reference(operation.inputs.map { $0.map(Double.init) })
    #expect(result.output.count == expected.count)
    for (found, wanted) in zip(result.output, expected) {
      #expect(abs(Double(found) - wanted) <= Self.tolerance * max(1, abs(wanted)))
    }
  }

  @Test("has a gradient that agrees with central differences", arguments: OperationCase.all)
  func gradient(of operation: OperationCase) throws {
    let result = OperationResult(operation, on: try makeTape())
    var inputs = operation.inputs.map { $0.map(Double.init) }
    let weights = OperationResult.weights(result.output.count).map(Double.init)
    let scale = max(1, Double(result.output.count).squareRoot())
    let h = 1e-5
    for input in inputs.indices {
      // All elements of small inputs, a sample of large ones.
      let step = max(1, inputs[input].count / 40)
      for element in stride(from: 0, to: inputs[input].count, by: step) {
        func loss(_ delta: Double) -> Double {
          let old = inputs[input][element]
          defer { inputs[input][element] = old }
          inputs[input][element] = old + delta
          return zip(weights, operation.reference(inputs)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let expected = (loss(h) - loss(-h)) / (2 * h)
        let found = Double(result.gradients[input][element])
        #expect(
          abs(found - expected) <= Self.tolerance * max(scale, abs(expected)),
          "input \(input), element \(element)")
      }
    }
  }

  @Test("gives the same bits on any number of threads", arguments: OperationCase.all)
  func threads(of operation: OperationCase) throws {
    let one = OperationResult(operation, on: try makeTape())
    for threads in [2, 3, 7] {
      #expect(OperationResult(operation, on: try makeTape(threads: threads)) == one)
    }
  }

  @Test("gives the same bits on every instruction set", arguments: OperationCase.all)
  func instructionSets(of operation: OperationCase) throws {
    let best = OperationResult(operation, on: try makeTape())
    for isa in InstructionSet.available {
      #expect(OperationResult(operation, on: try makeTape(isa: isa)) == best, "\(isa)")
    }
  }

  @Test("gives the same bits when its recording is replayed", arguments: OperationCase.all)
  func replay(of operation: OperationCase) throws {
    let tape = try makeTape()
    let inputs = operation.shapes.map {
      tape.tensor(
        Array(repeating: 0.5, count: $0.count), shape: $0, requiresGradient: true)
    }
    let parameters = operation.makeParameters(operation.inputs)
    let y = operation.apply(inputs, parameters)
    let weights = tape.tensor(OperationResult.weights(y.shape.count), shape: y.shape)
    let loss = (y * weights).sum()
    loss.backward()
    for parameter in parameters { parameter.zeroGradient() }
    for (input, values) in zip(inputs, operation.inputs) { input.assign(values) }
    tape.replay()
    loss.backward()
    let fresh = OperationResult(operation, on: try makeTape())
    #expect(bits(y.values) == bits(fresh.output))
    let found = inputs.map(\.gradient) + parameters.map(\.gradients)
    #expect(found.map(bits) == fresh.gradients.map(bits))
  }
}
