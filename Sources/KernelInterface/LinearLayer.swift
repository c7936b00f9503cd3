/// The three products of a linear layer whose weight `[out, in]` is kept as panels `[in][32]`.
///
/// Slices are the whole matrices; `rows` and `panels` say which part this call computes, so that threads can split.
extension MatrixProductKernels {
  /// y = x · Wᵀ + bias, then relu if wanted: `[rows, in] · [in, out] → [rows, out]`.
  ///
  /// - Parameters:
  ///   - y: Row 0 of the result.
  ///   - rowStride: Floats from a row of y to the next, at least `outputs`.
  ///   - x: Row 0 of the samples.
  ///   - xRowStride: Floats from a row of x to the next, at least `inputs`.
  ///   - weight: Panels of depth `inputs`, columns `outputs`, padded with +0.
  ///   - bias: `outputs` floats, or nil to start from +0.
  ///   - relu: Whether negative results become +0.
  ///   - rows: The rows to compute.
  ///   - panels: The panels of outputs to compute, within 0 ..< panelCount(outputs).
  ///   - inputs: The length of a row of x.
  ///   - outputs: The length of a row of y.
  package func linear(
    _ y: FloatSlice, rowStride: Int,
    _ x: FloatSlice, xRowStride: Int,
    weight: FloatSlice, bias: FloatSlice?, relu: Bool,
    rows: Range<Int>, panels: Range<Int>, inputs: Int, outputs: Int
  ) {
    guard !rows.isEmpty, !panels.isEmpty else { return }
    let first = panels.lowerBound * 32
    multiply(
      c: y[(rows.lowerBound * rowStride + first)...], cPanelStride: 32, cRowStride: rowStride,
      a: x[(rows.lowerBound * xRowStride)...], aRowStride: xRowStride, aDepthStride: 1,
      b: weight[(first * inputs)...], bPanelStride: inputs * 32, bDepthStride: 32, bPadded: true,
      rows: rows.count, columns: min(outputs, panels.upperBound * 32) - first, depth: inputs,
      start: bias == nil ? .zero : .bias, bias: bias.map { $0[first...] }, relu: relu, depthBlock: 0
    )
  }

  /// dx = dy · W: `[rows, out] · [out, in] → [rows, in]`, each element a chain over the outputs.
  ///
  /// - Parameters:
  ///   - dx: Row 0 of the result.
  ///   - rowStride: Floats from a row of dx to the next, at least `inputs`.
  ///   - dy: Row 0 of the output's gradient.
  ///   - dyRowStride: Floats from a row of dy to the next, at least `outputs`.
  ///   - transposedWeight: Panels of depth `outputs`, columns `inputs`: `transposePanels` of the weight.
  ///   - rows: The rows to compute.
  ///   - panels: The panels of inputs to compute, within 0 ..< panelCount(inputs).
  ///   - inputs: The length of a row of dx.
  ///   - outputs: The length of a row of dy.
  package func linearInputGradient(
    _ dx: FloatSlice, rowStride: Int,
    _ dy: FloatSlice, dyRowStride: Int,
    transposedWeight: FloatSlice,
    rows: Range<Int>, panels: Range<Int>, inputs: Int, outputs: Int
  ) {
    linear(
      dx, rowStride: rowStride, dy, xRowStride: dyRowStride, weight: transposedWeight, bias: nil,
      relu: false, rows: rows, panels: panels, inputs: outputs, outputs: inputs)
  }

  /// dW = xᵀ · dy over the samples of one block of rule 2, written as panels `[in][32]`.
  ///
  /// Each element is a chain over ascending samples from +0, or from what dW holds if `accumulating`. The padding of the last
  /// panel is not touched. Blocks of 4096 samples (4096 / positions for convolutions), then shards, are combined by
  /// `combinePairwise`.
  ///
  /// - Parameters:
  ///   - dW: All panels of the result.
  ///   - x: Row 0 of the samples.
  ///   - xRowStride: Floats from a row of x to the next, at least `inputs`.
  ///   - dy: Row 0 of the output's gradient.
  ///   - dyRowStride: Floats from a row of dy to the next, at least `outputs`.
  ///   - dyPadded: Whether every row of dy may be read up to the next multiple of 32 columns (a little faster).
  ///   - samples: The rows of x and dy of this block.
  ///   - inputRange: The inputs (rows of the panels) to compute.
  ///   - panels: The panels of outputs to compute.
  ///   - inputs: The length of a row of x.
  ///   - outputs: The length of a row of dy.
  ///   - accumulating: Whether the chains go on from what dW holds.
  package func linearWeightGradient(
    _ dW: FloatSlice,
    _ x: FloatSlice, xRowStride: Int,
    _ dy: FloatSlice, dyRowStride: Int, dyPadded: Bool,
    samples: Range<Int>, inputRange: Range<Int>, panels: Range<Int>, inputs: Int, outputs: Int,
    accumulating: Bool
  ) {
    guard !inputRange.isEmpty, !panels.isEmpty else { return }
    let first = panels.lowerBound * 32
    multiply(
      c: dW[(first * inputs + inputRange.lowerBound * 32)...], cPanelStride: inputs * 32,
      cRowStride: 32,
      a: x[(samples.lowerBound * xRowStride + inputRange.lowerBound)...], aRowStride: 1,
      aDepthStride: xRowStride,
      b: dy[(samples.lowerBound * dyRowStride + first)...], bPanelStride: 32,
      bDepthStride: dyRowStride, bPadded: dyPadded,
      rows: inputRange.count, columns: min(outputs, panels.upperBound * 32) - first,
      depth: samples.count, start: accumulating ? .accumulate : .zero, bias: nil, relu: false,
      depthBlock: 0)
  }
}
