internal import KernelInterface

/// y[i] = value.
@inline(never)
func rawFill(_ y: MutableFloatPointer, _ value: Float, _ count: Int) {
  // SAFETY: here and below, the caller owns `count` elements behind every pointer.
  for i in 0..<count { unsafe y[i] = value }
}

/// y[i] = x[i].
@inline(never)
func rawCopy(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i] }
}

/// y[i] = a[i] + b[i].
@inline(never)
func rawAdd(
  _ y: MutableFloatPointer, _ a: FloatPointer, _ b: FloatPointer,
  _ count: Int
) {
  // Whole vectors by hand: in place, the compiler's own check for overlap would choose single steps.
  var i = 0
  while i + 16 <= count {
    unsafe store16(y, i, load16(a, i) + load16(b, i))
    i += 16
  }
  for i in i..<count { unsafe y[i] = a[i] + b[i] }
}

/// y[i] = s < 0 ? +0 : s, with s = a[i] + b[i].
@inline(never)
func rawAddRelu(
  _ y: MutableFloatPointer, _ a: FloatPointer, _ b: FloatPointer,
  _ count: Int
) {
  for i in 0..<count {
    let sum = unsafe a[i] + b[i]
    unsafe y[i] = sum < 0 ? 0 : sum
  }
}

/// y[i] = a[i] − b[i].
@inline(never)
func rawSubtract(
  _ y: MutableFloatPointer, _ a: FloatPointer, _ b: FloatPointer,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] - b[i] }
}

/// y[i] = a[i] · b[i].
@inline(never)
func rawMultiplyElements(
  _ y: MutableFloatPointer, _ a: FloatPointer, _ b: FloatPointer,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] * b[i] }
}

/// y[i] = a[i] / b[i].
@inline(never)
func rawDivide(
  _ y: MutableFloatPointer, _ a: FloatPointer, _ b: FloatPointer,
  _ count: Int
) {
  for i in 0..<count { unsafe y[i] = a[i] / b[i] }
}

/// y[i] = x[i] · factor.
@inline(never)
func rawScale(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ factor: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i] * factor }
}

/// y[i] = x[i] + value.
@inline(never)
func rawAddScalar(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ value: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i] + value }
}

/// y[i] = fma(factor, x[i], y[i]).
@inline(never)
func rawAddScaled(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ factor: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = y[i].addingProduct(factor, x[i]) }
}

/// y[i] = fma(weight, x[i] − y[i], y[i]), the moving average.
@inline(never)
func rawBlend(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ weight: Float, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = y[i].addingProduct(weight, x[i] - y[i]) }
}

/// y[i] = √x[i].
@inline(never)
func rawSquareRoot(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = x[i].squareRoot() }
}

/// y[i] = x[i] < −bound ? −bound : (x[i] > bound ? bound : x[i]); NaN stays.
@inline(never)
func rawClamp(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ bound: Float, _ count: Int
) {
  for i in 0..<count {
    let v = unsafe x[i]
    let low = v < -bound ? -bound : v
    unsafe y[i] = low > bound ? bound : low
  }
}

/// y[row, i] = x[row, i] + bias[i], rows `stride` apart.
@inline(never)
func rawAddRowVector(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ bias: FloatPointer,
  _ rows: Int, _ columns: Int, _ stride: Int
) {
  for row in 0..<rows {
    for i in 0..<columns { unsafe y[row * stride + i] = x[row * stride + i] + bias[i] }
  }
}
