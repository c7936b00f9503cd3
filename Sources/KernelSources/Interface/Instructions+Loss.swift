package import KernelInterface

extension Instructions: LossKernels {
  package func softmax(_ y: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int) {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSoftmax(pointer(y), pointer(x), rowStride, rows, columns)
  }

  package func logSoftmax(_ y: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)
  {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawLogSoftmax(pointer(y), pointer(x), rowStride, rows, columns)
  }

  package func softmaxGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice, rowStride: Int, rows: Int,
    columns: Int
  ) {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSoftmaxGradient(pointer(dx), pointer(dy), pointer(y), rowStride, rows, columns)
  }

  package func softmaxCrossEntropy(
    losses: FloatSlice, gradient dx: FloatSlice, logits x: FloatSlice, rowStride: Int,
    targets: WordSlice, rows: Int, columns: Int, keep: Float, spread: Float, scale: Float
  ) {
    precondition(targets.count >= rows, "a target for each row")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSoftmaxCrossEntropy(
      pointer(losses), pointer(dx), pointer(x), rowStride, pointer(targets), rows, columns, keep,
      spread, scale)
  }

  package func squaredError(
    gradient dx: FloatSlice, _ x: FloatSlice, target: FloatSlice, scale: Float
  ) -> Float {
    let count = dx.count
    precondition(
      x.count >= count && target.count >= count,
      "squaredError needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    return unsafe rawSquaredError(pointer(dx), pointer(x), pointer(target), scale, count)
  }
}
