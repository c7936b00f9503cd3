internal import KernelInterface

/// Positions in a block of k: a row of the kernel finds what the one before it read in the nearest caches.
@inline(always) private var blockPositions: Int { 192 }

/// The gradient of a convolution's weight over `images` images, as panels `[group][⌈outputs/32⌉][kh · kw · inputs][32]`.
///
/// Each element is one chain in ascending (image, output row, output column), from +0 or from what dW holds. `x` is padded
/// as for `convolution`; `dy` is images of outputHeight × outputWidth × (groups · outputs), readable for 32 floats beyond its
/// end, as x is.
@inline(never)
func rawConvolutionWeightGradient(
  _ dW: MutableFloatPointer, _ x: FloatPointer, _ dy: FloatPointer,
  _ accumulate: Bool, _ images: Int, _ shape: Convolution, _ firstPanel: Int, _ lastPanel: Int
) {
  let (groups, inputs, outputs) = (shape.groups, shape.groupInputs, shape.groupOutputs)
  let (paddedHeight, paddedWidth) = (shape.paddedHeight, shape.paddedWidth)
  let (outputHeight, outputWidth) = (shape.outputHeight, shape.outputWidth)
  let (kernelHeight, kernelWidth) = (shape.kernelHeight, shape.kernelWidth)
  let (strideHeight, strideWidth) = (shape.strideHeight, shape.strideWidth)
  let (dilationHeight, dilationWidth) = (shape.dilationHeight, shape.dilationWidth)
  let inputChannels = groups * inputs
  let outputChannels = groups * outputs
  let line = paddedWidth * inputChannels
  let taps = kernelHeight * kernelWidth * inputs
  if hasFewOutputs(groups, outputs, taps, dilationWidth == 1 ? kernelWidth * inputs : inputs) {
    // SAFETY: as below.
    return unsafe weightGradientOfFewOutputs(
      dW, x, dy, accumulate, images, paddedHeight, line, inputs, outputs, outputHeight,
      outputWidth, kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight,
      dilationWidth)
  }
  let panels = (outputs + 31) / 32
  // A row of the kernel is one run of rows of dW and of channels of x, unless groups or a dilation interrupt it.
  let joined = groups == 1 && dilationWidth == 1
  let runs = joined ? kernelHeight : kernelHeight * kernelWidth
  let run = joined ? kernelWidth * inputs : inputs
  let positions = outputHeight * outputWidth
  let imageStep = max(1, blockPositions / max(1, positions))
  let rowStep = imageStep > 1 ? outputHeight : max(1, blockPositions / max(1, outputWidth))
  var image = 0
  var row = 0
  var start = accumulate ? startAccumulate : startZero
  while image < images {
    let imageCount = min(imageStep, images - image)
    let rowCount = min(rowStep, outputHeight - row)
    let walk: Walk = (
      outer: imageCount, outerStride: paddedHeight * line, inner: rowCount,
      innerStride: strideHeight * line, depth: outputWidth,
      depthStride: strideWidth * inputChannels,
      ahead: 0, aheadStride: 0
    )
    for panel in firstPanel..<lastPanel {
      let group = panel / panels
      let column = panel % panels * 32
      // SAFETY: the caller owns dW, x and dy of these shapes; dy may be read 32 floats beyond its end.
      let right =
        unsafe dy
        + ((image * outputHeight + row) * outputWidth * outputChannels + group * outputs + column)
      for part in 0..<runs {
        let kernelRow = joined ? part : part / kernelWidth
        let kernelColumn = joined ? 0 : part % kernelWidth
        let from =
          unsafe x
          + ((image * paddedHeight + row * strideHeight + kernelRow * dilationHeight) * line
            + kernelColumn * dilationWidth * inputChannels + group * inputs)
        unsafe walkPanel(
          dW + (panel * runs + part) * run * 32, 32, from, 1, walk, right, outputChannels, run,
          min(32, outputs - column), start, dy, false)
      }
    }
    row += rowCount
    if row >= outputHeight {
      row = 0
      image += imageCount
    }
    start = startAccumulate
  }
}
