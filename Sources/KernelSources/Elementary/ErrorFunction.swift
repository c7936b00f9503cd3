internal import KernelInterface

/// erf(x), with an error of about one unit in the last place of a double.
///
/// erf |x| = 1 − exp(−t) with t = −log(erfc |x|) = |x|·(2/√π + |x|·Q(|x|)); t is smooth, and the larger it is, the less
/// its error matters.
@inline(__always)
func errorFunctionLanes(_ x: SIMD8<Double>) -> SIMD8<Double> {
  // erf(3.92) rounds to 1 already.
  let size = atMost(magnitude(x), 3.92)
  let tail = multiplyAdd(errorFunctionExponent(size), size, errorFunctionSlopeLow)
  let t = (size * tail).addingProduct(size, SIMD8(repeating: errorFunctionSlope))
  return copySign(magnitude(exponentialMinusOne(-t)), from: x)
}

/// y = erf(x), correctly rounded.
@inline(never)
func rawErrorFunction(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  unsafe mapLanes(y, x, count, errorFunctionLanes)
}
