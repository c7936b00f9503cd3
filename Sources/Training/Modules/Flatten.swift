public import Autograd

/// All axes of a sample as one, in the order C, H, W.
public struct Flatten: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { flatten(x) }
}
