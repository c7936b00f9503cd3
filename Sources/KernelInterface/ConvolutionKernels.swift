/// Convolutions in N,H,W,C by rules 1, 2 and 9.
///
/// Slices begin with the first image of a call: threads split images by advancing them, or panels by `panels`.
package protocol ConvolutionKernels {
  /// Copies images into the middle of zeros: what `convolution` and `convolutionWeightGradient` read.
  ///
  /// The result owns images · `shape.paddedFloats` floats, plus 32 floats that are never used but may be read.
  func padImages(_ y: FloatSlice, _ x: FloatSlice, images: Int, shape: Convolution)

  /// `padImages` of relu?(fma(x, scale, shift)), each channel by its own: a normalization applied where it is read.
  func padNormalized(
    _ y: FloatSlice, _ x: FloatSlice, scale: FloatSlice, shift: FloatSlice, relu: Bool, images: Int,
    shape: Convolution)

  /// Puts zeros beside the columns of the output gradient: what `convolutionInputGradient` reads.
  ///
  /// The result owns images · `shape.paddedGradientFloats` floats, plus 32 floats that are never used but may be read. Its order, channels first or
  /// last, is private to the kernels.
  func padGradient(_ y: FloatSlice, _ dy: FloatSlice, images: Int, shape: Convolution)

  /// Transposes weight panels into those that `convolutionInputGradient` reads: `[group][⌈ic/32⌉][taps · oc][32]`.
  ///
  /// The target owns `shape.transposedWeightFloats` floats.
  func transposeConvolution(_ target: FloatSlice, from weight: FloatSlice, shape: Convolution)

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
  func convolution(
    _ y: FloatSlice, padded x: FloatSlice, weight: FloatSlice, bias: FloatSlice?, relu: Bool,
    images: Int, shape: Convolution, panels: Range<Int>)

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
  func convolutionInputGradient(
    _ dx: FloatSlice, padded dy: FloatSlice, transposedWeight: FloatSlice, images: Int,
    shape: Convolution, panels: Range<Int>)

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
  func convolutionWeightGradient(
    _ dW: FloatSlice, padded x: FloatSlice, dy: FloatSlice, images: Int, shape: Convolution,
    panels: Range<Int>, accumulating: Bool)
}
