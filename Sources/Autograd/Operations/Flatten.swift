internal import Kernels

/// `[batch, …] → [batch, features]` in logical order C, H, W.
///
/// Pullback: the gradient in the input's order.
///
/// Images are stored N, H, W, C, so several channels are put plane after plane.
final class FlattenOperation: Operation {
  let input: Variable
  let output: Variable

  init(_ input: Variable, tape: Tape) {
    self.input = input
    let count = input.shape[0]
    let features = input.shape.sample.count
    output = tape.makeVariable([count, features], requiresGradient: input.requiresGradient)
  }

  func forward(on tape: Tape) {
    reorder(output.value, input.value, toInterleaved: false, tape)
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { reorder($0, dy, toInterleaved: true, tape) }
  }

  private func reorder(_ y: FloatSlice, _ x: FloatSlice, toInterleaved: Bool, _ tape: Tape) {
    guard input.shape.isInterleaved else {
      y.assign(x)
      return
    }
    let channels = input.shape[1]
    let positions = input.shape[2] * input.shape[3]
    tape.parallel(input.shape[0], work: x.count) { images in
      let start = images.lowerBound * channels * positions
      // SAFETY: both hold all images, and they do not overlap.
      unsafe tape.kernels.interleave(
        y.base + start, x.base + start, toInterleaved: toInterleaved, images: images.count,
        channels: channels, positions: positions)
    }
  }
}

/// All axes but the first as one, in the order C, H, W.
public func flatten(_ x: Tensor) -> Tensor {
  precondition(x.shape.rank >= 1, "a single number has no batch to keep")
  return x.tape.record(FlattenOperation(x.variable, tape: x.tape))
}
