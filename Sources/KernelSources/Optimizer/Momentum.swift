internal import KernelInterface

/// One step of stochastic gradient descent without momentum.
///
/// g₁ = fma(decay, p, g) (decay = 0 is skipped); p = fma(−η, g₁, p).
@inline(never)
func rawGradientDescent(
  _ p: MutableFloatPointer, _ g: FloatPointer, _ count: Int,
  _ decay: Float, _ learningRate: Float
) {
  for i in 0..<count {
    // SAFETY: the caller owns `count` elements behind every pointer, which do not overlap.
    let old = unsafe p[i]
    let g1 = unsafe decay == 0 ? g[i] : g[i].addingProduct(decay, old)
    unsafe p[i] = old.addingProduct(-learningRate, g1)
  }
}

/// One step of stochastic gradient descent with momentum b, the velocity.
///
/// g₁ = fma(decay, p, g) (decay = 0 is skipped); b = fma(μ, b, scale · g₁), where scale = 1 − dampening (1 in the first
/// step); p = fma(−η, nesterov ? fma(μ, b, g₁) : b, p). A velocity below 2⁻¹⁰⁰ becomes +0, as in `adam`.
@inline(never)
func rawMomentum(
  _ p: MutableFloatPointer, _ g: FloatPointer,
  _ b: MutableFloatPointer, _ count: Int,
  _ decay: Float, _ momentum: Float, _ gradientScale: Float, _ nesterov: Bool,
  _ learningRate: Float
) {
  for i in 0..<count {
    // SAFETY: the caller owns `count` elements behind every pointer, which do not overlap.
    let old = unsafe p[i]
    let g1 = unsafe decay == 0 ? g[i] : g[i].addingProduct(decay, old)
    let decayed = unsafe (gradientScale * g1).addingProduct(momentum, b[i])
    let b1 = decayed.magnitude < 0x1p-100 ? 0 : decayed
    unsafe b[i] = b1
    let direction = nesterov ? g1.addingProduct(momentum, b1) : b1
    unsafe p[i] = old.addingProduct(-learningRate, direction)
  }
}
