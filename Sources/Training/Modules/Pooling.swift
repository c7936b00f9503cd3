public import Autograd

/// The greatest element of each window.
public struct MaxPool2d: Module {
  private let geometry: LayerDescription.Pooling
  /// Creates the module.
  public init(_ geometry: LayerDescription.Pooling) { self.geometry = geometry }
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    maxPool(x, kernel: geometry.kernel, stride: geometry.stride, padding: geometry.padding)
  }
}

/// The mean of each window, padding counted as zeros.
public struct AveragePool2d: Module {
  private let geometry: LayerDescription.Pooling
  /// Creates the module.
  public init(_ geometry: LayerDescription.Pooling) { self.geometry = geometry }
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    averagePool(x, kernel: geometry.kernel, stride: geometry.stride, padding: geometry.padding)
  }
}

/// The mean over all positions of each channel.
public struct GlobalAveragePool: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { globalAveragePool(x) }
}
