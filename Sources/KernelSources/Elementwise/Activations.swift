internal import KernelInterface

/// y[i] = x[i] < 0 ? +0 : x[i]; NaN and −0 stay.
@inline(never)
func rawRelu(_ y: MutableFloatPointer, _ x: FloatPointer, _ count: Int) {
  // SAFETY: here and below, the caller owns `count` elements behind every pointer.
  // Whole vectors by hand: in place, the compiler's own check for overlap would choose single steps.
  var i = 0
  while i + 16 <= count {
    let value = unsafe load16(x, i)
    unsafe store16(y, i, value.replacing(with: 0, where: value .< 0))
    i += 16
  }
  for i in i..<count { unsafe y[i] = x[i] < 0 ? 0 : x[i] }
}

/// dx[i] = y[i] ≤ 0 ? +0 : dy[i], with the forward result (or argument) y.
@inline(never)
func rawReluGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ y: FloatPointer,
  _ count: Int
) {
  var i = 0
  while i + 16 <= count {
    unsafe store16(dx, i, load16(dy, i).replacing(with: 0, where: load16(y, i) .<= 0))
    i += 16
  }
  for i in i..<count {
    let value = unsafe dy[i]
    unsafe dx[i] = y[i] <= 0 ? 0 : value
  }
}

/// y[i] = x[i] > 0 ? x[i] : x[i] · slope.
@inline(never)
func rawLeakyRelu(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ slope: Float, _ count: Int
) {
  for i in 0..<count {
    let value = unsafe x[i]
    let scaled = value * slope
    unsafe y[i] = value > 0 ? value : scaled
  }
}

/// dx[i] = x[i] > 0 ? dy[i] : dy[i] · slope, with the forward argument x.
@inline(never)
func rawLeakyReluGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ x: FloatPointer,
  _ slope: Float, _ count: Int
) {
  for i in 0..<count {
    let value = unsafe dy[i]
    let scaled = value * slope
    unsafe dx[i] = x[i] > 0 ? value : scaled
  }
}

/// dx[i] = dy[i] · fma(−y[i], y[i], 1), with the forward result y = tanh(x).
@inline(never)
func rawTanhGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ y: FloatPointer,
  _ count: Int
) {
  for i in 0..<count { unsafe dx[i] = dy[i] * Float(1).addingProduct(-y[i], y[i]) }
}

/// dx[i] = dy[i] · (y[i] · (1 − y[i])), with the forward result y = rawSigmoid(x).
@inline(never)
func rawSigmoidGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ y: FloatPointer,
  _ count: Int
) {
  for i in 0..<count { unsafe dx[i] = dy[i] * (y[i] * (1 - y[i])) }
}
