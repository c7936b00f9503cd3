internal import KernelInterface

/// `y = softmax(x)` over the last axis of flat samples (Numerics rule 11).
///
/// Pullback: dx = (dy − Σ dy·y) · y.
final class SoftmaxOperation: Operation {
  let input: Variable
  let output: Variable

  init(_ input: Variable, tape: Tape) {
    self.input = input
    output = tape.makeVariable(input.shape, requiresGradient: input.requiresGradient)
  }

  private var columns: Int { output.shape[-1] }
  private var rows: Int { columns == 0 ? 0 : output.value.count / columns }

  func forward(on tape: Tape) {
    tape.parallel(rows, work: output.value.count * 16) { range in
      let start = range.lowerBound * columns
      tape.kernels.softmax(
        output.value[start...], input.value[start...], rowStride: columns,
        rows: range.count, columns: columns)
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { dx in
      tape.kernels.softmaxGradient(
        dx, dy, result: output.value, rowStride: columns, rows: rows,
        columns: columns)
    }
  }
}

/// Softmax over the last axis of `[batch, classes]`.
public func softmax(_ x: Tensor) -> Tensor {
  precondition(x.shape.rank == 2, "softmax takes flat samples, not \(x.shape)")
  return x.tape.record(SoftmaxOperation(x.variable, tape: x.tape))
}
