package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: PoolingKernels {
  package func maxPool(
    _ y: FloatSlice, taps: WordSlice, _ x: FloatSlice, images: Int, _ g: PoolingGeometry
  ) {
    precondition(
      taps.count >= images * g.outputHeight * g.outputWidth * g.channels, "a tap for each result")
    unsafe rawMaxPool(
      pointer(y), pointer(taps), pointer(x), images, g)
  }

  package func maxPoolGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, taps: WordSlice, rectified: FloatSlice?, images: Int,
    _ g: PoolingGeometry
  ) {
    // Nothing is ≤ NaN, so without a result the gradient stands in for it.
    let floor: Float = rectified == nil ? .nan : 0
    unsafe rawMaxPoolGradient(
      pointer(dx), pointer(dy), pointer(taps), pointer(rectified ?? dy), floor, images, g)
  }

  package func averagePool(
    _ y: FloatSlice, _ x: FloatSlice, factor: Float, images: Int, _ g: PoolingGeometry
  ) {
    unsafe rawAveragePool(
      pointer(y), pointer(x), factor, images, g)
  }

  package func averagePoolGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, factor: Float, images: Int, _ g: PoolingGeometry
  ) {
    unsafe rawAveragePoolGradient(
      pointer(dx), pointer(dy), factor, images, g)
  }
}
