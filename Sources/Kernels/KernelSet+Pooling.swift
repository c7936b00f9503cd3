internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// The extents of a pooling of images N, H, W, C.
public struct PoolingGeometry: Sendable, Hashable {
  /// The channels of the images.
  public var channels: Int
  /// The height and width of the input.
  public var height, width: Int
  /// The extents of the window.
  public var kernelHeight, kernelWidth: Int
  /// The distance between windows.
  public var strideHeight, strideWidth: Int
  /// The padding on each side, less than the window.
  public var paddingHeight, paddingWidth: Int

  /// Creates the extents of a pooling.
  public init(
    channels: Int, height: Int, width: Int, kernelHeight: Int, kernelWidth: Int,
    strideHeight: Int, strideWidth: Int, paddingHeight: Int, paddingWidth: Int
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.paddingHeight = paddingHeight
    self.paddingWidth = paddingWidth
  }

  /// The rows of the output.
  public var outputHeight: Int { (height + 2 * paddingHeight - kernelHeight) / strideHeight + 1 }
  /// The columns of the output.
  public var outputWidth: Int { (width + 2 * paddingWidth - kernelWidth) / strideWidth + 1 }
}

/// Pooling of `images` images N, H, W, C of one geometry.
extension KernelSet {
  /// The greatest element of each window, and the tap kh · kernelWidth + kw where it stands.
  ///
  /// Taps are compared in ascending order, the first of equals stays, the first NaN wins; padding is never taken.
  public func maxPool(
    _ y: UnsafeMutablePointer<Float>, taps: UnsafeMutablePointer<UInt32>, _ x: UnsafePointer<Float>,
    images: Int, _ g: PoolingGeometry
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.maxPool(
        y, taps, x, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v3:
      unsafe KernelsV3.maxPool(
        y, taps, x, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v4:
      unsafe KernelsV4.maxPool(
        y, taps, x, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    }
  }

  /// dx = dy at the tap of each window, where windows overlap the chain from +0 over them, outputs ascending; +0 elsewhere.
  ///
  /// `rectified` is the pooling's own result if a relu made its input: a window whose greatest element is ≤ 0 then passes
  /// nothing, which is that relu's pullback as well.
  public func maxPoolGradient(
    _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, taps: UnsafePointer<UInt32>,
    rectified: UnsafePointer<Float>? = nil, images: Int, _ g: PoolingGeometry
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call; nothing is ≤ NaN, so without
    // a result the gradient stands in for it.
    let result = unsafe rectified ?? dy
    let floor: Float = unsafe rectified == nil ? .nan : 0
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.maxPoolGradient(
        dx, dy, taps, result, floor, images, g.channels, g.height, g.width, g.kernelHeight,
        g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v3:
      unsafe KernelsV3.maxPoolGradient(
        dx, dy, taps, result, floor, images, g.channels, g.height, g.width, g.kernelHeight,
        g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v4:
      unsafe KernelsV4.maxPoolGradient(
        dx, dy, taps, result, floor, images, g.channels, g.height, g.width, g.kernelHeight,
        g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    }
  }

  /// y = (the chain +0 + x over the taps of each window, ascending) · factor; padding adds nothing.
  public func averagePool(
    _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, factor: Float, images: Int,
    _ g: PoolingGeometry
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.averagePool(
        y, x, factor, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v3:
      unsafe KernelsV3.averagePool(
        y, x, factor, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v4:
      unsafe KernelsV4.averagePool(
        y, x, factor, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    }
  }

  /// dx += dy · factor over each window, outputs ascending; `dx` must hold +0 at first.
  public func averagePoolGradient(
    _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, factor: Float, images: Int,
    _ g: PoolingGeometry
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.averagePoolGradient(
        dx, dy, factor, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v3:
      unsafe KernelsV3.averagePoolGradient(
        dx, dy, factor, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    case .v4:
      unsafe KernelsV4.averagePoolGradient(
        dx, dy, factor, images, g.channels, g.height, g.width, g.kernelHeight, g.kernelWidth,
        g.strideHeight, g.strideWidth, g.paddingHeight, g.paddingWidth, g.outputHeight,
        g.outputWidth)
    }
  }
}
