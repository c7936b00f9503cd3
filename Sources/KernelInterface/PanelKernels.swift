/// Panels: a matrix of depth × columns kept as ⌈columns / 32⌉ panels `[depth][32]`, the last one padded with +0.
package protocol PanelKernels {
  /// Packs a strided matrix into panels.
  ///
  /// `panels[(p * depth + k) * 32 + j] = source[k * depthStride + (32p + j) * columnStride]`. A weight `[out, in]` of PyTorch
  /// becomes panels of depth = in, columns = out with depthStride 1 and columnStride in.
  func packPanels(
    _ panels: FloatSlice, from source: FloatSlice, depthStride: Int, columnStride: Int, depth: Int,
    columns: Int)

  /// The inverse of `packPanels`; the padding is not written anywhere.
  func unpackPanels(
    _ target: FloatSlice, from panels: FloatSlice, depthStride: Int, columnStride: Int, depth: Int,
    columns: Int)

  /// Transposes the panels of a depth × columns matrix into the panels of its transpose, columns × depth.
  ///
  /// The target owns `⌈depth / 32⌉ * columns * 32` floats and does not overlap the source. The source may be some
  /// rows of a matrix of `sourceDepth` rows.
  func transposePanels(
    _ target: FloatSlice, from source: FloatSlice, depth: Int, columns: Int, sourceDepth: Int?)
}
