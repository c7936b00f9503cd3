package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: ConvolutionKernels {
  package func padImages(_ y: FloatSlice, _ x: FloatSlice, images: Int, shape: Convolution) {
    unsafe rawPadPixels(
      pointer(y), pointer(x), images, shape.height, shape.width, shape.inputs, shape.paddedHeight,
      shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
  }

  package func padNormalized(
    _ y: FloatSlice, _ x: FloatSlice, scale: FloatSlice, shift: FloatSlice, relu: Bool, images: Int,
    shape: Convolution
  ) {
    unsafe rawPadNormalized(
      pointer(y), pointer(x), pointer(scale), pointer(shift), relu, images, shape.height,
      shape.width,
      shape.inputs, shape.paddedHeight, shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
  }

  package func padGradient(_ y: FloatSlice, _ dy: FloatSlice, images: Int, shape: Convolution) {
    if shape.usesPlanes {
      unsafe rawPadPlanes(
        pointer(y), pointer(dy), images, shape.outputHeight, shape.outputWidth, shape.outputs,
        shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
    } else {
      unsafe rawPadPixels(
        pointer(y), pointer(dy), images, shape.outputHeight, shape.outputWidth, shape.outputs,
        shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
    }
  }

  package func transposeConvolution(
    _ target: FloatSlice, from weight: FloatSlice, shape: Convolution
  ) {
    unsafe rawTransposeConvolution(
      pointer(target), pointer(weight), shape)
  }

  package func convolution(
    _ y: FloatSlice, padded x: FloatSlice, weight: FloatSlice, bias: FloatSlice?, relu: Bool,
    images: Int, shape: Convolution, panels: Range<Int>
  ) {
    // Without a bias the vector is never read.
    let from = bias == nil ? MatrixStart.zero.rawValue : MatrixStart.bias.rawValue
    unsafe rawConvolution(
      pointer(y), pointer(x), pointer(weight), pointer(bias ?? x), from, relu, images, shape,
      panels.lowerBound, panels.upperBound)
  }

  package func convolutionInputGradient(
    _ dx: FloatSlice, padded dy: FloatSlice, transposedWeight: FloatSlice, images: Int,
    shape: Convolution, panels: Range<Int>
  ) {
    unsafe rawConvolutionInputGradient(
      pointer(dx), pointer(dy), pointer(transposedWeight), images, shape, panels.lowerBound,
      panels.upperBound)
  }

  package func convolutionWeightGradient(
    _ dW: FloatSlice, padded x: FloatSlice, dy: FloatSlice, images: Int, shape: Convolution,
    panels: Range<Int>, accumulating: Bool
  ) {
    unsafe rawConvolutionWeightGradient(
      pointer(dW), pointer(x), pointer(dy), accumulating, images, shape, panels.lowerBound,
      panels.upperBound)
  }
}
