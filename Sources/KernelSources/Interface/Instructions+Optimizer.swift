package import KernelInterface

extension Instructions: OptimizerKernels {
  package func adam(
    _ p: FloatSlice, gradient g: FloatSlice, firstMoment m: FloatSlice, secondMoment v: FloatSlice,
    keep: Float, decay: Float, oneMinusBeta1: Float, beta2: Float, oneMinusBeta2: Float,
    inverseRootCorrection2: Float, epsilon: Float, stepSize: Float
  ) {
    let count = p.count
    precondition(
      g.count >= count && m.count >= count && v.count >= count,
      "adam needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawAdam(
      pointer(p), pointer(g), pointer(m), pointer(v), count, keep, decay, oneMinusBeta1, beta2,
      oneMinusBeta2,
      inverseRootCorrection2, epsilon, stepSize)
  }

  package func gradientDescent(
    _ p: FloatSlice, gradient g: FloatSlice, decay: Float, learningRate: Float
  ) {
    let count = p.count
    precondition(
      g.count >= count, "gradientDescent needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawGradientDescent(pointer(p), pointer(g), count, decay, learningRate)
  }

  package func momentum(
    _ p: FloatSlice, gradient g: FloatSlice, velocity b: FloatSlice, decay: Float, momentum: Float,
    gradientScale: Float, nesterov: Bool, learningRate: Float
  ) {
    let count = p.count
    precondition(
      g.count >= count && b.count >= count,
      "momentum needs as many elements of each argument as of its result")
    // SAFETY: the slices hold what the protocol asks for.
    unsafe rawMomentum(
      pointer(p), pointer(g), pointer(b), count, decay, momentum, gradientScale, nesterov,
      learningRate)
  }
}
