internal import KernelInterface

/// `y = word ≥ threshold ? x · scale : 0`, drawn by (sample, step, layer).
///
/// Pullback: the same function of dy.
///
/// The word of element j of a sample is word j mod 4 of the Philox block with counter (⌊j/4⌋, sample, step, layer). j counts in
/// storage order. The threshold is p · 2³² rounded to the nearest integer (at most 2³² − 1); the scale is 1/(1 − p), computed
/// in Double and rounded once.
final class DropoutOperation: Operation {
  let input: Variable
  let output: Variable
  private let threshold: UInt32
  private let factor: Float
  private let stream: DropoutStream
  private let rowNumbers: WordStorage
  /// The elements of a sample.
  private let columns: Int

  init(_ input: Variable, probability: Double, stream: DropoutStream, tape: Tape) {
    self.input = input
    self.stream = stream
    columns = input.shape.sample.count
    threshold = UInt32(min((probability * 4_294_967_296).rounded(), 4_294_967_295))
    factor = Float(1 / (1 - probability))
    rowNumbers = WordStorage((0..<UInt32(input.shape[0])).map { $0 })
    output = tape.makeVariable(input.shape, requiresGradient: input.requiresGradient)
  }

  func forward(on tape: Tape) { drop(output.value, input.value, tape) }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { drop($0, dy, tape) }
  }

  private func drop(_ y: FloatSlice, _ x: FloatSlice, _ tape: Tape) {
    guard tape.isTraining else {
      y.assign(x)
      return
    }
    let samples = tape.samples ?? rowNumbers
    precondition(samples.count >= input.shape[0], "a batch has fewer sample numbers than rows")
    tape.parallel(input.shape[0], work: x.count * 4) { rows in
      let start = rows.lowerBound * columns
      tape.kernels.dropout(
        y[start...], x[start...], rowStride: columns,
        samples: samples.all[rows.lowerBound...], rows: rows.count, columns: columns,
        step: tape.step, purpose: stream.purpose, key: stream.key0, stream.key1,
        threshold: threshold, scale: factor)
    }
  }
}

/// The random stream of one dropout layer: a key, and the word that stands for the layer.
public struct DropoutStream: Hashable, Sendable {
  /// The low word of the key.
  public let key0: UInt32
  /// The high word of the key.
  public let key1: UInt32
  /// The last word of the counter.
  public let purpose: UInt32

  /// Creates a stream.
  public init(key0: UInt32, key1: UInt32, purpose: UInt32) {
    self.key0 = key0
    self.key1 = key1
    self.purpose = purpose
  }
}

/// Zeroes elements with `probability` and scales the rest, while the tape trains; passes all otherwise.
///
/// - Precondition: 0 ≤ `probability` < 1.
public func dropout(_ x: Tensor, probability: Double, stream: DropoutStream) -> Tensor {
  precondition(probability >= 0 && probability < 1, "dropout with probability \(probability)")
  return x.tape.record(
    DropoutOperation(x.variable, probability: probability, stream: stream, tape: x.tape))
}
