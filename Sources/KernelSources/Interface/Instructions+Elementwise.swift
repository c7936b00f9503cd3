package import KernelInterface

extension Instructions: ElementwiseKernels {
  package func fill(_ y: FloatSlice, with value: Float) {
    let count = y.count
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawFill(pointer(y), value, count)
  }

  package func copy(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(x.count >= count, "copy needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawCopy(pointer(y), pointer(x), count)
  }

  package func add(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    let count = y.count
    precondition(
      a.count >= count && b.count >= count,
      "add needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawAdd(pointer(y), pointer(a), pointer(b), count)
  }

  package func addRelu(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    let count = y.count
    precondition(
      a.count >= count && b.count >= count,
      "addRelu needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawAddRelu(pointer(y), pointer(a), pointer(b), count)
  }

  package func subtract(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    let count = y.count
    precondition(
      a.count >= count && b.count >= count,
      "subtract needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSubtract(pointer(y), pointer(a), pointer(b), count)
  }

  package func multiply(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    let count = y.count
    precondition(
      a.count >= count && b.count >= count,
      "multiply needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawMultiplyElements(pointer(y), pointer(a), pointer(b), count)
  }

  package func divide(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) {
    let count = y.count
    precondition(
      a.count >= count && b.count >= count,
      "divide needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawDivide(pointer(y), pointer(a), pointer(b), count)
  }

  package func scale(_ y: FloatSlice, _ x: FloatSlice, by factor: Float) {
    let count = y.count
    precondition(x.count >= count, "scale needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawScale(pointer(y), pointer(x), factor, count)
  }

  package func addScalar(_ y: FloatSlice, _ x: FloatSlice, value: Float) {
    let count = y.count
    precondition(
      x.count >= count, "addScalar needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawAddScalar(pointer(y), pointer(x), value, count)
  }

  package func addScaled(_ y: FloatSlice, _ x: FloatSlice, by factor: Float) {
    let count = y.count
    precondition(
      x.count >= count, "addScaled needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawAddScaled(pointer(y), pointer(x), factor, count)
  }

  package func blend(_ y: FloatSlice, _ x: FloatSlice, weight: Float) {
    let count = y.count
    precondition(x.count >= count, "blend needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawBlend(pointer(y), pointer(x), weight, count)
  }

  package func squareRoot(_ y: FloatSlice, _ x: FloatSlice) {
    let count = y.count
    precondition(
      x.count >= count, "squareRoot needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawSquareRoot(pointer(y), pointer(x), count)
  }

  package func clamp(_ y: FloatSlice, _ x: FloatSlice, bound: Float) {
    let count = y.count
    precondition(x.count >= count, "clamp needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawClamp(pointer(y), pointer(x), bound, count)
  }

  package func addRowVector(
    _ y: FloatSlice, _ x: FloatSlice, _ bias: FloatSlice, rows: Int, columns: Int, rowStride: Int
  ) {
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawAddRowVector(pointer(y), pointer(x), pointer(bias), rows, columns, rowStride)
  }
}
