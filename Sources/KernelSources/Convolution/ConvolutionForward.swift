internal import KernelInterface

/// Convolution in N,H,W,C: each output is one chain from the bias or +0 in ascending (kh, kw, ic).
///
/// The input has its zero padding around it: images of paddedHeight × paddedWidth × (groups · inputs) floats. The weight is
/// panels `[group][⌈outputs/32⌉][kh · kw · inputs][32]`; `inputs` and `outputs` are the channels of one group. The
/// output is images of outputHeight × outputWidth × (groups · outputs). Computes the panels firstPanel ..< lastPanel of
/// all groups' panels.
@inline(never)
func rawConvolution(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ weight: FloatPointer,
  _ bias: FloatPointer, _ start: Int, _ relu: Bool,
  _ images: Int, _ shape: Convolution, _ firstPanel: Int, _ lastPanel: Int
) {
  let (groups, inputs, outputs) = (shape.groups, shape.groupInputs, shape.groupOutputs)
  let (paddedHeight, paddedWidth) = (shape.paddedHeight, shape.paddedWidth)
  let (outputHeight, outputWidth) = (shape.outputHeight, shape.outputWidth)
  let (kernelHeight, kernelWidth) = (shape.kernelHeight, shape.kernelWidth)
  let (strideHeight, strideWidth) = (shape.strideHeight, shape.strideWidth)
  let (dilationHeight, dilationWidth) = (shape.dilationHeight, shape.dilationWidth)
  // One channel is a plane already.
  if groups == 1 && inputs == 1 && strideWidth == 1 && isPlanar(outputs, outputWidth) {
    // SAFETY: as below.
    return unsafe convolvePlanes(
      y, x, weight, bias, start, relu, images, paddedHeight * paddedWidth,
      strideHeight * paddedWidth, outputHeight, outputWidth, outputs, kernelHeight,
      dilationHeight * paddedWidth, kernelWidth, dilationWidth, 1, 0, 0, 0, 0)
  }
  let inputChannels = groups * inputs
  let outputChannels = groups * outputs
  let depth = kernelHeight * kernelWidth * inputs
  let line = paddedWidth * inputChannels
  let panels = (outputs + 31) / 32
  // Neighbouring taps of a kernel row are neighbours in memory, unless other groups or a dilation lie between them.
  let joined = groups == 1 && dilationWidth == 1
  let walk: Walk =
    joined
    ? (
      outer: 1, outerStride: 0, inner: kernelHeight, innerStride: dilationHeight * line,
      depth: kernelWidth * inputs, depthStride: 1,
      ahead: 0, aheadStride: 0
    )
    : (
      outer: kernelHeight, outerStride: dilationHeight * line, inner: kernelWidth,
      innerStride: dilationWidth * inputChannels, depth: inputs, depthStride: 1,
      ahead: 0, aheadStride: 0
    )
  // Output rows follow each other like positions if a row of input is used up by a row of output.
  let flat = paddedWidth == outputWidth * strideWidth && strideHeight == 1
  let rows = flat ? outputHeight * outputWidth : outputWidth
  let size = images * outputHeight * outputWidth * outputChannels
  for image in 0..<images {
    for panel in firstPanel..<lastPanel {
      let group = panel / panels
      let column = panel % panels * 32
      let channel = group * outputs + column
      var row = 0
      while row < outputHeight {
        let next = image * outputHeight + (flat ? outputHeight : row + 1)
        // SAFETY: the caller owns images, weight and bias of these shapes; panels are padded to 32 columns.
        unsafe walkPanel(
          y + ((image * outputHeight + row) * outputWidth * outputChannels + channel),
          outputChannels,
          x + ((image * paddedHeight + row * strideHeight) * line + group * inputs),
          strideWidth * inputChannels, walk, weight + panel * depth * 32, 32, rows,
          min(32, outputs - column), start, start == startBias ? bias + channel : bias, relu,
          panels * groups == 1 && size - next * outputWidth * outputs >= 32)
        row += flat ? outputHeight : 1
      }
    }
  }
}
