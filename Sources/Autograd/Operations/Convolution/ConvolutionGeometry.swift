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

  /// The rows of the output.
  package var outputHeight: Int {
    (height + 2 * padding.height - dilation.height * (kernel.height - 1) - 1) / stride.height + 1
  }
  /// The columns of the output.
  package var outputWidth: Int {
    (width + 2 * padding.width - dilation.width * (kernel.width - 1) - 1) / stride.width + 1
  }
  /// The positions of the output.
  package var positions: Int { outputHeight * outputWidth }
  /// The rows of the padded input.
  var paddedHeight: Int { height + 2 * padding.height }
  /// The columns of the padded input.
  var paddedWidth: Int { width + 2 * padding.width }
  /// The channels of a group.
  var groupChannels: Int { channels / groups }
  /// The outputs of a group.
  var groupOutputs: Int { outputs / groups }
  /// The taps of the window.
  var taps: Int { kernel.height * kernel.width }
  /// The length of a chain of the forward product.
  var depth: Int { taps * groupChannels }
  /// Whether the taps of a window's row and their channels lie side by side.
  var isContiguous: Bool { groups == 1 && dilation.width == 1 }
  /// About the float operations of one of the three products over `images` images.
  func work(_ images: Int) -> Int { 2 * images * positions * outputs * depth }

  /// How the weight, of PyTorch's shape O×I×kH×kW, lies in memory.
  package var layout: ParameterLayout {
    .panels(outputs: outputs, channels: groupChannels, window: taps, groups: groups)
  }
  /// PyTorch's shape of the weight.
  package var weightShape: Shape { [outputs, groupChannels, kernel.height, kernel.width] }
}
