internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Smooth activations and their gradients over `count` contiguous floats, in place where wanted.
///
/// Each is evaluated in double by a written order of operations and rounded once; the error is below 0.5001 units in the
/// last place of a float, apart from where a derivative passes through zero.
extension KernelSet {
  /// y[i] = x[i]·Φ(x[i]), Φ the distribution function of the standard normal.
  public func gelu(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.gelu(y, x, count)
    case .v3: unsafe KernelsV3.gelu(y, x, count)
    case .v4: unsafe KernelsV4.gelu(y, x, count)
    }
  }

  /// dx[i] = dy[i] times the derivative of `gelu` at x[i]; `dx` may be `dy` or `x`.
  public func geluGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.geluGradient(dx, dy, x, count)
    case .v3: unsafe KernelsV3.geluGradient(dx, dy, x, count)
    case .v4: unsafe KernelsV4.geluGradient(dx, dy, x, count)
    }
  }

  /// y[i] = ½·x[i]·(1 + tanh(√(2/π)·(x[i] + 0.044715·x[i]³))).
  public func geluByTanh(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.geluByTanh(y, x, count)
    case .v3: unsafe KernelsV3.geluByTanh(y, x, count)
    case .v4: unsafe KernelsV4.geluByTanh(y, x, count)
    }
  }

  /// dx[i] = dy[i] times the derivative of `geluByTanh` at x[i]; `dx` may be `dy` or `x`.
  public func geluByTanhGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.geluByTanhGradient(dx, dy, x, count)
    case .v3: unsafe KernelsV3.geluByTanhGradient(dx, dy, x, count)
    case .v4: unsafe KernelsV4.geluByTanhGradient(dx, dy, x, count)
    }
  }

  /// y[i] = x[i] / (1 + exp(−x[i])).
  public func silu(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.silu(y, x, count)
    case .v3: unsafe KernelsV3.silu(y, x, count)
    case .v4: unsafe KernelsV4.silu(y, x, count)
    }
  }

  /// dx[i] = dy[i] times the derivative of `silu` at x[i]; `dx` may be `dy` or `x`.
  public func siluGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.siluGradient(dx, dy, x, count)
    case .v3: unsafe KernelsV3.siluGradient(dx, dy, x, count)
    case .v4: unsafe KernelsV4.siluGradient(dx, dy, x, count)
    }
  }

  /// y[i] = log(1 + exp(x[i])).
  public func softplus(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.softplus(y, x, count)
    case .v3: unsafe KernelsV3.softplus(y, x, count)
    case .v4: unsafe KernelsV4.softplus(y, x, count)
    }
  }

  /// dx[i] = dy[i] times the derivative of `softplus` at x[i]; `dx` may be `dy` or `x`.
  public func softplusGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.softplusGradient(dx, dy, x, count)
    case .v3: unsafe KernelsV3.softplusGradient(dx, dy, x, count)
    case .v4: unsafe KernelsV4.softplusGradient(dx, dy, x, count)
    }
  }

  /// y[i] = x[i]·tanh(log(1 + exp(x[i]))).
  public func mish(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.mish(y, x, count)
    case .v3: unsafe KernelsV3.mish(y, x, count)
    case .v4: unsafe KernelsV4.mish(y, x, count)
    }
  }

  /// dx[i] = dy[i] times the derivative of `mish` at x[i]; `dx` may be `dy` or `x`.
  public func mishGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.mishGradient(dx, dy, x, count)
    case .v3: unsafe KernelsV3.mishGradient(dx, dy, x, count)
    case .v4: unsafe KernelsV4.mishGradient(dx, dy, x, count)
    }
  }

  /// y[i] = scale·(x[i] > 0 ? x[i] : alpha·(exp(x[i]) − 1)): the ELU, and with its two constants the SELU.
  public func elu(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    alpha: Double,
    scale: Double = 1,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.elu(y, x, count, alpha, scale)
    case .v3: unsafe KernelsV3.elu(y, x, count, alpha, scale)
    case .v4: unsafe KernelsV4.elu(y, x, count, alpha, scale)
    }
  }

  /// dx[i] = dy[i] times the derivative of `elu` at x[i]; `dx` may be `dy` or `x`.
  public func eluGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    alpha: Double,
    scale: Double = 1,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.eluGradient(dx, dy, x, count, alpha, scale)
    case .v3: unsafe KernelsV3.eluGradient(dx, dy, x, count, alpha, scale)
    case .v4: unsafe KernelsV4.eluGradient(dx, dy, x, count, alpha, scale)
    }
  }
}
