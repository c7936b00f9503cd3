internal import KernelInterface

/// `y = factor · Σ x` over all elements in storage order (Numerics rule 3).
///
/// Pullback: dx = factor · dy everywhere.
final class SumOperation: Operation {
  let input: Variable
  let output: Variable
  private let factor: Float

  init(_ input: Variable, factor: Float, tape: Tape) {
    self.input = input
    self.factor = factor
    output = tape.makeVariable(.scalar, requiresGradient: input.requiresGradient)
  }

  func forward(on tape: Tape) {
    let sum = tape.kernels.sum(input.value)
    output.value[0] = sum * factor
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { $0.fill(dy[0] * factor) }
  }
}

extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor {
    tape.record(SumOperation(variable, factor: 1, tape: tape))
  }

  /// The mean of all elements: their sum times 1/n rounded once.
  public func mean() -> Tensor {
    tape.record(SumOperation(variable, factor: Float(1 / Double(shape.count)), tape: tape))
  }
}
