internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Convolutions in N,H,W,C by rules 1, 2 and 9.
///
/// Pointers stand at the first image of a call: threads split images by advancing them, or panels by `panels`.
extension KernelSet {
  /// Copies images into the middle of zeros: what `convolution` and `convolutionWeightGradient` read.
  ///
  /// The result owns images · `shape.paddedFloats` floats, plus 32 floats that are never used but may be read.
  public func padImages(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    images: Int,
    shape: Convolution
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.padPixels(
        y, x, images, shape.height, shape.width, shape.inputs, shape.paddedHeight,
        shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
    case .v3:
      unsafe KernelsV3.padPixels(
        y, x, images, shape.height, shape.width, shape.inputs, shape.paddedHeight,
        shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
    case .v4:
      unsafe KernelsV4.padPixels(
        y, x, images, shape.height, shape.width, shape.inputs, shape.paddedHeight,
        shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
    }
  }

  /// `padImages` of relu?(fma(x, scale, shift)), each channel by its own: a normalization applied where it is read.
  public func padNormalized(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>,
    relu: Bool,
    images: Int,
    shape: Convolution
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.padNormalized(
        y, x, scale, shift, relu, images, shape.height, shape.width, shape.inputs,
        shape.paddedHeight, shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
    case .v3:
      unsafe KernelsV3.padNormalized(
        y, x, scale, shift, relu, images, shape.height, shape.width, shape.inputs,
        shape.paddedHeight, shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
    case .v4:
      unsafe KernelsV4.padNormalized(
        y, x, scale, shift, relu, images, shape.height, shape.width, shape.inputs,
        shape.paddedHeight, shape.paddedWidth, shape.paddingHeight, shape.paddingWidth)
    }
  }

  /// Puts zeros beside the columns of the output gradient: what `convolutionInputGradient` reads.
  ///
  /// The result owns images · `shape.paddedGradientFloats` floats, plus 32 floats that are never used but may be read. Its order, channels first or
  /// last, is the kernels' own affair.
  public func padGradient(
    _ y: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    images: Int,
    shape: Convolution
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      if shape.usesPlanes {
        unsafe KernelsV2.padPlanes(
          y, dy, images, shape.outputHeight, shape.outputWidth, shape.outputs,
          shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
      } else {
        unsafe KernelsV2.padPixels(
          y, dy, images, shape.outputHeight, shape.outputWidth, shape.outputs,
          shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
      }
    case .v3:
      if shape.usesPlanes {
        unsafe KernelsV3.padPlanes(
          y, dy, images, shape.outputHeight, shape.outputWidth, shape.outputs,
          shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
      } else {
        unsafe KernelsV3.padPixels(
          y, dy, images, shape.outputHeight, shape.outputWidth, shape.outputs,
          shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
      }
    case .v4:
      if shape.usesPlanes {
        unsafe KernelsV4.padPlanes(
          y, dy, images, shape.outputHeight, shape.outputWidth, shape.outputs,
          shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
      } else {
        unsafe KernelsV4.padPixels(
          y, dy, images, shape.outputHeight, shape.outputWidth, shape.outputs,
          shape.outputHeight, shape.gradientWidth, 0, shape.gradientLeft)
      }
    }
  }

  /// Turns weight panels into those that `convolutionInputGradient` reads: `[group][⌈ic/32⌉][taps · oc][32]`.
  ///
  /// The target owns `shape.transposedWeightFloats` floats.
  public func transposeConvolution(
    _ target: UnsafeMutablePointer<Float>,
    from weight: UnsafePointer<Float>,
    shape: Convolution
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.transposeConvolution(
        target, weight, shape.groups, shape.groupInputs, shape.groupOutputs, shape.kernelHeight,
        shape.kernelWidth, shape.strideHeight, shape.strideWidth, shape.dilationHeight,
        shape.dilationWidth)
    case .v3:
      unsafe KernelsV3.transposeConvolution(
        target, weight, shape.groups, shape.groupInputs, shape.groupOutputs, shape.kernelHeight,
        shape.kernelWidth, shape.strideHeight, shape.strideWidth, shape.dilationHeight,
        shape.dilationWidth)
    case .v4:
      unsafe KernelsV4.transposeConvolution(
        target, weight, shape.groups, shape.groupInputs, shape.groupOutputs, shape.kernelHeight,
        shape.kernelWidth, shape.strideHeight, shape.strideWidth, shape.dilationHeight,
        shape.dilationWidth)
    }
  }

  /// y = convolution of x, each output one chain from the bias or +0 in ascending (kh, kw, ic); then relu if wanted.
  ///
  /// - Parameters:
  ///   - y: Images of `shape.outputFloats` floats.
  ///   - x: Padded images (`padImages`, or the images themselves without padding).
  ///   - weight: Panels; all of them, whatever `panels` says.
  ///   - bias: One float for each output channel, or nil.
  ///   - relu: Whether negative results become +0.
  ///   - images: How many images to compute, from the first on.
  ///   - shape: The shape of the convolution.
  ///   - panels: The panels to compute, within 0 ..< `shape.panelCount`.
  public func convolution(
    _ y: UnsafeMutablePointer<Float>,
    padded x: UnsafePointer<Float>,
    weight: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?,
    relu: Bool = false,
    images: Int,
    shape: Convolution,
    panels: Range<Int>
  ) {
    // SAFETY: without a bias the pointer is never read.
    let vector = unsafe bias ?? x
    let from = unsafe bias == nil ? MatrixStart.zero.rawValue : MatrixStart.bias.rawValue
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.convolution(
        y, x, weight, vector, from, relu, images, shape.paddedHeight, shape.paddedWidth,
        shape.groups, shape.groupInputs, shape.groupOutputs, shape.outputHeight,
        shape.outputWidth, shape.kernelHeight, shape.kernelWidth, shape.strideHeight,
        shape.strideWidth, shape.dilationHeight, shape.dilationWidth, panels.lowerBound,
        panels.upperBound)
    case .v3:
      unsafe KernelsV3.convolution(
        y, x, weight, vector, from, relu, images, shape.paddedHeight, shape.paddedWidth,
        shape.groups, shape.groupInputs, shape.groupOutputs, shape.outputHeight,
        shape.outputWidth, shape.kernelHeight, shape.kernelWidth, shape.strideHeight,
        shape.strideWidth, shape.dilationHeight, shape.dilationWidth, panels.lowerBound,
        panels.upperBound)
    case .v4:
      unsafe KernelsV4.convolution(
        y, x, weight, vector, from, relu, images, shape.paddedHeight, shape.paddedWidth,
        shape.groups, shape.groupInputs, shape.groupOutputs, shape.outputHeight,
        shape.outputWidth, shape.kernelHeight, shape.kernelWidth, shape.strideHeight,
        shape.strideWidth, shape.dilationHeight, shape.dilationWidth, panels.lowerBound,
        panels.upperBound)
    }
  }

  /// dx of a convolution, each element one chain from +0 in ascending (kh, kw, oc): zeros beside the columns of dy included, taps
  /// above, below and between the outputs of a stride left out.
  ///
  /// - Parameters:
  ///   - dx: Images of `shape.inputFloats` floats.
  ///   - dy: Padded gradient (`padGradient`, or the gradient itself unless `shape.padsGradient`).
  ///   - transposedWeight: Panels by `transposeConvolution`.
  ///   - images: How many images to compute, from the first on.
  ///   - shape: The shape of the convolution.
  ///   - panels: The panels of input channels to compute, within 0 ..< `shape.transposedPanelCount`.
  public func convolutionInputGradient(
    _ dx: UnsafeMutablePointer<Float>,
    padded dy: UnsafePointer<Float>,
    transposedWeight: UnsafePointer<Float>,
    images: Int,
    shape: Convolution,
    panels: Range<Int>
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.convolutionInputGradient(
        dx, dy, transposedWeight, images, shape.height, shape.width, shape.groups,
        shape.groupInputs, shape.groupOutputs, shape.kernelHeight, shape.kernelWidth,
        shape.strideHeight, shape.strideWidth, shape.paddingHeight, shape.paddingWidth,
        shape.dilationHeight, shape.dilationWidth, shape.outputHeight, shape.gradientWidth,
        shape.gradientLeft, shape.usesPlanes, panels.lowerBound,
        panels.upperBound)
    case .v3:
      unsafe KernelsV3.convolutionInputGradient(
        dx, dy, transposedWeight, images, shape.height, shape.width, shape.groups,
        shape.groupInputs, shape.groupOutputs, shape.kernelHeight, shape.kernelWidth,
        shape.strideHeight, shape.strideWidth, shape.paddingHeight, shape.paddingWidth,
        shape.dilationHeight, shape.dilationWidth, shape.outputHeight, shape.gradientWidth,
        shape.gradientLeft, shape.usesPlanes, panels.lowerBound,
        panels.upperBound)
    case .v4:
      unsafe KernelsV4.convolutionInputGradient(
        dx, dy, transposedWeight, images, shape.height, shape.width, shape.groups,
        shape.groupInputs, shape.groupOutputs, shape.kernelHeight, shape.kernelWidth,
        shape.strideHeight, shape.strideWidth, shape.paddingHeight, shape.paddingWidth,
        shape.dilationHeight, shape.dilationWidth, shape.outputHeight, shape.gradientWidth,
        shape.gradientLeft, shape.usesPlanes, panels.lowerBound,
        panels.upperBound)
    }
  }

  /// dW of a convolution over one block of images, as weight panels; the padding of panels is not written.
  ///
  /// Each element is one chain in ascending (image, row, column), from +0 or from what dW holds if `accumulating`. Blocks have
  /// `shape.blockImages` images; blocks, then shards, are combined by `combinePairwise`. The bias gradient of a block is
  /// `columnSums` over images · positions rows.
  ///
  /// - Parameters:
  ///   - dW: All panels of the result, `shape.weightFloats` floats.
  ///   - x: Padded images, as for `convolution`.
  ///   - dy: Images of the output's gradient, readable for 32 floats beyond their end.
  ///   - images: How many images to compute, from the first on.
  ///   - shape: The shape of the convolution.
  ///   - panels: The panels of the weight to compute.
  ///   - accumulating: Whether the chains go on from what dW holds.
  public func convolutionWeightGradient(
    _ dW: UnsafeMutablePointer<Float>,
    padded x: UnsafePointer<Float>,
    dy: UnsafePointer<Float>,
    images: Int,
    shape: Convolution,
    panels: Range<Int>,
    accumulating: Bool = false
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.convolutionWeightGradient(
        dW, x, dy, accumulating, images, shape.paddedHeight, shape.paddedWidth, shape.groups,
        shape.groupInputs, shape.groupOutputs, shape.outputHeight, shape.outputWidth,
        shape.kernelHeight, shape.kernelWidth, shape.strideHeight, shape.strideWidth,
        shape.dilationHeight, shape.dilationWidth, panels.lowerBound, panels.upperBound)
    case .v3:
      unsafe KernelsV3.convolutionWeightGradient(
        dW, x, dy, accumulating, images, shape.paddedHeight, shape.paddedWidth, shape.groups,
        shape.groupInputs, shape.groupOutputs, shape.outputHeight, shape.outputWidth,
        shape.kernelHeight, shape.kernelWidth, shape.strideHeight, shape.strideWidth,
        shape.dilationHeight, shape.dilationWidth, panels.lowerBound, panels.upperBound)
    case .v4:
      unsafe KernelsV4.convolutionWeightGradient(
        dW, x, dy, accumulating, images, shape.paddedHeight, shape.paddedWidth, shape.groups,
        shape.groupInputs, shape.groupOutputs, shape.outputHeight, shape.outputWidth,
        shape.kernelHeight, shape.kernelWidth, shape.strideHeight, shape.strideWidth,
        shape.dilationHeight, shape.dilationWidth, panels.lowerBound, panels.upperBound)
    }
  }
}
