package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: PanelKernels {
  package func packPanels(
    _ panels: FloatSlice, from source: FloatSlice, depthStride: Int, columnStride: Int, depth: Int,
    columns: Int
  ) {
    unsafe rawPackPanels(
      pointer(panels), pointer(source), depthStride, columnStride, depth, columns)
  }

  package func unpackPanels(
    _ target: FloatSlice, from panels: FloatSlice, depthStride: Int, columnStride: Int, depth: Int,
    columns: Int
  ) {
    unsafe rawUnpackPanels(
      pointer(target), pointer(panels), depthStride, columnStride, depth, columns)
  }

  package func transposePanels(
    _ target: FloatSlice, from source: FloatSlice, depth: Int, columns: Int, sourceDepth: Int?
  ) {
    let rows = sourceDepth ?? depth
    unsafe rawTransposePanels(pointer(target), pointer(source), depth, columns, rows)
  }
}
