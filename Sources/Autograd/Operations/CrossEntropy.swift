package import KernelInterface

/// The mean cross-entropy of softmax(logits) against class labels (Numerics rule 11).
///
/// A sample's loss is log Σ eᶻ − z at the label, z = logits − their maximum; with label smoothing ε over C classes
/// fma(ε/C, Σ (log Σ eᶻ − z), (1−ε) · loss). The mean is the sum of rule 3 over the samples, times 1/N rounded once. Pullback:
/// ((softmax − target) · 1/N) · dy; the bracket is computed beside the loss, and dy = 1 multiplies nothing.
package final class CrossEntropyOperation: LossOperation {
  let logits: Variable
  package let labels: Labels
  package let output: Variable
  /// The loss of each sample.
  package let losses: FloatSlice
  /// The gradient of the logits for dy = 1.
  private let gradient: FloatSlice
  private let keep: Float
  private let spread: Float
  package var sampleCount: Int

  package init(logits x: Tensor, labels: Labels, labelSmoothing smoothing: Double) {
    let (logits, tape) = (x.variable, x.tape)
    let (rows, columns) = (logits.shape[0], logits.shape[1])
    self.logits = logits
    self.labels = labels
    output = tape.makeVariable(.scalar, requiresGradient: logits.requiresGradient)
    losses = tape.allocate(rows)
    gradient = tape.allocate(rows * columns)
    keep = Float(1 - smoothing)
    spread = Float(smoothing / Double(columns))
    sampleCount = rows
  }

  package func forward(on tape: Tape) {
    let (rows, columns) = (logits.shape[0], logits.shape[1])
    let inverseCount = Float(1 / Double(sampleCount))
    for row in 0..<rows {
      precondition(labels[row] < UInt32(columns), "label \(labels[row]) of \(columns) classes")
    }
    tape.parallel(rows, work: rows * columns * 32) { range in
      let start = range.lowerBound * columns
      tape.kernels.softmaxCrossEntropy(
        losses: losses[range.lowerBound...], gradient: gradient[start...],
        logits: logits.value[start...], rowStride: columns,
        targets: labels.storage.all[range.lowerBound...], rows: range.count, columns: columns,
        keep: keep, spread: spread, scale: inverseCount)
    }
    let sum = tape.kernels.sum(losses[0..<rows])
    output.value[0] = sum * inverseCount
  }

  package func pullback(on tape: Tape) {
    guard let dy = output.gradient?[0] else { return }
    tape.contribute(to: logits) { dx in
      if dy == 1 {
        dx.assign(gradient)
      } else {
        tape.kernels.scale(dx, gradient, by: dy)
      }
    }
  }
}

/// The mean cross-entropy of softmax(logits) against class labels.
///
/// - Parameters:
///   - logits: `[batch, classes]`.
///   - labels: One class per sample, below the number of classes.
///   - labelSmoothing: The share of the target that is spread evenly over all classes, 0 ≤ ε < 1.
/// - Returns: A scalar.
public func crossEntropy(
  _ logits: Tensor, _ labels: Labels, labelSmoothing: Double = 0
) -> Tensor {
  precondition(
    logits.shape.rank == 2 && logits.shape[0] == labels.count && logits.shape[0] > 0,
    "cross-entropy of \(logits.shape) against \(labels.count) labels")
  return logits.tape.record(
    CrossEntropyOperation(logits: logits, labels: labels, labelSmoothing: labelSmoothing))
}
