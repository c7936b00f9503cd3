internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Panels: a matrix of depth × columns kept as ⌈columns / 32⌉ panels `[depth][32]`, the last one padded with +0.
extension KernelSet {
  /// Packs a strided matrix into panels.
  ///
  /// `panels[(p * depth + k) * 32 + j] = source[k * depthStride + (32p + j) * columnStride]`. A weight `[out, in]` of PyTorch
  /// becomes panels of depth = in, columns = out with depthStride 1 and columnStride in.
  public func packPanels(
    _ panels: UnsafeMutablePointer<Float>,
    from source: UnsafePointer<Float>,
    depthStride: Int,
    columnStride: Int,
    depth: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.packPanels(panels, source, depthStride, columnStride, depth, columns)
    case .v3: unsafe KernelsV3.packPanels(panels, source, depthStride, columnStride, depth, columns)
    case .v4: unsafe KernelsV4.packPanels(panels, source, depthStride, columnStride, depth, columns)
    }
  }

  /// The inverse of `packPanels`; the padding is not written anywhere.
  public func unpackPanels(
    _ target: UnsafeMutablePointer<Float>,
    from panels: UnsafePointer<Float>,
    depthStride: Int,
    columnStride: Int,
    depth: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.unpackPanels(
        target, panels, depthStride, columnStride, depth, columns)
    case .v3:
      unsafe KernelsV3.unpackPanels(
        target, panels, depthStride, columnStride, depth, columns)
    case .v4:
      unsafe KernelsV4.unpackPanels(
        target, panels, depthStride, columnStride, depth, columns)
    }
  }

  /// Turns the panels of a depth × columns matrix into the panels of its transpose, columns × depth.
  ///
  /// The target owns `KernelSet.panelCount(depth) * columns * 32` floats and does not overlap the source. The source may be some
  /// rows of a matrix of `sourceDepth` rows.
  public func transposePanels(
    _ target: UnsafeMutablePointer<Float>,
    from source: UnsafePointer<Float>,
    depth: Int,
    columns: Int,
    sourceDepth: Int? = nil
  ) {
    let rows = sourceDepth ?? depth
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.transposePanels(target, source, depth, columns, rows)
    case .v3: unsafe KernelsV3.transposePanels(target, source, depth, columns, rows)
    case .v4: unsafe KernelsV4.transposePanels(target, source, depth, columns, rows)
    }
  }
}
