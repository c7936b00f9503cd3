internal import KernelInterface

/// Positions whose windows are copied at a time: they stay in the first-level cache.
@inline(always) private var windowBlock: Int { 256 }

/// Whether a weight gradient runs faster with the lanes along the taps of a window than along the output channels.
///
/// `run` is the number of neighbouring floats in a row of the window. They are copied in groups of eight, and the last group must
/// not spill into the next window.
@inline(always)
func hasFewOutputs(_ groups: Int, _ outputs: Int, _ window: Int, _ run: Int) -> Bool {
  groups == 1 && outputs <= 8 && window > outputs && window - run + (run + 7) / 8 * 8 <= 32
}

/// `convolutionWeightGradient` for few output channels and small windows: dWᵀ = dyᵀ · windows of x.
///
/// Windows are copied in blocks, 32 floats each, their last ones unused. The chains are the same: (image, row, column)
/// ascending.
func weightGradientOfFewOutputs(
  _ dW: MutableFloatPointer, _ x: FloatPointer, _ dy: FloatPointer,
  _ accumulate: Bool, _ images: Int, _ paddedHeight: Int, _ line: Int, _ inputs: Int,
  _ outputs: Int, _ outputHeight: Int, _ outputWidth: Int, _ kernelHeight: Int,
  _ kernelWidth: Int, _ strideHeight: Int, _ strideWidth: Int, _ dilationHeight: Int,
  _ dilationWidth: Int
) {
  let window = kernelHeight * kernelWidth * inputs
  if dilationWidth == 1 && hasPairedRows(kernelWidth * inputs, kernelHeight) {
    let positions: Positions = (
      images, paddedHeight * line, outputHeight, strideHeight * line, outputWidth,
      strideWidth * inputs
    )
    // SAFETY: as below.
    return unsafe weightGradientOfPairedRows(
      dW, x, dy, accumulate, positions, outputs, kernelHeight, dilationHeight * line,
      kernelWidth * inputs)
  }
  var buffer = InlineArray<8512, Float>(repeating: 0)
  var span = buffer.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let sums = unsafe pointer(memory) else { return }
    // SAFETY: eight rows of sums, then 256 windows of 32 floats, behind which a copy may spill 64 floats.
    let windows = unsafe sums + 256
    if accumulate {
      for k in 0..<window {
        for output in 0..<outputs { unsafe sums[output * 32 + k] = dW[k * 32 + output] }
      }
    }
    var first = 0
    for image in 0..<images {
      for row in 0..<outputHeight {
        var column = 0
        while column < outputWidth {
          let count = min(windowBlock, outputWidth &- column)
          // SAFETY: the windows lie in the padded image; x may be read 32 floats beyond its end.
          let from =
            unsafe x
            + ((image &* paddedHeight &+ row &* strideHeight) &* line
              &+ column &* strideWidth &* inputs)
          unsafe copyWindows(
            windows, from, count, strideWidth &* inputs, kernelHeight, dilationHeight &* line,
            kernelWidth, dilationWidth &* inputs, inputs)
          let walk: Walk = (
            outer: 1, outerStride: 0, inner: 1, innerStride: 0, depth: count,
            depthStride: outputs, ahead: 0, aheadStride: 0
          )
          unsafe walkPanel(
            sums, 32, dy + first &* outputs, 1, walk, windows, 32, outputs, 32,
            startAccumulate, dy, false)
          first &+= count
          column &+= count
        }
      }
    }
    for k in 0..<window {
      for output in 0..<outputs { unsafe dW[k * 32 + output] = sums[output * 32 + k] }
    }
  }
}

/// Copies `count` neighbouring windows, each with its taps in ascending (kh, kw, channel).
private func copyWindows(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int, _ step: Int,
  _ kernelHeight: Int, _ rowStride: Int, _ kernelWidth: Int, _ columnStride: Int, _ inputs: Int
) {
  // Neighbouring taps are neighbours in memory unless a dilation lies between them.
  let joined = columnStride == inputs
  let runs = joined ? 1 : kernelWidth
  let run = joined ? kernelWidth &* inputs : inputs
  var offset = 0
  for kh in 0..<kernelHeight {
    for part in 0..<runs {
      var i = 0
      while i < run {
        // SAFETY: groups of eight: what is too much is overwritten by the next taps, or lies behind the window's last one.
        var from = unsafe x + (kh &* rowStride &+ part &* columnStride &+ i)
        var to = unsafe y + (offset &+ i)
        for _ in 0..<count {
          unsafe store8(to, 0, load8(from, 0))
          unsafe from += step
          unsafe to += 32
        }
        i &+= 8
      }
      offset &+= run
    }
  }
}
