public import Autograd
internal import Settings

/// The mean over all positions of each channel.
public struct GlobalAveragePool: LayerKind, Module {
  public static let word = "global_average_pool"
  public static let summary = "The mean of each channel."

  /// Creates the layer.
  public init() {}

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    try input.require(rank: 3)
    return [input[0]]
  }

  /// Applies it to `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor { globalAveragePool(x) }
}
