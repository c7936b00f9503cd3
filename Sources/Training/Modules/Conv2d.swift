public import Autograd

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
    _ description: LayerDescription.Convolution, input: Shape, name: String, seed: UInt64
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
