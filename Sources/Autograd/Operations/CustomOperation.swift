internal import KernelInterface

/// An operation of one's own: a function of tensors, and its pullback.
///
/// ```swift
/// /// y = x · sin(a · x), element by element, with one a for all.
/// struct Ripple: CustomOperation {
///   func outputShape(of inputs: [Shape]) -> Shape { inputs[0] }
///
///   func forward(_ inputs: [[Float]], into output: inout [Float]) { … }
///
///   func pullback(
///     _ inputs: [[Float]], output: [Float], gradient: [Float], into gradients: inout [[Float]]
///   ) { … }
/// }
///
/// let y = tape.apply(Ripple(), to: x, parameters: [a])
/// ```
///
/// Laws: the functions depend on nothing but their arguments, read no clock and draw no random numbers, so that running
/// them again gives the same bits. Whoever wants equal bits on other machines uses what IEEE 754 fixes (`+ − × ÷ √`,
/// `addingProduct`, comparisons) and not the exp or sin of a C library.
///
/// Elements are in logical order, images as N, C, H, W, whatever the order in memory. The functions run on one thread;
/// what an operation of the library can do, a composition of those does faster.
public protocol CustomOperation {
  /// The shape of the output; a trap for inputs that the operation cannot take.
  ///
  /// - Parameter inputs: The shapes of the tensors, then those of the parameters.
  /// - Returns: The shape.
  func outputShape(of inputs: [Shape]) -> Shape

  /// Computes the output.
  ///
  /// - Parameters:
  ///   - inputs: The elements of the tensors, then those of the parameters.
  ///   - output: As many elements as the output's shape has, with unspecified values; all are to be written.
  func forward(_ inputs: [[Float]], into output: inout [Float])

  /// Passes the gradient of the output on to the inputs.
  ///
  /// - Parameters:
  ///   - inputs: As for ``forward(_:into:)``.
  ///   - output: What ``forward(_:into:)`` computed.
  ///   - gradient: The derivative of the loss by each element of the output.
  ///   - gradients: An array of zeros for each input, of its size, to which the derivative of the loss by each of its
  ///     elements is added. What is written for an input that needs no gradient is dropped.
  func pullback(
    _ inputs: [[Float]], output: [Float], gradient: [Float], into gradients: inout [[Float]])
}

extension Tape {
  /// Applies an operation of one's own and records it.
  ///
  /// - Parameters:
  ///   - operation: The function and its pullback.
  ///   - inputs: Tensors of this tape.
  ///   - parameters: Parameters that the operation reads, after the tensors.
  /// - Returns: The output.
  /// - Complexity: That of the operation, and a copy of each input and output.
  public func apply(
    _ operation: some CustomOperation, to inputs: Tensor..., parameters: [Parameter] = []
  ) -> Tensor {
    precondition(inputs.allSatisfy { $0.tape === self }, "a tensor of another tape")
    return record(
      RecordedCustomOperation(operation, inputs.map(\.variable) + parameters, tape: self))
  }
}

/// A ``CustomOperation`` on a tape, with a copy of its numbers in logical order that every pass fills again.
private final class RecordedCustomOperation<Body: CustomOperation>: Operation {
  let output: Variable
  private let body: Body
  private let inputs: [Variable]
  private var inputValues: [[Float]]
  private var inputGradients: [[Float]]
  private var outputValues: [Float]
  private var outputGradient: [Float]

  init(_ body: Body, _ inputs: [Variable], tape: Tape) {
    self.body = body
    self.inputs = inputs
    inputValues = inputs.map { Array(repeating: 0, count: $0.shape.count) }
    inputGradients = inputValues
    let shape = body.outputShape(of: inputs.map(\.shape))
    output = tape.makeVariable(
      shape, requiresGradient: inputs.contains { $0.requiresGradient })
    outputValues = Array(repeating: 0, count: shape.count)
    outputGradient = outputValues
  }

  func forward(on tape: Tape) {
    for index in inputs.indices {
      inputs[index].copyLogical(inputs[index].value, to: &inputValues[index])
    }
    body.forward(inputValues, into: &outputValues)
    precondition(
      outputValues.count == output.shape.count, "\(Body.self) changed the size of its output")
    output.assignLogical(outputValues, to: output.value)
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    output.copyLogical(dy, to: &outputGradient)
    for index in inputs.indices {
      for element in inputGradients[index].indices { inputGradients[index][element] = 0 }
    }
    body.pullback(
      inputValues, output: outputValues, gradient: outputGradient, into: &inputGradients)
    for index in inputs.indices {
      precondition(
        inputGradients[index].count == inputs[index].shape.count,
        "\(Body.self) changed the size of a gradient")
      tape.contribute(to: inputs[index]) { dx in
        inputs[index].assignLogical(inputGradients[index], to: dx)
      }
    }
  }
}

extension Variable {
  /// Where element `index` of the logical order lies in memory.
  fileprivate func offset(of index: Int) -> Int {
    if let parameter = self as? Parameter { return parameter.layout.offset(of: index) }
    guard shape.isInterleaved else { return index }
    let (channels, positions) = (shape.extents[1], shape.extents[2] * shape.extents[3])
    let (image, rest) = index.quotientAndRemainder(dividingBy: channels * positions)
    let (channel, position) = rest.quotientAndRemainder(dividingBy: positions)
    return (image * positions + position) * channels + channel
  }

  /// Copies memory that lies as this variable's into an array in logical order, without allocating.
  fileprivate func copyLogical(_ source: FloatSlice, to elements: inout [Float]) {
    for index in elements.indices { elements[index] = source[offset(of: index)] }
  }

  /// Copies an array in logical order into memory that lies as this variable's; what pads a parameter becomes zero.
  fileprivate func assignLogical(_ elements: [Float], to target: FloatSlice) {
    if target.count != elements.count { target.fill(0) }
    for index in elements.indices { target[offset(of: index)] = elements[index] }
  }
}
