/// Smooth activations and their gradients over contiguous floats, in place where wanted.
///
/// Each is evaluated in double by a written order of operations and rounded once; the error is below 0.5001 units in the
/// last place of a float, apart from where a derivative passes through zero.
package protocol SmoothActivationKernels {
  /// y[i] = x[i]·Φ(x[i]), Φ the distribution function of the standard normal.
  func gelu(_ y: FloatSlice, _ x: FloatSlice)

  /// dx[i] = dy[i] times the derivative of `gelu` at x[i]; `dx` may be `dy` or `x`.
  func geluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice)

  /// y[i] = ½·x[i]·(1 + tanh(√(2/π)·(x[i] + 0.044715·x[i]³))).
  func geluByTanh(_ y: FloatSlice, _ x: FloatSlice)

  /// dx[i] = dy[i] times the derivative of `geluByTanh` at x[i]; `dx` may be `dy` or `x`.
  func geluByTanhGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice)

  /// y[i] = x[i] / (1 + exp(−x[i])).
  func silu(_ y: FloatSlice, _ x: FloatSlice)

  /// dx[i] = dy[i] times the derivative of `silu` at x[i]; `dx` may be `dy` or `x`.
  func siluGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice)

  /// y[i] = log(1 + exp(x[i])).
  func softplus(_ y: FloatSlice, _ x: FloatSlice)

  /// dx[i] = dy[i] times the derivative of `softplus` at x[i]; `dx` may be `dy` or `x`.
  func softplusGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice)

  /// y[i] = x[i]·tanh(log(1 + exp(x[i]))).
  func mish(_ y: FloatSlice, _ x: FloatSlice)

  /// dx[i] = dy[i] times the derivative of `mish` at x[i]; `dx` may be `dy` or `x`.
  func mishGradient(_ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice)

  /// y[i] = scale·(x[i] > 0 ? x[i] : alpha·(exp(x[i]) − 1)): the ELU, and with its two constants the SELU.
  func elu(_ y: FloatSlice, _ x: FloatSlice, alpha: Double, scale: Double)

  /// dx[i] = dy[i] times the derivative of `elu` at x[i]; `dx` may be `dy` or `x`.
  func eluGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, argument x: FloatSlice, alpha: Double, scale: Double)
}
