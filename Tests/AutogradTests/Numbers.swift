import Autograd
import Kernels
import WorkerPool

/// Numbers that are the same in every run, away from zero so that kinks are not met.
struct Numbers {
  private var state: UInt64

  init(_ salt: UInt64) { state = salt &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A float with magnitude in 0.1 ..< 1.1.
  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let magnitude = Float(state >> 40) / 16_777_216 + 0.1
    return state & (1 << 20) == 0 ? magnitude : -magnitude
  }

  mutating func array(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}

/// A tape on some threads and instruction set.
func makeTape(
  threads: Int = 1, isa: InstructionSet? = nil, shards: Int = 1
) throws -> Tape {
  Tape(
    workers: try WorkerPool(threads: threads, oversubscribed: true),
    kernels: try isa.map { try KernelSet($0) } ?? KernelSet(), shards: shards)
}

/// The bit patterns, so that −0 and NaN compare as they should.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

/// A differentiable operation with its definition in double precision, written apart from the product.
struct OperationCase: CustomStringConvertible, Sendable {
  var name: String
  /// The shapes of the inputs that are differentiated.
  var shapes: [Shape]
  /// The shapes and layouts of the parameters that are differentiated, after the inputs.
  var parameters: [(shape: Shape, layout: ParameterLayout)] = []
  /// The operation on a tape.
  var apply: @Sendable (_ inputs: [Tensor], _ parameters: [Parameter]) -> Tensor
  /// The same in Double, from logical order to logical order.
  var reference: @Sendable (_ inputs: [[Double]]) -> [Double]

  var description: String { "\(name) \(shapes.map(\.description).joined(separator: ", "))" }

  var inputs: [[Float]] {
    var numbers = Numbers(UInt64(name.utf8.count * 31 + shapes[0].count))
    return (shapes + parameters.map(\.shape)).map { numbers.array($0.count) }
  }
}

extension OperationCase {
  /// The parameters with the values that follow those of the inputs.
  func makeParameters(_ values: [[Float]]) -> [Parameter] {
    zip(parameters, values.dropFirst(shapes.count)).enumerated().map { index, pair in
      let parameter = Parameter(
        name: "p\(index)", shape: pair.0.shape, layout: pair.0.layout)
      parameter.values = pair.1
      return parameter
    }
  }
}

/// What a run of an operation gives: the output and the gradient of Σ cᵢ·yᵢ for every input.
struct OperationResult: Equatable {
  var output: [Float]
  var gradients: [[Float]]

  init(_ operation: OperationCase, on tape: Tape) {
    tape.rewind()
    let inputs = zip(operation.inputs, operation.shapes).map {
      tape.tensor($0, shape: $1, requiresGradient: true)
    }
    let parameters = operation.makeParameters(operation.inputs)
    let y = operation.apply(inputs, parameters)
    let weights = tape.tensor(OperationResult.weights(y.shape.count), shape: y.shape)
    (y * weights).sum().backward()
    output = y.values
    gradients = inputs.map(\.gradient) + parameters.map(\.gradients)
  }

  /// The weights c of the outputs.
  static func weights(_ count: Int) -> [Float] {
    var numbers = Numbers(77)
    return numbers.array(count)
  }

  static func == (a: Self, b: Self) -> Bool {
    bits(a.output) == bits(b.output) && a.gradients.map(bits) == b.gradients.map(bits)
  }
}
