public import Autograd
public import Settings

/// A fully connected layer of a model, to be made when its inputs are known.
public struct LinearLayer: LayerKind {
  public static let word = "linear"
  public static let summary = "A fully connected layer."
  public static let settings = [
    Setting<Self>(
      "features", \.features, .integer(1...1_048_576), isRequired: true, "The number of outputs."),
    Setting("bias", \.bias, .boolean, "Whether to add a bias."),
  ]
  public static let shorthand: String? = "features"
  public static let examples = [Self(features: 37)]

  /// The number of outputs.
  public var features = 1
  /// Whether to add a bias.
  public var bias = true

  /// Creates a layer with one output.
  public init() {}

  /// Creates a layer.
  public init(features: Int, bias: Bool = true) {
    self.features = features
    self.bias = bias
  }

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    try input.require(rank: 1)
    return [features]
  }

  public func parameters(of input: Shape) -> [LayerParameter] {
    [LayerParameter("weight", [features, input[0]])]
      + (bias ? [LayerParameter("bias", [features])] : [])
  }

  public func makeModule(_ site: LayerSite) -> any Module {
    Linear(site.input.count, features, bias: bias, name: site.name, seed: site.seed)
  }
}

/// A fully connected layer: `y = x Wᵀ + b`.
public struct Linear: Module {
  /// The weight, `[out, in]`.
  public let weight: Parameter
  /// The bias, `[out]`.
  public let bias: Parameter?

  /// Creates a layer whose weight and bias are uniform in ±1/√in, drawn by (seed, name): PyTorch's default distribution.
  ///
  /// - Parameters:
  ///   - inputs: The features that come in; at least 1.
  ///   - outputs: The features that go out; at least 1.
  ///   - bias: Whether to add a bias.
  ///   - name: The name under which the parameters are saved and drawn; different for each layer of a model.
  ///   - seed: The seed of the run.
  public init(_ inputs: Int, _ outputs: Int, bias: Bool = true, name: String, seed: UInt64) {
    precondition(inputs > 0 && outputs > 0, "a linear layer of \(inputs)×\(outputs)")
    weight = Parameter(
      name: name + ".weight", shape: [outputs, inputs],
      layout: .panels(outputs: outputs, channels: inputs, window: 1, groups: 1))
    self.bias = bias ? Parameter(name: name + ".bias", shape: [outputs]) : nil
    weight.drawUniform(fanIn: inputs, seed: seed)
    self.bias?.drawUniform(fanIn: inputs, seed: seed)
  }

  /// Weight, then bias.
  public var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

  /// Applies the layer to `[batch, in]`.
  public func callAsFunction(_ x: Tensor) -> Tensor { linear(x, weight: weight, bias: bias) }
}

extension Linear: ReLUFusing {
  func followedByReLU(_ x: Tensor) -> Tensor { linear(x, weight: weight, bias: bias, relu: true) }
}
