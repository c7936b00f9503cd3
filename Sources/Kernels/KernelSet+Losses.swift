internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Losses by rule 11, row by row; rows begin `rowStride` apart.
extension KernelSet {
  /// y[row] = softmax(x[row]): maximum m, x − m, exp, the sum of rule 3, divide.
  ///
  /// In place is allowed.
  public func softmax(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.softmax(y, x, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.softmax(y, x, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.softmax(y, x, rowStride, rows, columns)
    }
  }

  /// y[row] = (x[row] − m) − log Σ exp(x[row] − m).
  ///
  /// In place is allowed.
  public func logSoftmax(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.logSoftmax(y, x, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.logSoftmax(y, x, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.logSoftmax(y, x, rowStride, rows, columns)
    }
  }

  /// dx[row, j] = (dy[j] − Σ dy · y) · y[j], where y is the result of `softmax`; dx may be dy.
  public func softmaxGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    result y: UnsafePointer<Float>,
    rowStride: Int,
    rows: Int,
    columns: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.softmaxGradient(dx, dy, y, rowStride, rows, columns)
    case .v3: unsafe KernelsV3.softmaxGradient(dx, dy, y, rowStride, rows, columns)
    case .v4: unsafe KernelsV4.softmaxGradient(dx, dy, y, rowStride, rows, columns)
    }
  }

  /// The cross-entropy of softmax(x[row]) against a class, and its gradient.
  ///
  /// With z = x − m and l = log Σ exp z: losses[row] = l − z[t] without smoothing (`spread` = 0), else
  /// fma(spread, Σ (l − z[j]), keep · (l − z[t])). dx[row, j] = (exp(z[j]) / Σ exp z − q[j]) · scale, where q[t] = keep + spread
  /// and spread elsewhere. Label smoothing ε over C classes is keep = 1 − ε, spread = ε / C. The gradient's 1/N is `scale`.
  /// `dx` may be `x`.
  ///
  /// - Precondition: every target is below `columns`.
  public func softmaxCrossEntropy(
    losses: UnsafeMutablePointer<Float>,
    gradient dx: UnsafeMutablePointer<Float>,
    logits x: UnsafePointer<Float>,
    rowStride: Int,
    targets: UnsafePointer<UInt32>,
    rows: Int,
    columns: Int,
    keep: Float = 1,
    spread: Float = 0,
    scale: Float
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.softmaxCrossEntropy(
        losses, dx, x, rowStride, targets, rows, columns, keep, spread, scale)
    case .v3:
      unsafe KernelsV3.softmaxCrossEntropy(
        losses, dx, x, rowStride, targets, rows, columns, keep, spread, scale)
    case .v4:
      unsafe KernelsV4.softmaxCrossEntropy(
        losses, dx, x, rowStride, targets, rows, columns, keep, spread, scale)
    }
  }

  /// dx[i] = (x[i] − target[i]) · scale; returns the sum of (x[i] − target[i])² by rule 3.
  ///
  /// `dx` may be `x`.
  public func squaredError(
    gradient dx: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    target: UnsafePointer<Float>,
    scale: Float,
    count: Int
  ) -> Float {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.squaredError(dx, x, target, scale, count)
    case .v3: unsafe KernelsV3.squaredError(dx, x, target, scale, count)
    case .v4: unsafe KernelsV4.squaredError(dx, x, target, scale, count)
    }
  }
}
