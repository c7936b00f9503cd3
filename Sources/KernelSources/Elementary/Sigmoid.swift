internal import KernelInterface

/// 1 / (1 + exp(−x)) rounded to odd, ready to be rounded once.
///
/// Near zero the function is ½ + x/4 − x³/48, and for thousands of floats the first two terms lie exactly between two
/// floats. So it is evaluated as 1 / (2 + m) with m = exp(−x) − 1, which keeps the small terms, and the sign of what
/// sum and quotient leave over decides.
@inline(__always)
func sigmoidLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // Beyond these bounds the rounded result is 0 or 1 already.
  let m = exponentialMinusOne(-atMost(atLeast(x, -105), 90))
  let two = SIMD8<Double>(repeating: 2)
  let sum = two + m
  let lost = m - (sum - two)
  let quotient = SIMD8<Double>(repeating: 1) / sum
  let remainder = SIMD8<Double>(repeating: 1).addingProduct(-quotient, sum)
  return roundedToOdd(quotient, remainder.addingProduct(-quotient, lost))
}

/// y = 1 / (1 + exp(−x)), correctly rounded.
@inline(never)
func rawSigmoid(_ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int) {
  unsafe mapLanes(y, x, count, sigmoidLanes)
}
