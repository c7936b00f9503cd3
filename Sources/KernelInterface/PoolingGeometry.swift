/// The extents of a pooling of images N, H, W, C.
package struct PoolingGeometry: Sendable, Hashable {
  /// The channels of the images.
  package var channels: Int
  /// The height and width of the input.
  package var height, width: Int
  /// The extents of the window.
  package var kernelHeight, kernelWidth: Int
  /// The distance between windows.
  package var strideHeight, strideWidth: Int
  /// The padding on each side, less than the window.
  package var paddingHeight, paddingWidth: Int

  /// Creates the extents of a pooling.
  package init(
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
  package var outputHeight: Int { (height + 2 * paddingHeight - kernelHeight) / strideHeight + 1 }
  /// The columns of the output.
  package var outputWidth: Int { (width + 2 * paddingWidth - kernelWidth) / strideWidth + 1 }
}
