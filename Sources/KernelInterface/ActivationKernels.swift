/// Activations and their gradients over contiguous floats, in place where wanted.
package protocol ActivationKernels {
  /// y[i] = x[i] < 0 ? +0 : x[i]; NaN and −0 stay.
  func relu(_ y: FloatSlice, _ x: FloatSlice)

  /// dx[i] = y[i] ≤ 0 ? +0 : dy[i], where y is the result (or the argument) of `relu`.
  func reluGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice)

  /// y[i] = x[i] > 0 ? x[i] : x[i] · slope.
  func leakyRelu(_ y: FloatSlice, _ x: FloatSlice, slope: Float)

  /// dx[i] = x[i] > 0 ? dy[i] : dy[i] · slope, where x is the argument of `leakyRelu`.
  func leakyReluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice, slope: Float)

  /// dx[i] = dy[i] · fma(−y[i], y[i], 1), where y = tanh(x).
  func tanhGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice)

  /// dx[i] = dy[i] · (y[i] · (1 − y[i])), where y = sigmoid(x).
  func sigmoidGradient(_ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice)
}
