public import Autograd
public import Settings

/// The mean of each window, padding counted as zeros.
public struct AveragePool2d: PoolingKind {
  public static let word = "average_pool"
  public static let summary = "The mean of each window, padding counted as zeros."
  public static let settings = pooling
  public static let examples = [Self(kernel: 3, stride: 2)]

  public var kernel: Window = 2
  public var stride: Window?
  public var padding: Window = 0

  /// Creates the layer with windows of 2×2.
  public init() {}

  /// Applies it to `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    averagePool(x, kernel: kernel, stride: step, padding: padding)
  }
}
