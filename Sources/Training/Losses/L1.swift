public import Autograd
internal import KernelInterface
internal import Settings

/// The mean over batch and outputs of the distance to the label's one-hot vector.
public struct L1: LossKind {
  public static let word = "l1"
  public static let summary =
    "The mean of the absolute differences; for classes, to the one-hot target."

  /// Creates the loss.
  public init() {}

  public var takesLogits: Bool { false }

  public func record(_ output: Tensor, _ labels: Labels) -> BatchLoss {
    BatchLoss(AbsoluteErrorOperation(output, labels: labels), on: output.tape)
  }
}

/// A sample's loss is Σ |x − t| by rule 3 times 1/C rounded once; the mean is the sum of rule 3 over the samples, times 1/N
/// rounded once.
///
/// Pullback: the sign of x − t times 1/(N·C), the factor in Double rounded once, then · dy; 0 where x is t.
private final class AbsoluteErrorOperation: LossOperation {
  let input: Variable
  let labels: Labels
  let output: Variable
  let losses: FloatSlice
  var sampleCount: Int
  private let distances: FloatSlice
  private let gradient: FloatSlice

  init(_ x: Tensor, labels: Labels) {
    let (input, tape) = (x.variable, x.tape)
    self.input = input
    self.labels = labels
    output = tape.makeVariable(.scalar, requiresGradient: input.requiresGradient)
    losses = tape.allocate(input.shape[0])
    sampleCount = input.shape[0]
    distances = tape.allocate(input.shape[1])
    gradient = tape.allocate(input.value.count)
  }

  func forward(on tape: Tape) {
    let (rows, columns) = (input.shape[0], input.shape[1])
    let step = Float(1 / (Double(sampleCount) * Double(columns)))
    let inverseColumns = Float(1 / Double(columns))
    for row in 0..<rows {
      let label = Int(labels[row])
      precondition(label < columns, "label \(label) of \(columns) outputs")
      for column in 0..<columns {
        let place = row * columns + column
        let difference = input.value[place] - (column == label ? 1 : 0)
        distances[column] = abs(difference)
        gradient[place] = difference > 0 ? step : difference < 0 ? -step : 0
      }
      losses[row] = tape.kernels.sum(distances[0..<columns]) * inverseColumns
    }
    let sum = tape.kernels.sum(losses[0..<rows])
    output.value[0] = sum * Float(1 / Double(sampleCount))
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient?[0] else { return }
    tape.contribute(to: input) { dx in
      for place in 0..<dx.count { dx[place] = gradient[place] * dy }
    }
  }
}
