package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: SmoothActivationKernels {
  package func gelu(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawGelu(pointer(y), pointer(x), elements(y, x))
  }

  package func geluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    unsafe rawGeluGradient(pointer(dx), pointer(dy), pointer(x), elements(dx, dy, x))
  }

  package func geluByTanh(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawGeluByTanh(pointer(y), pointer(x), elements(y, x))
  }

  package func geluByTanhGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    unsafe rawGeluByTanhGradient(pointer(dx), pointer(dy), pointer(x), elements(dx, dy, x))
  }

  package func silu(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawSilu(pointer(y), pointer(x), elements(y, x))
  }

  package func siluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    unsafe rawSiluGradient(pointer(dx), pointer(dy), pointer(x), elements(dx, dy, x))
  }

  package func softplus(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawSoftplus(pointer(y), pointer(x), elements(y, x))
  }

  package func softplusGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    unsafe rawSoftplusGradient(pointer(dx), pointer(dy), pointer(x), elements(dx, dy, x))
  }

  package func mish(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawMish(pointer(y), pointer(x), elements(y, x))
  }

  package func mishGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    unsafe rawMishGradient(pointer(dx), pointer(dy), pointer(x), elements(dx, dy, x))
  }

  package func elu(_ y: FloatSlice, _ x: FloatSlice, alpha: Double, scale: Double) {
    unsafe rawElu(pointer(y), pointer(x), elements(y, x), alpha, scale)
  }

  package func eluGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice, alpha: Double, scale: Double
  ) {
    unsafe rawEluGradient(pointer(dx), pointer(dy), pointer(x), elements(dx, dy, x), alpha, scale)
  }
}
