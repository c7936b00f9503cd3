internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Activations and their gradients over `count` contiguous floats, in place where wanted.
extension KernelSet {
  /// y[i] = x[i] < 0 ? +0 : x[i]; NaN and −0 stay.
  public func relu(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.relu(y, x, count)
    case .v3: unsafe KernelsV3.relu(y, x, count)
    case .v4: unsafe KernelsV4.relu(y, x, count)
    }
  }

  /// dx[i] = y[i] ≤ 0 ? +0 : dy[i], where y is the result (or the argument) of `relu`.
  public func reluGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    result y: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.reluGradient(dx, dy, y, count)
    case .v3: unsafe KernelsV3.reluGradient(dx, dy, y, count)
    case .v4: unsafe KernelsV4.reluGradient(dx, dy, y, count)
    }
  }

  /// y[i] = x[i] > 0 ? x[i] : x[i] · slope.
  public func leakyRelu(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    slope: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.leakyRelu(y, x, slope, count)
    case .v3: unsafe KernelsV3.leakyRelu(y, x, slope, count)
    case .v4: unsafe KernelsV4.leakyRelu(y, x, slope, count)
    }
  }

  /// dx[i] = x[i] > 0 ? dy[i] : dy[i] · slope, where x is the argument of `leakyRelu`.
  public func leakyReluGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    argument x: UnsafePointer<Float>,
    slope: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.leakyReluGradient(dx, dy, x, slope, count)
    case .v3: unsafe KernelsV3.leakyReluGradient(dx, dy, x, slope, count)
    case .v4: unsafe KernelsV4.leakyReluGradient(dx, dy, x, slope, count)
    }
  }

  /// dx[i] = dy[i] · fma(−y[i], y[i], 1), where y = tanh(x).
  public func tanhGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    result y: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.tanhGradient(dx, dy, y, count)
    case .v3: unsafe KernelsV3.tanhGradient(dx, dy, y, count)
    case .v4: unsafe KernelsV4.tanhGradient(dx, dy, y, count)
    }
  }

  /// dx[i] = dy[i] · (y[i] · (1 − y[i])), where y = sigmoid(x).
  public func sigmoidGradient(
    _ dx: UnsafeMutablePointer<Float>,
    _ dy: UnsafePointer<Float>,
    result y: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.sigmoidGradient(dx, dy, y, count)
    case .v3: unsafe KernelsV3.sigmoidGradient(dx, dy, y, count)
    case .v4: unsafe KernelsV4.sigmoidGradient(dx, dy, y, count)
    }
  }
}
