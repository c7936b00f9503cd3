package import KernelInterface

extension Instructions: SmoothActivationKernels {
  package func gelu(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(x.count >= count, "gelu needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawGelu(pointer(y), pointer(x), count)
  }

  package func geluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "geluGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawGeluGradient(pointer(dx), pointer(dy), pointer(x), count)
  }

  package func geluByTanh(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "geluByTanh needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawGeluByTanh(pointer(y), pointer(x), count)
  }

  package func geluByTanhGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "geluByTanhGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawGeluByTanhGradient(pointer(dx), pointer(dy), pointer(x), count)
  }

  package func silu(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(x.count >= count, "silu needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSilu(pointer(y), pointer(x), count)
  }

  package func siluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "siluGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSiluGradient(pointer(dx), pointer(dy), pointer(x), count)
  }

  package func softplus(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "softplus needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSoftplus(pointer(y), pointer(x), count)
  }

  package func softplusGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "softplusGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSoftplusGradient(pointer(dx), pointer(dy), pointer(x), count)
  }

  package func mish(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(x.count >= count, "mish needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawMish(pointer(y), pointer(x), count)
  }

  package func mishGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "mishGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawMishGradient(pointer(dx), pointer(dy), pointer(x), count)
  }

  package func elu(_ y: FloatSlice, _ x: FloatSlice, alpha: Double, scale: Double) {
    let count = y.count
    precondition(x.count >= count, "elu needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawElu(pointer(y), pointer(x), count, alpha, scale)
  }

  package func eluGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice, alpha: Double, scale: Double
  ) {
    let count = dx.count
    precondition(
      dy.count >= count && x.count >= count,
      "eluGradient needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawEluGradient(pointer(dx), pointer(dy), pointer(x), count, alpha, scale)
  }
}
