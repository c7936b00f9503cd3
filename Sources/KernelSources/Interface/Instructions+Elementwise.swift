package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: ElementwiseKernels {
  package func fill(_ y: FloatSlice, with value: Float) {
    unsafe rawFill(pointer(y), value, y.count)
  }

  package func copy(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawCopy(pointer(y), pointer(x), elements(y, x))
  }

  package func add(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    unsafe rawAdd(pointer(y), pointer(a), pointer(b), elements(y, a, b))
  }

  package func addRelu(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    unsafe rawAddRelu(pointer(y), pointer(a), pointer(b), elements(y, a, b))
  }

  package func subtract(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    unsafe rawSubtract(pointer(y), pointer(a), pointer(b), elements(y, a, b))
  }

  package func multiply(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    unsafe rawMultiplyElements(pointer(y), pointer(a), pointer(b), elements(y, a, b))
  }

  package func divide(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    unsafe rawDivide(pointer(y), pointer(a), pointer(b), elements(y, a, b))
  }

  package func scale(_ y: FloatSlice, _ x: FloatSlice, by factor: Float) {
    unsafe rawScale(pointer(y), pointer(x), factor, elements(y, x))
  }

  package func addScalar(_ y: FloatSlice, _ x: FloatSlice, value: Float) {
    unsafe rawAddScalar(pointer(y), pointer(x), value, elements(y, x))
  }

  package func addScaled(_ y: FloatSlice, _ x: FloatSlice, by factor: Float) {
    unsafe rawAddScaled(pointer(y), pointer(x), factor, elements(y, x))
  }

  package func blend(_ y: FloatSlice, _ x: FloatSlice, weight: Float) {
    unsafe rawBlend(pointer(y), pointer(x), weight, elements(y, x))
  }

  package func squareRoot(_ y: FloatSlice, _ x: FloatSlice) {
    unsafe rawSquareRoot(pointer(y), pointer(x), elements(y, x))
  }

  package func clamp(_ y: FloatSlice, _ x: FloatSlice, bound: Float) {
    unsafe rawClamp(pointer(y), pointer(x), bound, elements(y, x))
  }

  package func addRowVector(
    _ y: FloatSlice, _ x: FloatSlice, _ bias: FloatSlice, rows: Int, columns: Int, rowStride: Int
  ) {
    unsafe rawAddRowVector(pointer(y), pointer(x), pointer(bias), rows, columns, rowStride)
  }
}
