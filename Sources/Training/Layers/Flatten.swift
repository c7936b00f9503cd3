public import Autograd
internal import Settings

/// All axes of a sample as one, in the order C, H, W.
public struct Flatten: LayerKind, Module {
  public static let word = "flatten"
  public static let summary = "Flattens each sample, in the order C, H, W."

  /// Creates the layer.
  public init() {}

  public func shape(of input: Shape, branches: [Shape]) -> Shape { [input.count] }

  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { flatten(x) }
}
