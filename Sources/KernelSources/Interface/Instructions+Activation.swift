package import KernelInterface

extension Instructions: ActivationKernels {
  package func relu(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(x.count >= count, "relu needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawRelu(pointer(y), pointer(x), count)
  }

  package func reluGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && y.count >= count,
      "reluGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawReluGradient(pointer(dx), pointer(dy), pointer(y), count)
  }

  package func leakyRelu(_ y: FloatSlice, _ x: FloatSlice, slope: Float) {
    let count = y.count
    precondition(
      x.count >= count, "leakyRelu needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawLeakyRelu(pointer(y), pointer(x), slope, count)
  }

  package func leakyReluGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice, slope: Float
  ) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "leakyReluGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawLeakyReluGradient(pointer(dx), pointer(dy), pointer(x), slope, count)
  }

  package func tanhGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && y.count >= count,
      "tanhGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawTanhGradient(pointer(dx), pointer(dy), pointer(y), count)
  }

  package func sigmoidGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && y.count >= count,
      "sigmoidGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSigmoidGradient(pointer(dx), pointer(dy), pointer(y), count)
  }
}
