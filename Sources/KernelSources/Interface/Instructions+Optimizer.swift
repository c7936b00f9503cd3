package import KernelInterface

// SAFETY: the slices hold what the protocol asks for; debug builds check each access.
extension Instructions: OptimizerKernels {
  package func adam(
    _ p: FloatSlice, gradient g: FloatSlice, firstMoment m: FloatSlice, secondMoment v: FloatSlice,
    keep: Float, decay: Float, oneMinusBeta1: Float, beta2: Float, oneMinusBeta2: Float,
    inverseRootCorrection2: Float, epsilon: Float, stepSize: Float
  ) {
    unsafe rawAdam(
      pointer(p), pointer(g), pointer(m), pointer(v), elements(p, g, m, v), keep, decay,
      oneMinusBeta1, beta2, oneMinusBeta2, inverseRootCorrection2, epsilon, stepSize)
  }

  package func gradientDescent(
    _ p: FloatSlice, gradient g: FloatSlice, decay: Float, learningRate: Float
  ) {
    unsafe rawGradientDescent(pointer(p), pointer(g), elements(p, g), decay, learningRate)
  }

  package func momentum(
    _ p: FloatSlice, gradient g: FloatSlice, velocity b: FloatSlice, decay: Float, momentum: Float,
    gradientScale: Float, nesterov: Bool, learningRate: Float
  ) {
    unsafe rawMomentum(
      pointer(p), pointer(g), pointer(b), elements(p, g, b), decay, momentum, gradientScale,
      nesterov, learningRate)
  }
}
