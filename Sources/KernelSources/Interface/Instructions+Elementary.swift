package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: ElementaryKernels {
  package func exponential(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawExponential(pointer(y), pointer(x), elements(y, x))
  }

  package func logarithm(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawLogarithm(pointer(y), pointer(x), elements(y, x))
  }

  package func hyperbolicTangent(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawHyperbolicTangent(pointer(y), pointer(x), elements(y, x))
  }

  package func sigmoid(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawSigmoid(pointer(y), pointer(x), elements(y, x))
  }

  package func errorFunction(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawErrorFunction(pointer(y), pointer(x), elements(y, x))
  }
}
