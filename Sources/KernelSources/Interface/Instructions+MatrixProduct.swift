package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: MatrixProductKernels {
  package func multiply(
    c: FloatSlice, cPanelStride: Int, cRowStride: Int, a: FloatSlice, aRowStride: Int,
    aDepthStride: Int, b: FloatSlice, bPanelStride: Int, bDepthStride: Int, bPadded padded: Bool,
    rows: Int, columns: Int, depth: Int, start: MatrixStart, bias: FloatSlice?, relu: Bool,
    depthBlock: Int
  ) {
    precondition(
      start != .bias || bias != nil, "a product that starts from the bias needs one")
    let from = start.rawValue
    unsafe rawMultiply(
      pointer(c), cPanelStride, cRowStride, pointer(a), aRowStride, aDepthStride, pointer(b),
      bPanelStride,
      bDepthStride, padded, rows, columns, depth, from, pointer(bias ?? a), relu, depthBlock)
  }
}
