public import Autograd
public import Settings

/// The greatest value of each window.
public struct MaxPool2d: PoolingKind {
  public static let word = "max_pool"
  public static let summary = "The greatest value of each window."
  public static let settings = pooling
  public static let examples = [Self(kernel: 3, stride: 2, padding: 1)]

  public var kernel: Window = 2
  public var stride: Window?
  public var padding: Window = 0

  /// Creates the layer with windows of 2×2.
  public init() {}

  /// Applies it to `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    maxPool(x, kernel: kernel, stride: step, padding: padding)
  }
}
