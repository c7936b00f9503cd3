internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Elementwise maps over `count` contiguous floats.
///
/// Every pointer owns `count` elements; the result may be one of the arguments; no alignment is needed.
extension KernelSet {
  /// y[i] = value.
  public func fill(
    _ y: UnsafeMutablePointer<Float>,
    with value: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.fill(y, value, count)
    case .v3: unsafe KernelsV3.fill(y, value, count)
    case .v4: unsafe KernelsV4.fill(y, value, count)
    }
  }

  /// y[i] = x[i].
  public func copy(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.copy(y, x, count)
    case .v3: unsafe KernelsV3.copy(y, x, count)
    case .v4: unsafe KernelsV4.copy(y, x, count)
    }
  }

  /// y[i] = a[i] + b[i].
  public func add(
    _ y: UnsafeMutablePointer<Float>,
    _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.add(y, a, b, count)
    case .v3: unsafe KernelsV3.add(y, a, b, count)
    case .v4: unsafe KernelsV4.add(y, a, b, count)
    }
  }

  /// y[i] = s < 0 ? +0 : s, with s = a[i] + b[i].
  public func addRelu(
    _ y: UnsafeMutablePointer<Float>,
    _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.addRelu(y, a, b, count)
    case .v3: unsafe KernelsV3.addRelu(y, a, b, count)
    case .v4: unsafe KernelsV4.addRelu(y, a, b, count)
    }
  }

  /// y[i] = a[i] − b[i].
  public func subtract(
    _ y: UnsafeMutablePointer<Float>,
    _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.subtract(y, a, b, count)
    case .v3: unsafe KernelsV3.subtract(y, a, b, count)
    case .v4: unsafe KernelsV4.subtract(y, a, b, count)
    }
  }

  /// y[i] = a[i] · b[i], rounded once.
  public func multiply(
    _ y: UnsafeMutablePointer<Float>,
    _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.multiplyElements(y, a, b, count)
    case .v3: unsafe KernelsV3.multiplyElements(y, a, b, count)
    case .v4: unsafe KernelsV4.multiplyElements(y, a, b, count)
    }
  }

  /// y[i] = a[i] / b[i].
  public func divide(
    _ y: UnsafeMutablePointer<Float>,
    _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.divide(y, a, b, count)
    case .v3: unsafe KernelsV3.divide(y, a, b, count)
    case .v4: unsafe KernelsV4.divide(y, a, b, count)
    }
  }

  /// y[i] = x[i] · factor.
  public func scale(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    by factor: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.scale(y, x, factor, count)
    case .v3: unsafe KernelsV3.scale(y, x, factor, count)
    case .v4: unsafe KernelsV4.scale(y, x, factor, count)
    }
  }

  /// y[i] = x[i] + value.
  public func addScalar(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    value: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.addScalar(y, x, value, count)
    case .v3: unsafe KernelsV3.addScalar(y, x, value, count)
    case .v4: unsafe KernelsV4.addScalar(y, x, value, count)
    }
  }

  /// y[i] = fma(factor, x[i], y[i]).
  public func addScaled(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    by factor: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.addScaled(y, x, factor, count)
    case .v3: unsafe KernelsV3.addScaled(y, x, factor, count)
    case .v4: unsafe KernelsV4.addScaled(y, x, factor, count)
    }
  }

  /// y[i] = fma(weight, x[i] − y[i], y[i]): the moving average.
  public func blend(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    weight: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.blend(y, x, weight, count)
    case .v3: unsafe KernelsV3.blend(y, x, weight, count)
    case .v4: unsafe KernelsV4.blend(y, x, weight, count)
    }
  }

  /// y[i] = √x[i], correctly rounded.
  public func squareRoot(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.squareRoot(y, x, count)
    case .v3: unsafe KernelsV3.squareRoot(y, x, count)
    case .v4: unsafe KernelsV4.squareRoot(y, x, count)
    }
  }

  /// y[i] = x[i] held within ±bound; NaN stays.
  public func clamp(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    bound: Float,
    count: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.clamp(y, x, bound, count)
    case .v3: unsafe KernelsV3.clamp(y, x, bound, count)
    case .v4: unsafe KernelsV4.clamp(y, x, bound, count)
    }
  }

  /// y[row, i] = x[row, i] + bias[i]; rows begin `rowStride` apart.
  public func addRowVector(
    _ y: UnsafeMutablePointer<Float>,
    _ x: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>,
    rows: Int,
    columns: Int,
    rowStride: Int
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.addRowVector(y, x, bias, rows, columns, rowStride)
    case .v3: unsafe KernelsV3.addRowVector(y, x, bias, rows, columns, rowStride)
    case .v4: unsafe KernelsV4.addRowVector(y, x, bias, rows, columns, rowStride)
    }
  }
}
