import Autograd
import ReferenceInterpreter
import Testing

/// An operation on drawn numbers, and what the reference says that it gives.
struct Trial {
  /// What a failure calls it.
  var name: String
  /// The tensors that it reads, in logical order.
  var inputs: [(values: [Float], shape: Shape)]
  /// The parameters that it reads.
  var parameters: [(values: [Float], shape: Shape, layout: ParameterLayout)] = []
  /// The shards of the batch.
  var shards = 1
  /// Whether the tape trains.
  var isTraining = true
  /// Whether the tape keeps the gradients of all tensors, or lets operations write over them.
  var keepsGradients = true
  /// The derivative of the loss by each element of the output.
  var outputGradient: [Float]
  /// The output that is expected.
  var output: [Float]
  /// The gradients that are expected: of the inputs, then of the parameters.
  var gradients: [[Float]]
  /// The operation of the product.
  var apply: (_ inputs: [Tensor], _ parameters: [Parameter]) -> Tensor

  private var expected: Results {
    [("output", output)]
      + gradients.enumerated().map { number, values in
        let isInput = number < inputs.count
        return (
          isInput
            ? "gradient of input \(number)" : "gradient of parameter \(number - inputs.count)",
          values
        )
      }
  }

  /// Runs the product in all settings.
  ///
  /// - Returns: Whether all bits are those of the reference.
  func check(seed: UInt64, _ product: Product) throws -> Bool {
    let expected = expected
    return try ReferenceTests.check(expected, of: name, seed: seed, product) { setting in
      let tape = try product.tape(setting, shards: shards)
      tape.isTraining = isTraining
      tape.keepsGradients = keepsGradients
      let tensors = inputs.map { tape.tensor($0.values, shape: $0.shape, requiresGradient: true) }
      let variables = parameters.enumerated().map { number, parameter in
        let variable = Parameter(
          name: "parameter\(number)", shape: parameter.shape, layout: parameter.layout)
        variable.values = parameter.values
        return variable
      }
      let y = apply(tensors, variables)
      // An operation that follows may write over what this one has put out.
      let value = y.values
      (y * tape.tensor(outputGradient, shape: y.shape)).sum().backward()
      let found = [value] + tensors.map(\.gradient) + variables.map(\.gradients)
      return zip(expected, found).map { ($0.name, $1) }
    }
  }
}
