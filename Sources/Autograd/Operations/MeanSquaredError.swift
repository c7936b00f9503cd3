package import KernelInterface

/// The mean over batch and outputs of the squared distance to the one-hot vector of a label.
///
/// A sample's loss is Σ (x − t)² by rule 3 times 1/C rounded once; the mean is the sum of rule 3 over the samples, times 1/N
/// rounded once. Pullback: (x − t) · (2/(N·C)), the factor in Double rounded once, then · dy unless dy is 1.
package final class MeanSquaredErrorOperation: LossOperation {
  let input: Variable
  package let labels: Labels
  package let output: Variable
  /// The loss of each sample.
  package let losses: FloatSlice
  package var sampleCount: Int
  private let target: FloatSlice
  private let gradient: FloatSlice

  package init(_ x: Tensor, labels: Labels) {
    let (input, tape) = (x.variable, x.tape)
    self.input = input
    self.labels = labels
    output = tape.makeVariable(.scalar, requiresGradient: input.requiresGradient)
    losses = tape.allocate(input.shape[0])
    sampleCount = input.shape[0]
    target = tape.allocate(input.shape[1])
    gradient = tape.allocate(input.value.count)
    target.fill(0)
  }

  package func forward(on tape: Tape) {
    let (rows, columns) = (input.shape[0], input.shape[1])
    let factor = Float(2 / (Double(sampleCount) * Double(columns)))
    let inverseColumns = Float(1 / Double(columns))
    for row in 0..<rows {
      let label = Int(labels[row])
      precondition(label < columns, "label \(label) of \(columns) outputs")
      target[label] = 1
      let sum = tape.kernels.squaredError(
        gradient: gradient.part(row, of: columns), input.value.part(row, of: columns),
        target: target, scale: factor)
      target[label] = 0
      losses[row] = sum * inverseColumns
    }
    let sum = tape.kernels.sum(losses[0..<rows])
    output.value[0] = sum * Float(1 / Double(sampleCount))
  }

  package func pullback(on tape: Tape) {
    guard let dy = output.gradient?[0] else { return }
    tape.contribute(to: input) { dx in
      if dy == 1 {
        dx.assign(gradient)
      } else {
        tape.kernels.scale(dx, gradient, by: dy)
      }
    }
  }
}

/// The mean squared distance of `[batch, outputs]` to the one-hot vectors of the labels.
public func meanSquaredError(_ x: Tensor, _ labels: Labels) -> Tensor {
  precondition(
    x.shape.rank == 2 && x.shape[0] == labels.count && x.shape[0] > 0,
    "mean squared error of \(x.shape) against \(labels.count) labels")
  return x.tape.record(MeanSquaredErrorOperation(x, labels: labels))
}
