public import Autograd

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
  ///   - bias: Whether a bias is added.
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
