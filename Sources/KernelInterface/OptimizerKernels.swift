/// Optimizer steps as one pass over a flat arena; an arena may be cut anywhere among threads.
package protocol OptimizerKernels {
  /// One step of Adam or AdamW.
  ///
  /// Roundings in order: p₁ = p · keep (AdamW: 1 − η·decay; 1 otherwise); g₁ = fma(decay, p, g) (Adam's L2; skipped if 0);
  /// m = fma(1−β₁, g₁ − m, m); v = fma(β₂, v, (1−β₂) · (g₁ · g₁)); d = fma(√v, 1/√(1−β₂ᵗ), ε); p = fma(−stepSize, m / d, p₁)
  /// with stepSize = η / (1−β₁ᵗ). A first moment below 2⁻¹⁰⁰ becomes +0 (written, no
  /// flush-to-zero: it keeps dead units from subnormals). The constants are computed in Double and rounded once by the caller.
  func adam(
    _ p: FloatSlice, gradient g: FloatSlice, firstMoment m: FloatSlice, secondMoment v: FloatSlice,
    keep: Float, decay: Float, oneMinusBeta1: Float, beta2: Float, oneMinusBeta2: Float,
    inverseRootCorrection2: Float, epsilon: Float, stepSize: Float)

  /// One step without momentum: g₁ = fma(decay, p, g) (skipped if 0); p = fma(−η, g₁, p).
  func gradientDescent(_ p: FloatSlice, gradient g: FloatSlice, decay: Float, learningRate: Float)

  /// One step with momentum μ and velocity b.
  ///
  /// g₁ = fma(decay, p, g) (skipped if 0); b = fma(μ, b, gradientScale · g₁), where gradientScale is 1 − dampening (1 in the
  /// first step); p = fma(−η, nesterov ? fma(μ, b, g₁) : b, p). A velocity below 2⁻¹⁰⁰ becomes +0.
  func momentum(
    _ p: FloatSlice, gradient g: FloatSlice, velocity b: FloatSlice, decay: Float, momentum: Float,
    gradientScale: Float, nesterov: Bool, learningRate: Float)
}
