internal import KernelInterface

/// dx[i] = (x[i] − target[i]) · scale; returns the sum of (x[i] − target[i])² by rule 3, each stripe a chain of fma(d, d, acc).
@inline(never)
func rawSquaredError(
  _ dx: MutableFloatPointer, _ x: FloatPointer, _ target: FloatPointer,
  _ scale: Float, _ count: Int
) -> Float {
  // SAFETY: the caller owns `count` elements behind every pointer; dx may be x.
  for i in 0..<count { unsafe dx[i] = x[i] - target[i] }
  let total = unsafe rawSumOfSquares(dx, count)
  for i in 0..<count { unsafe dx[i] = dx[i] * scale }
  return total
}
