/// The shape of a two-dimensional convolution.
///
/// In memory images are N,H,W,C. The weight `[outputs][inputs / groups][kernelHeight][kernelWidth]` is kept as panels
/// `[group][⌈outputs of a group / 32⌉][kh · kw · inputs of a group][32]`, padded with +0.
package struct Convolution: Sendable, Hashable {
  package var height: Int
  package var width: Int
  /// Channels of the input and of the output, all groups together.
  package var inputs: Int
  package var outputs: Int
  package var kernelHeight: Int
  package var kernelWidth: Int
  package var strideHeight = 1
  package var strideWidth = 1
  /// Zeros above and to the left; as many below and to the right.
  package var paddingHeight = 0
  package var paddingWidth = 0
  package var dilationHeight = 1
  package var dilationWidth = 1
  package var groups = 1

  /// A convolution with strides and dilations of 1, without padding, in one group.
  package init(
    height: Int, width: Int, inputs: Int, outputs: Int, kernelHeight: Int, kernelWidth: Int
  ) {
    self.height = height
    self.width = width
    self.inputs = inputs
    self.outputs = outputs
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
  }

  package var groupInputs: Int { inputs / groups }
  package var groupOutputs: Int { outputs / groups }
  package var reachHeight: Int { (kernelHeight - 1) * dilationHeight }
  package var reachWidth: Int { (kernelWidth - 1) * dilationWidth }

  /// Rows and columns of the input with its padding.
  package var paddedHeight: Int { height + 2 * paddingHeight }
  package var paddedWidth: Int { width + 2 * paddingWidth }

  /// Rows and columns of the output.
  package var outputHeight: Int { (paddedHeight - reachHeight - 1) / strideHeight + 1 }
  package var outputWidth: Int { (paddedWidth - reachWidth - 1) / strideWidth + 1 }

  /// Zeros to the left of the output's gradient for `convolutionInputGradient`: the taps of the first columns reach them.
  package var gradientLeft: Int { max(0, (reachWidth - paddingWidth) / strideWidth) }

  /// Columns of the output's gradient with those zeros, and as many behind as the taps of the last columns reach.
  package var gradientWidth: Int {
    gradientLeft + max(outputWidth, (width - 1 + paddingWidth) / strideWidth + 1)
  }

  /// Whether `convolutionInputGradient` reads anything else than the output's gradient as it is.
  package var padsGradient: Bool {
    usesPlanes || gradientWidth != outputWidth
  }

  /// Floats of one image: input, padded input, output, and output gradient padded for `convolutionInputGradient`.
  package var inputFloats: Int { height * width * inputs }
  package var paddedFloats: Int { paddedHeight * paddedWidth * inputs }
  package var outputFloats: Int { outputHeight * outputWidth * outputs }
  package var paddedGradientFloats: Int { outputHeight * gradientWidth * outputs }

  /// Panels of the weight and floats in them.
  package var panelCount: Int { groups * ((groupOutputs + 31) / 32) }
  package var weightFloats: Int { panelCount * kernelHeight * kernelWidth * groupInputs * 32 }

  /// Panels of the weight as `transposeConvolution` makes them, and floats in them.
  package var transposedPanelCount: Int { groups * ((groupInputs + 31) / 32) }
  package var transposedWeightFloats: Int {
    transposedPanelCount * kernelHeight * kernelWidth * groupOutputs * 32
  }

  /// Whether the gradient of the input is computed from planes: faster where the input has few channels.
  ///
  /// With lanes along channels, each column takes ⌈channels / 16⌉ vectors; along columns, each channel takes ⌈width / 16⌉.
  package var usesPlanes: Bool {
    groups == 1 && strideHeight == 1 && strideWidth == 1 && inputs <= 12
      && 4 * inputs * ((width + 15) / 16) <= 3 * width * ((inputs + 15) / 16)
  }

  /// Images in a block of a weight gradient by rule 2.
  package var blockImages: Int { max(1, 4096 / max(1, outputHeight * outputWidth)) }
}
