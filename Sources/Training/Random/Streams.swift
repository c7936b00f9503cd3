public import Autograd
internal import RandomStreams

extension Parameter {
  /// Draws every element uniformly from ±1/√`fanIn`, in PyTorch's order.
  ///
  /// Element i is draw i of the stream of (seed, name) for initialization; the bound is computed in Double and rounded once.
  /// It is what PyTorch draws a linear layer of `fanIn` inputs from, and what each layer of the library does with its own.
  ///
  /// - Precondition: `fanIn` is at least 1.
  public func drawUniform(fanIn: Int, seed: UInt64) {
    precondition(fanIn > 0, "a fan-in of \(fanIn)")
    let bound = Float(1 / Double(fanIn).squareRoot())
    var stream = RandomStream(
      StreamKey(seed: seed).named(name), .initialization, step: 0, element: 0)
    values = (0..<shape.count).map { _ in stream.uniform(in: -bound..<bound) }
  }
}

extension DropoutStream {
  /// The stream of the dropout layer of that name.
  init(seed: UInt64, layer: String) {
    let key = StreamKey(seed: seed).named(layer)
    self.init(key0: key.low, key1: key.high, purpose: RandomStream.Purpose.dropout.rawValue)
  }
}

/// The order in which an epoch visits `count` samples, by (seed, epoch).
func shuffledOrder(count: Int, seed: UInt64, epoch: Int) -> [UInt32] {
  Permutation(count: count, seed: seed, epoch: UInt32(epoch)).order
}
