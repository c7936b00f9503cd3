public import Autograd

/// Zeroes elements with a probability and scales the rest, while the tape trains.
public struct Dropout: Module {
  private let probability: Double
  private let stream: DropoutStream

  /// Creates a layer whose masks are drawn by (seed, name, step, sample).
  ///
  /// - Precondition: 0 ≤ `probability` < 1.
  public init(_ probability: Double, name: String, seed: UInt64) {
    precondition(probability >= 0 && probability < 1, "dropout with probability \(probability)")
    self.probability = probability
    stream = DropoutStream(seed: seed, layer: name)
  }

  /// Drops elements.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    dropout(x, probability: probability, stream: stream)
  }
}
