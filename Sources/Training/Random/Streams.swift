internal import Autograd

extension Parameter {
  /// Draws every element uniformly from ±1/√`fanIn` by (seed, name), in PyTorch's order.
  func drawUniform(fanIn: Int, seed: UInt64) {
    let bound = 1 / Double(fanIn).squareRoot()
    var state = seed
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    values = (0..<shape.count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float((Double(state >> 40) / 16_777_216 * 2 - 1) * bound)
    }
  }
}

extension DropoutStream {
  /// The stream of the dropout layer of that name.
  init(seed: UInt64, layer: String) {
    var state: UInt32 = 1
    for byte in layer.utf8 { state = (state ^ UInt32(byte)) &* 0x0100_0193 }
    self.init(key0: UInt32(truncatingIfNeeded: seed), key1: UInt32(seed >> 32), purpose: state)
  }
}

/// The order in which an epoch visits `count` samples, by (seed, epoch).
func shuffledOrder(count: Int, seed: UInt64, epoch: Int) -> [UInt32] {
  var order = (0..<UInt32(count)).map { $0 }
  var state = seed &+ UInt64(epoch) &* 0x9E37_79B9_7F4A_7C15
  for index in order.indices.reversed() where index > 0 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    order.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
  }
  return order
}
