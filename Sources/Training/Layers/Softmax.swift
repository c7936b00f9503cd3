public import Autograd
internal import Settings

/// Softmax over the features of a flat sample.
public struct Softmax: LayerKind, Module {
  public static let word = "softmax"
  public static let summary = "exp(x) / Σ exp(x) over the features of a flat sample."

  /// Creates the layer.
  public init() {}

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    try input.require(rank: 1)
    return input
  }

  /// Applies it to `[batch, features]`.
  public func callAsFunction(_ x: Tensor) -> Tensor { softmax(x) }
}
