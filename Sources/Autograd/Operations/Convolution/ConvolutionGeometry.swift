internal import KernelInterface

/// The extents of a convolution of images N, H, W, C.
package struct ConvolutionGeometry: Hashable, Sendable {
  /// The channels, rows and columns of the input.
  package let channels, height, width: Int
  /// The channels of the output.
  package let outputs: Int
  /// The window, its stride, the padding on each side, the distance of taps.
  package let kernel, stride, padding, dilation: Window
  /// The groups that channels and outputs are cut into.
  package let groups: Int

  /// Creates the geometry of a convolution over images of the shape C×H×W.
  package init(
    input: Shape, outputs: Int, kernel: Window, stride: Window, padding: Window,
    dilation: Window, groups: Int
  ) {
    channels = input[0]
    height = input[1]
    width = input[2]
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    precondition(channels % groups == 0 && outputs % groups == 0, "channels do not fit the groups")
  }

  /// What the kernels call this geometry.
  var shape: Convolution {
    var shape = Convolution(
      height: height, width: width, inputs: channels, outputs: outputs,
      kernelHeight: kernel.height, kernelWidth: kernel.width)
    shape.strideHeight = stride.height
    shape.strideWidth = stride.width
    shape.paddingHeight = padding.height
    shape.paddingWidth = padding.width
    shape.dilationHeight = dilation.height
    shape.dilationWidth = dilation.width
    shape.groups = groups
    return shape
  }

  /// The rows of the output.
  package var outputHeight: Int { shape.outputHeight }
  /// The columns of the output.
  package var outputWidth: Int { shape.outputWidth }
  /// The positions of the output.
  package var positions: Int { outputHeight * outputWidth }
  /// The channels of a group.
  var groupChannels: Int { channels / groups }
  /// The taps of the window.
  var taps: Int { kernel.height * kernel.width }
  /// About the float operations of one of the three products over `images` images.
  func work(_ images: Int) -> Int { 2 * images * positions * outputs * taps * groupChannels }

  /// Whether a batch normalization before the convolution can be applied while the images are padded.
  ///
  /// Without padding no image is copied; and the channels must be whole vectors, because the lines are copied one by one.
  package var appliesNormalization: Bool { padding != 0 && channels % 16 == 0 }

  /// How the weight, of PyTorch's shape O×I×kH×kW, lies in memory.
  package var layout: ParameterLayout {
    .panels(outputs: outputs, channels: groupChannels, window: taps, groups: groups)
  }
  /// PyTorch's shape of the weight.
  package var weightShape: Shape { [outputs, groupChannels, kernel.height, kernel.width] }
}
