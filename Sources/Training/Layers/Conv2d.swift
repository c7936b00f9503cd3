public import Autograd
public import Settings

/// A two-dimensional convolution of a model, to be made when its inputs are known; pairs are (vertical, horizontal).
public struct Conv2dLayer: LayerKind {
  public static let word = "conv2d"
  public static let summary = "A convolution over images."
  public static let settings = [
    Setting<Self>(
      "channels", \.channels, .integer(1...65_536), isRequired: true,
      "The number of output channels."),
    Setting(
      "kernel", \.kernel, .window(1...256), isRequired: true,
      "The size of the window, or [height, width]."),
    Setting("stride", \.stride, .window(1...256), "The stride of the window."),
    Setting(
      "padding", \.padding, .window(0...256),
      "The zero padding on each side, or [vertical, horizontal]."),
    Setting("dilation", \.dilation, .window(1...256), "The distance between taps."),
    Setting(
      "groups", \.groups, .integer(1...65_536),
      "The number of groups of channels; one per channel for a depthwise convolution."),
    Setting("bias", \.bias, .boolean, "Whether to add a bias."),
  ]
  public static let examples = [
    Self(channels: 9, kernel: 3, padding: 1),
    Self(
      channels: 7, kernel: Window(height: 5, width: 3), stride: Window(height: 2, width: 1)),
    Self(channels: 5, kernel: 3, dilation: 2),
    Self(channels: 10, kernel: 3, groups: 2),
    Self(channels: 8, kernel: 3, groups: 8),
  ]

  /// Output channels.
  public var channels = 1
  /// Height and width of the kernel.
  public var kernel: Window = 1
  /// Distance between neighbouring positions of the kernel.
  public var stride: Window = 1
  /// Zeros added on each side.
  public var padding: Window = 0
  /// Distance between neighbouring taps.
  public var dilation: Window = 1
  /// Groups that the channels are cut into; equal to the input channels for a depthwise convolution.
  public var groups = 1
  /// Whether to add a bias.
  public var bias = true

  /// Creates a convolution with one channel and one tap.
  public init() {}

  /// Creates a convolution.
  public init(
    channels: Int, kernel: Window, stride: Window = 1, padding: Window = 0, dilation: Window = 1,
    groups: Int = 1, bias: Bool = true
  ) {
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.bias = bias
  }

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    try input.require(rank: 3)
    guard input[0] % groups == 0, channels % groups == 0 else { throw .groups(groups) }
    let (height, width) = try kernel.positions(
      in: input, stride: stride, padding: padding, dilation: dilation)
    return [channels, height, width]
  }

  public func parameters(of input: Shape) -> [LayerParameter] {
    let weight = LayerParameter(
      "weight", [channels, input[0] / groups, kernel.height, kernel.width])
    return bias ? [weight, LayerParameter("bias", [channels])] : [weight]
  }

  public func makeModule(_ site: LayerSite) -> any Module {
    Conv2d(self, input: site.input, name: site.name, seed: site.seed)
  }
}

/// A two-dimensional convolution of images.
public struct Conv2d: Module {
  /// The weight, `[O, C/groups, kH, kW]`.
  public let weight: Parameter
  /// The bias, `[O]`.
  public let bias: Parameter?
  private let geometry: ConvolutionGeometry

  /// Creates a layer whose weight and bias are uniform in ±1/√(C/groups · kH · kW), drawn by (seed, name).
  ///
  /// - Parameters:
  ///   - description: Output channels, window, stride, padding, dilation, groups.
  ///   - input: The shape C×H×W of an image.
  ///   - name: The name under which the parameters are saved and drawn.
  ///   - seed: The seed of the run.
  public init(
    _ description: Conv2dLayer, input: Shape, name: String, seed: UInt64
  ) {
    geometry = ConvolutionGeometry(
      input: input, outputs: description.channels, kernel: description.kernel,
      stride: description.stride, padding: description.padding, dilation: description.dilation,
      groups: description.groups)
    weight = Parameter(
      name: name + ".weight", shape: geometry.weightShape, layout: geometry.layout)
    bias =
      description.bias ? Parameter(name: name + ".bias", shape: [description.channels]) : nil
    let fanIn = geometry.weightShape.sample.count
    weight.drawUniform(fanIn: fanIn, seed: seed)
    bias?.drawUniform(fanIn: fanIn, seed: seed)
  }

  /// Weight, then bias.
  public var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

  /// Applies the layer to `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    conv2d(x, weight: weight, bias: bias, geometry: geometry)
  }
}

extension Conv2d: ReLUFusing {
  func followedByReLU(_ x: Tensor) -> Tensor {
    conv2d(x, weight: weight, bias: bias, geometry: geometry, relu: true)
  }
}

extension Conv2d {
  /// Whether the layer can apply the batch normalization before it.
  var appliesNormalization: Bool { geometry.appliesNormalization }

  /// Applies the batch normalization before the layer, then the layer, then relu if wanted.
  func callAsFunction(_ x: NormalizedTensor, relu: Bool) -> Tensor {
    conv2d(x, weight: weight, bias: bias, geometry: geometry, relu: relu)
  }
}
