/// Elementwise maps over contiguous floats.
///
/// As many elements are computed as the result holds; it may be one of the arguments, which hold at least as many.
package protocol ElementwiseKernels {
  /// y[i] = value.
  func fill(_ y: FloatSlice, with value: Float)

  /// y[i] = x[i].
  func copy(_ y: FloatSlice, _ x: FloatSlice)

  /// y[i] = a[i] + b[i].
  func add(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice)

  /// y[i] = s < 0 ? +0 : s, with s = a[i] + b[i].
  func addRelu(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice)

  /// y[i] = a[i] − b[i].
  func subtract(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice)

  /// y[i] = a[i] · b[i], rounded once.
  func multiply(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice)

  /// y[i] = a[i] / b[i].
  func divide(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice)

  /// y[i] = x[i] · factor.
  func scale(_ y: FloatSlice, _ x: FloatSlice, by factor: Float)

  /// y[i] = x[i] + value.
  func addScalar(_ y: FloatSlice, _ x: FloatSlice, value: Float)

  /// y[i] = fma(factor, x[i], y[i]).
  func addScaled(_ y: FloatSlice, _ x: FloatSlice, by factor: Float)

  /// y[i] = fma(weight, x[i] − y[i], y[i]): the moving average.
  func blend(_ y: FloatSlice, _ x: FloatSlice, weight: Float)

  /// y[i] = √x[i], correctly rounded.
  func squareRoot(_ y: FloatSlice, _ x: FloatSlice)

  /// y[i] = x[i] held within ±bound; NaN stays.
  func clamp(_ y: FloatSlice, _ x: FloatSlice, bound: Float)

  /// y[row, i] = x[row, i] + bias[i]; rows begin `rowStride` apart.
  func addRowVector(
    _ y: FloatSlice, _ x: FloatSlice, _ bias: FloatSlice, rows: Int, columns: Int, rowStride: Int)
}
