package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: ActivationKernels {
  package func relu(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawRelu(pointer(y), pointer(x), elements(y, x))
  }

  package func reluGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice) {
    unsafe rawReluGradient(pointer(dx), pointer(dy), pointer(y), elements(dx, dy, y))
  }

  package func leakyRelu(_ y: FloatSlice, _ x: FloatSlice, slope: Float) {
    unsafe rawLeakyRelu(pointer(y), pointer(x), slope, elements(y, x))
  }

  package func leakyReluGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice, slope: Float
  ) {
    unsafe rawLeakyReluGradient(pointer(dx), pointer(dy), pointer(x), slope, elements(dx, dy, x))
  }

  package func tanhGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice) {
    unsafe rawTanhGradient(pointer(dx), pointer(dy), pointer(y), elements(dx, dy, y))
  }

  package func sigmoidGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice) {
    unsafe rawSigmoidGradient(pointer(dx), pointer(dy), pointer(y), elements(dx, dy, y))
  }
}
