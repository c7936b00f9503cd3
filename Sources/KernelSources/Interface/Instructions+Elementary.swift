package import KernelInterface

extension Instructions: ElementaryKernels {
  package func exponential(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "exponential needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawExponential(pointer(y), pointer(x), count)
  }

  package func logarithm(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "logarithm needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawLogarithm(pointer(y), pointer(x), count)
  }

  package func hyperbolicTangent(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "hyperbolicTangent needs as many elements of each argument as of its result"
    )
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawHyperbolicTangent(pointer(y), pointer(x), count)
  }

  package func sigmoid(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "sigmoid needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSigmoid(pointer(y), pointer(x), count)
  }

  package func errorFunction(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "errorFunction needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawErrorFunction(pointer(y), pointer(x), count)
  }
}
