internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Elementary functions, correctly rounded to float32, over `count` contiguous floats, in place where wanted.
///
/// Nobody need trust an implementation: the result is the float nearest to the true value, ties to even.
extension KernelSet {
  /// y[i] = exp(x[i]).
  public func exponential(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.exponential(y, x, count)
    case .v3: unsafe KernelsV3.exponential(y, x, count)
    case .v4: unsafe KernelsV4.exponential(y, x, count)
    }
  }

  /// y[i] = log(x[i]): −∞ at ±0, NaN below.
  public func logarithm(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.logarithm(y, x, count)
    case .v3: unsafe KernelsV3.logarithm(y, x, count)
    case .v4: unsafe KernelsV4.logarithm(y, x, count)
    }
  }

  /// y[i] = tanh(x[i]).
  public func hyperbolicTangent(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.hyperbolicTangent(y, x, count)
    case .v3: unsafe KernelsV3.hyperbolicTangent(y, x, count)
    case .v4: unsafe KernelsV4.hyperbolicTangent(y, x, count)
    }
  }

  /// y[i] = 1 / (1 + exp(−x[i])).
  public func sigmoid(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.sigmoid(y, x, count)
    case .v3: unsafe KernelsV3.sigmoid(y, x, count)
    case .v4: unsafe KernelsV4.sigmoid(y, x, count)
    }
  }

  /// y[i] = erf(x[i]).
  public func errorFunction(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.errorFunction(y, x, count)
    case .v3: unsafe KernelsV3.errorFunction(y, x, count)
    case .v4: unsafe KernelsV4.errorFunction(y, x, count)
    }
  }
}
