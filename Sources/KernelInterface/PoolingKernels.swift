/// Pooling of `images` images N, H, W, C of one geometry.
package protocol PoolingKernels {
  /// The greatest element of each window, and the tap kh · kernelWidth + kw where it stands.
  ///
  /// Taps are compared in ascending order, the first of equals stays, the first NaN wins; padding is never taken.
  func maxPool(_ y: FloatSlice, taps: WordSlice, _ x: FloatSlice, images: Int, _ g: PoolingGeometry)

  /// dx = dy at the tap of each window, where windows overlap the chain from +0 over them, outputs ascending; +0 elsewhere.
  ///
  /// `rectified` is the pooling's own result if a relu made its input: a window whose greatest element is ≤ 0 then passes
  /// nothing, which is that relu's pullback as well.
  func maxPoolGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, taps: WordSlice, rectified: FloatSlice?, images: Int,
    _ g: PoolingGeometry)

  /// y = (the chain +0 + x over the taps of each window, ascending) · factor; padding adds nothing.
  func averagePool(
    _ y: FloatSlice, _ x: FloatSlice, factor: Float, images: Int, _ g: PoolingGeometry)

  /// dx += dy · factor over each window, outputs ascending; `dx` must hold +0 at first.
  func averagePoolGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, factor: Float, images: Int, _ g: PoolingGeometry)
}
