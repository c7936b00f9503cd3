package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: LossKernels {
  package func softmax(_ y: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int) {
    unsafe rawSoftmax(pointer(y), pointer(x), rowStride, rows, columns)
  }

  package func logSoftmax(_ y: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)
  {
    unsafe rawLogSoftmax(pointer(y), pointer(x), rowStride, rows, columns)
  }

  package func softmaxGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice, rowStride: Int, rows: Int,
    columns: Int
  ) {
    unsafe rawSoftmaxGradient(pointer(dx), pointer(dy), pointer(y), rowStride, rows, columns)
  }

  package func softmaxCrossEntropy(
    losses: FloatSlice, gradient dx: FloatSlice, logits x: FloatSlice, rowStride: Int,
    targets: WordSlice, rows: Int, columns: Int, keep: Float, spread: Float, scale: Float
  ) {
    precondition(targets.count >= rows, "a target for each row")
    unsafe rawSoftmaxCrossEntropy(
      pointer(losses), pointer(dx), pointer(x), rowStride, pointer(targets), rows, columns, keep,
      spread, scale)
  }

  package func squaredError(
    gradient dx: FloatSlice, _ x: FloatSlice, target: FloatSlice, scale: Float
  ) -> Float {
    unsafe rawSquaredError(pointer(dx), pointer(x), pointer(target), scale, elements(dx, x, target))
  }
}
