/// Elementary functions, correctly rounded to float32, over contiguous floats, in place where wanted.
///
/// Nobody need trust an implementation: the result is the float nearest to the true value, ties to even.
package protocol ElementaryKernels {
  /// y[i] = exp(x[i]).
  func exponential(_ y: FloatSlice, _ x: FloatSlice)

  /// y[i] = log(x[i]): −∞ at ±0, NaN below.
  func logarithm(_ y: FloatSlice, _ x: FloatSlice)

  /// y[i] = tanh(x[i]).
  func hyperbolicTangent(_ y: FloatSlice, _ x: FloatSlice)

  /// y[i] = 1 / (1 + exp(−x[i])).
  func sigmoid(_ y: FloatSlice, _ x: FloatSlice)

  /// y[i] = erf(x[i]).
  func errorFunction(_ y: FloatSlice, _ x: FloatSlice)
}
