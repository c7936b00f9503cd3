internal import KernelInterface

/// One step of Adam or AdamW over an arena.
///
/// Roundings, in order: p₁ = p · keep (AdamW; keep = 1 changes nothing); g₁ = fma(decay, p, g) (Adam with L2; decay = 0
/// is skipped); m = fma(1−β₁, g₁ − m, m); v = fma(β₂, v, (1−β₂) · (g₁ · g₁));
/// d = fma(√v, 1/√(1−β₂ᵗ), ε); p = fma(−stepSize, m / d, p₁), with stepSize = η / (1−β₁ᵗ). A first moment below 2⁻¹⁰⁰ becomes +0:
/// those of units that died would decay to subnormals and stay there, where each operation costs a hundred times as much.
@inline(never)
func rawAdam(
  _ p: MutableFloatPointer, _ g: FloatPointer,
  _ m: MutableFloatPointer, _ v: MutableFloatPointer, _ count: Int,
  _ keep: Float, _ decay: Float, _ oneMinusBeta1: Float, _ beta2: Float,
  _ oneMinusBeta2: Float, _ inverseRootCorrection2: Float, _ epsilon: Float, _ stepSize: Float
) {
  for i in 0..<count {
    // SAFETY: the caller owns `count` elements behind every pointer, which do not overlap.
    let old = unsafe p[i]
    let g1 = unsafe decay == 0 ? g[i] : g[i].addingProduct(decay, old)
    let decayed = unsafe m[i].addingProduct(oneMinusBeta1, g1 - m[i])
    let m1 = decayed.magnitude < 0x1p-100 ? 0 : decayed
    let v1 = unsafe (oneMinusBeta2 * (g1 * g1)).addingProduct(beta2, v[i])
    let d = epsilon.addingProduct(v1.squareRoot(), inverseRootCorrection2)
    unsafe m[i] = m1
    unsafe v[i] = v1
    unsafe p[i] = (old * keep).addingProduct(-stepSize, m1 / d)
  }
}
