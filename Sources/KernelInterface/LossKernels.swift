/// Losses by rule 11, row by row; rows begin `rowStride` apart.
package protocol LossKernels {
  /// y[row] = softmax(x[row]): maximum m, x − m, exp, the sum of rule 3, divide.
  ///
  /// In place is allowed.
  func softmax(_ y: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// y[row] = (x[row] − m) − log Σ exp(x[row] − m).
  ///
  /// In place is allowed.
  func logSoftmax(_ y: FloatSlice, _ x: FloatSlice, rowStride: Int, rows: Int, columns: Int)

  /// dx[row, j] = (dy[j] − Σ dy · y) · y[j], where y is the result of `softmax`; dx may be dy.
  func softmaxGradient(
    _ dx: FloatSlice, _ dy: FloatSlice, result y: FloatSlice, rowStride: Int, rows: Int,
    columns: Int)

  /// The cross-entropy of softmax(x[row]) against a class, and its gradient.
  ///
  /// With z = x − m and l = log Σ exp z: losses[row] = l − z[t] without smoothing (`spread` = 0), else
  /// fma(spread, Σ (l − z[j]), keep · (l − z[t])). dx[row, j] = (exp(z[j]) / Σ exp z − q[j]) · scale, where q[t] = keep + spread
  /// and spread elsewhere. Label smoothing ε over C classes is keep = 1 − ε, spread = ε / C. The gradient's 1/N is `scale`.
  /// `dx` may be `x`.
  ///
  /// - Precondition: every target is below `columns`.
  func softmaxCrossEntropy(
    losses: FloatSlice, gradient dx: FloatSlice, logits x: FloatSlice, rowStride: Int,
    targets: WordSlice, rows: Int, columns: Int, keep: Float, spread: Float, scale: Float)

  /// dx[i] = (x[i] − target[i]) · scale; returns the sum of (x[i] − target[i])² by rule 3.
  ///
  /// `dx` may be `x`.
  func squaredError(gradient dx: FloatSlice, _ x: FloatSlice, target: FloatSlice, scale: Float)
    -> Float
}
