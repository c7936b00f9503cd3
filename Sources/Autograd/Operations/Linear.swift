internal import KernelInterface
internal import WorkerPool

/// `y = relu?(x · Wᵀ + b)`: `[batch, in] · [in, out] → [batch, out]`.
///
/// Forward: each output one chain from the bias (or +0) over ascending inputs. Pullback, with dz = y ≤ 0 ? 0 : dy when the
/// relu is fused: dx = dz · W, chains over ascending outputs; dW = xᵀ · dz and db = Σ dz, chains over ascending samples.
final class LinearOperation: Operation {
  let input: Variable
  let weight: Parameter
  let bias: Parameter?
  let output: Variable
  private let relu: Bool
  private let inputs: Int
  private let outputs: Int
  private let rows: Int
  /// The gradient before the relu.
  private let masked: FloatSlice?
  /// The panels of the transposed weight, for dx.
  private let transposed: FloatSlice?

  init(input: Variable, weight: Parameter, bias: Parameter?, relu: Bool, tape: Tape) {
    self.input = input
    self.weight = weight
    self.bias = bias
    self.relu = relu
    rows = input.shape[0]
    inputs = weight.shape[1]
    outputs = weight.shape[0]
    output = tape.makeVariable([rows, outputs], requiresGradient: true)
    masked = relu ? tape.allocate(rows * outputs) : nil
    transposed =
      input.requiresGradient
      ? tape.allocate(ParameterLayout.panels(inputs) * outputs * 32) : nil
  }

  private var work: Int { 2 * rows * inputs * outputs }

  func forward(on tape: Tape) {
    tape.parallelTiles(
      rows: rows, panels: ParameterLayout.panels(outputs), work: work,
      prefersPanels: rows <= outputs
    ) { rows, panels in
      tape.kernels.linear(
        output.value, rowStride: outputs, input.value, xRowStride: inputs,
        weight: weight.value, bias: bias?.value, relu: relu, rows: rows, panels: panels,
        inputs: inputs, outputs: outputs)
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    let dz = masked ?? dy
    tape.parallel(rows, work: rows * outputs) { mask(dz, dy, $0, tape) }
    if let transposed {
      tape.contribute(to: input) { inputGradient($0, dz, transposed, tape) }
    }
    tape.contribute(to: weight) { dW in
      tape.sumOverSamples(rows, positions: 1, into: dW) { samples, sum in
        weightGradient(sum, dz, samples, tape)
      }
    }
    guard let bias else { return }
    tape.contribute(to: bias) { db in
      tape.sumOverSamples(rows, positions: 1, into: db) { samples, sum in
        tape.kernels.statisticSums(
          sum, dz[(samples.lowerBound * outputs)...], rowStride: outputs,
          rows: samples.count, columns: outputs)
        sum[outputs..<sum.count].fill(0)
      }
    }
  }

  /// Computes dx from dz.
  ///
  /// Panels are transposed where they are used, while they are in the nearest cache, unless rows are what is cut.
  private func inputGradient(
    _ dx: FloatSlice, _ dz: FloatSlice, _ transposed: FloatSlice, _ tape: Tape
  ) {
    let panels = ParameterLayout.panels(inputs)
    let cutsPanels = tape.cutsPanels(
      rows: rows, panels: panels, threads: tape.workers.width, rows <= inputs)
    func multiply(_ rows: Range<Int>, _ panels: Range<Int>) {
      tape.kernels.linearInputGradient(
        dx, rowStride: inputs, dz, dyRowStride: outputs, transposedWeight: transposed,
        rows: rows, panels: panels, inputs: inputs, outputs: outputs)
    }
    if cutsPanels {
      tape.parallel(panels, work: work) { panels in
        for panel in panels {
          transpose(panel..<panel + 1, into: transposed, tape)
          multiply(0..<rows, panel..<panel + 1)
        }
      }
    } else {
      tape.parallel(panels, work: inputs * outputs) { transpose($0, into: transposed, tape) }
      tape.parallel(rows, work: work, partsPerThread: 4) { multiply($0, 0..<panels) }
    }
  }

  /// Panels of the transposed weight.
  private func transpose(_ panels: Range<Int>, into transposed: FloatSlice, _ tape: Tape) {
    let first = panels.lowerBound * 32
    let columns = min(inputs, panels.upperBound * 32) - first
    tape.kernels.transposePanels(
      transposed[(first * outputs)...], from: weight.value[(first * 32)...], depth: columns,
      columns: outputs, sourceDepth: inputs)
  }

  private func weightGradient(
    _ sum: FloatSlice, _ dz: FloatSlice, _ samples: Range<Int>, _ tape: Tape
  ) {
    let panels = ParameterLayout.panels(outputs)
    tape.parallelTiles(
      rows: inputs, panels: panels, work: work, prefersPanels: samples.count <= outputs
    ) { inputRange, panels in
      if panels.upperBound * 32 > outputs, !isArena(sum) {
        // The padding of the last panel is zero in an arena, which began so and is never written there; scratch may hold anything.
        let last = (panels.upperBound - 1) * inputs * 32
        sum[last + inputRange.lowerBound * 32..<last + inputRange.upperBound * 32].fill(0)
      }
      tape.kernels.linearWeightGradient(
        sum, input.value, xRowStride: inputs, dz, dyRowStride: outputs,
        dyPadded: true, samples: samples, inputRange: inputRange, panels: panels, inputs: inputs,
        outputs: outputs, accumulating: false)
    }
  }

  private func isArena(_ slice: FloatSlice) -> Bool {
    guard let gradient = weight.gradient else { return false }
    return slice.begins(with: gradient)
  }

  /// dz = y ≤ 0 ? 0 : dy for some rows, if the relu is fused.
  private func mask(_ dz: FloatSlice, _ dy: FloatSlice, _ rows: Range<Int>, _ tape: Tape) {
    guard relu else { return }
    let range = rows.lowerBound * outputs..<rows.upperBound * outputs
    tape.kernels.reluGradient(dz[range], dy[range], result: output.value[range])
  }
}

/// `x · Wᵀ + b`, then relu if wanted, fused.
///
/// - Parameters:
///   - x: Flat samples, `[batch, in]`.
///   - weight: `[out, in]`.
///   - bias: `[out]`, or nil.
///   - relu: Whether negative outputs become zero.
/// - Returns: `[batch, out]`.
package func linear(_ x: Tensor, weight: Parameter, bias: Parameter?, relu: Bool = false) -> Tensor
{
  precondition(
    x.shape.rank == 2 && x.shape[1] == weight.shape[1],
    "a linear layer of \(weight.shape) got \(x.shape)")
  return x.tape.record(
    LinearOperation(input: x.variable, weight: weight, bias: bias, relu: relu, tape: x.tape))
}
