internal import KernelInterface

/// `[batch, …] → [batch, features]` in logical order C, H, W.
///
/// Pullback: the gradient in the input's order.
///
/// Images are stored N, H, W, C, so several channels are put plane after plane. Otherwise nothing moves: the output is another
/// view of the input.
final class FlattenOperation: Operation {
  let input: Variable
  let output: Variable
  private let movesElements: Bool

  init(_ input: Variable, tape: Tape) {
    self.input = input
    let shape: Shape = [input.shape[0], input.shape.sample.count]
    // The memory of a parameter changes when an optimizer takes it over.
    movesElements = input.shape.isInterleaved || input is Parameter
    output =
      movesElements
      ? tape.makeVariable(shape, requiresGradient: input.requiresGradient)
      : tape.makeView(of: input, shape)
  }

  func forward(on tape: Tape) {
    if movesElements { reorder(output.value, input.value, toInterleaved: false, tape) }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    guard !input.shape.isInterleaved else {
      return tape.contribute(to: input) { reorder($0, dy, toInterleaved: true, tape) }
    }
    tape.contribute(to: input, over: dy) { $0.assign(dy) }
  }

  private func reorder(_ y: FloatSlice, _ x: FloatSlice, toInterleaved: Bool, _ tape: Tape) {
    guard input.shape.isInterleaved else {
      y.assign(x)
      return
    }
    let channels = input.shape[1]
    let positions = input.shape[2] * input.shape[3]
    // Moving an element costs more than adding to it.
    tape.parallel(input.shape[0], work: 8 * x.count) { images in
      let start = images.lowerBound * channels * positions
      tape.kernels.interleave(
        y[start...], x[start...], toInterleaved: toInterleaved, images: images.count,
        channels: channels, positions: positions)
    }
  }
}

/// All axes but the first as one, in the order C, H, W.
public func flatten(_ x: Tensor) -> Tensor {
  precondition(x.shape.rank >= 1, "a single number has no batch to keep")
  return x.tape.record(FlattenOperation(x.variable, tape: x.tape))
}
