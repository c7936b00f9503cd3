internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Optimizer steps as one pass over a flat arena; an arena may be cut anywhere among threads.
extension KernelSet {
  /// One step of Adam or AdamW.
  ///
  /// Roundings in order: p₁ = p · keep (AdamW: 1 − η·decay; 1 otherwise); g₁ = fma(decay, p, g) (Adam's L2; skipped if 0);
  /// m = fma(1−β₁, g₁ − m, m); v = fma(β₂, v, (1−β₂) · (g₁ · g₁)); d = fma(√v, 1/√(1−β₂ᵗ), ε); p = fma(−stepSize, m / d, p₁)
  /// with stepSize = η / (1−β₁ᵗ). A first moment below 2⁻¹⁰⁰ becomes +0 (written, no
  /// flush-to-zero: it keeps dead units from subnormals). The constants are computed in Double and rounded once by the caller.
  public func adam(
    _ p: UnsafeMutablePointer<Float>,
    gradient g: UnsafePointer<Float>,
    firstMoment m: UnsafeMutablePointer<Float>,
    secondMoment v: UnsafeMutablePointer<Float>,
    count: Int,
    keep: Float = 1,
    decay: Float = 0,
    oneMinusBeta1: Float,
    beta2: Float,
    oneMinusBeta2: Float,
    inverseRootCorrection2: Float,
    epsilon: Float,
    stepSize: Float
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.adam(
        p, g, m, v, count, keep, decay, oneMinusBeta1, beta2, oneMinusBeta2,
        inverseRootCorrection2, epsilon, stepSize)
    case .v3:
      unsafe KernelsV3.adam(
        p, g, m, v, count, keep, decay, oneMinusBeta1, beta2, oneMinusBeta2,
        inverseRootCorrection2, epsilon, stepSize)
    case .v4:
      unsafe KernelsV4.adam(
        p, g, m, v, count, keep, decay, oneMinusBeta1, beta2, oneMinusBeta2,
        inverseRootCorrection2, epsilon, stepSize)
    }
  }

  /// One step without momentum: g₁ = fma(decay, p, g) (skipped if 0); p = fma(−η, g₁, p).
  public func gradientDescent(
    _ p: UnsafeMutablePointer<Float>,
    gradient g: UnsafePointer<Float>,
    count: Int,
    decay: Float = 0,
    learningRate: Float
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2: unsafe KernelsV2.gradientDescent(p, g, count, decay, learningRate)
    case .v3: unsafe KernelsV3.gradientDescent(p, g, count, decay, learningRate)
    case .v4: unsafe KernelsV4.gradientDescent(p, g, count, decay, learningRate)
    }
  }

  /// One step with momentum μ and velocity b.
  ///
  /// g₁ = fma(decay, p, g) (skipped if 0); b = fma(μ, b, gradientScale · g₁), where gradientScale is 1 − dampening (1 in the
  /// first step); p = fma(−η, nesterov ? fma(μ, b, g₁) : b, p). A velocity below 2⁻¹⁰⁰ becomes +0.
  public func momentum(
    _ p: UnsafeMutablePointer<Float>,
    gradient g: UnsafePointer<Float>,
    velocity b: UnsafeMutablePointer<Float>,
    count: Int,
    decay: Float = 0,
    momentum: Float,
    gradientScale: Float = 1,
    nesterov: Bool = false,
    learningRate: Float
  ) {
    // SAFETY: the caller owns the memory that the documentation names, for the duration of the call.
    switch instructionSet {
    case .v2:
      unsafe KernelsV2.momentum(
        p, g, b, count, decay, momentum, gradientScale, nesterov, learningRate)
    case .v3:
      unsafe KernelsV3.momentum(
        p, g, b, count, decay, momentum, gradientScale, nesterov, learningRate)
    case .v4:
      unsafe KernelsV4.momentum(
        p, g, b, count, decay, momentum, gradientScale, nesterov, learningRate)
    }
  }
}
