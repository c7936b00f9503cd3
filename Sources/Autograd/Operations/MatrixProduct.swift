internal import KernelInterface

/// `C = A · B`: `[n, k] · [k, m] → [n, m]`, chains from +0 over ascending k.
///
/// Pullback: dA = dC · Bᵀ, dB = Aᵀ · dC.
final class MatrixProductOperation: Operation {
  let a: Variable
  let b: Variable
  let output: Variable

  init(_ a: Variable, _ b: Variable, tape: Tape) {
    self.a = a
    self.b = b
    output = tape.makeVariable(
      [a.shape[0], b.shape[1]], requiresGradient: a.requiresGradient || b.requiresGradient)
  }

  func forward(on tape: Tape) {
    let (n, k, m) = (a.shape[0], a.shape[1], b.shape[1])
    product(
      output.value, a.value, aStrides: (k, 1), b.value, bStrides: (m, 1), (n, k, m), tape)
  }

  func pullback(on tape: Tape) {
    guard let dC = output.gradient else { return }
    let (n, k, m) = (a.shape[0], a.shape[1], b.shape[1])
    tape.contribute(to: a) { dA in
      product(dA, dC, aStrides: (m, 1), b.value, bStrides: (1, m), (n, m, k), tape)
    }
    tape.contribute(to: b) { dB in
      product(dB, a.value, aStrides: (1, k), dC, bStrides: (m, 1), (k, n, m), tape)
    }
  }

  /// `[rows, depth] · [depth, columns]` of matrices with any strides (row, column).
  private func product(
    _ c: FloatSlice, _ a: FloatSlice, aStrides: (Int, Int), _ b: FloatSlice,
    bStrides: (Int, Int), _ extents: (rows: Int, depth: Int, columns: Int), _ tape: Tape
  ) {
    let (rows, depth, columns) = extents
    let panels = ParameterLayout.panels(columns)
    tape.withScratch(panels * depth * 32) { packed in
      tape.kernels.packPanels(
        packed, from: b, depthStride: bStrides.0, columnStride: bStrides.1,
        depth: depth, columns: columns)
      tape.parallel(rows, work: 2 * rows * depth * columns) { range in
        tape.kernels.multiply(
          c: c[(range.lowerBound * columns)...], cPanelStride: 32, cRowStride: columns,
          a: a[(range.lowerBound * aStrides.0)...], aRowStride: aStrides.0,
          aDepthStride: aStrides.1, b: packed, bPanelStride: depth * 32, bDepthStride: 32,
          bPadded: true, rows: range.count, columns: columns, depth: depth, start: .zero,
          bias: nil, relu: false, depthBlock: 0)
      }
    }
  }
}

/// The matrix product `[n, k] · [k, m] → [n, m]`.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  precondition(
    a.shape.rank == 2 && b.shape.rank == 2 && a.shape[1] == b.shape[0],
    "no matrix product of \(a.shape) and \(b.shape)")
  return a.tape.record(MatrixProductOperation(a.variable, b.variable, tape: a.tape))
}
