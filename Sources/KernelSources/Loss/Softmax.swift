internal import KernelInterface

/// y[row] = rawSoftmax(x[row]): the maximum m, x − m, exp, the sum s of rule 3, divide.
///
/// In place is allowed.
@inline(never)
func rawSoftmax(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int
) {
  guard columns > 0 else { return }
  for row in 0..<rows {
    // SAFETY: the caller owns rows × columns elements of x and of y, rows `rowStride` apart.
    let from = unsafe x + row * rowStride
    let to = unsafe y + row * rowStride
    let top = unsafe rawMaximum(from, columns)
    for j in 0..<columns { unsafe to[j] = from[j] - top }
    unsafe rawExponential(to, to, columns)
    let total = unsafe rawSum(to, columns)
    for j in 0..<columns { unsafe to[j] = to[j] / total }
  }
}

/// y[row] = (x[row] − m) − log(s), with m and s as in `softmax`.
///
/// In place is allowed.
@inline(never)
func rawLogSoftmax(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int
) {
  guard columns > 0 else { return }
  for row in 0..<rows {
    // SAFETY: the caller owns rows × columns elements of x and of y, rows `rowStride` apart.
    let from = unsafe x + row * rowStride
    let to = unsafe y + row * rowStride
    let top = unsafe rawMaximum(from, columns)
    let total = unsafe logarithmOf(sumOfExponentials(from, top, columns))
    for j in 0..<columns { unsafe to[j] = (from[j] - top) - total }
  }
}

/// dx[row, j] = (dy[j] − Σ dy·y) · y[j]; the inner sum is rule 3 over the products dy[j] · y[j].
@inline(never)
func rawSoftmaxGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ y: FloatPointer,
  _ rowStride: Int, _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    // SAFETY: the caller owns rows × columns elements of dx, dy and y, rows `rowStride` apart; dx may be dy.
    let gradient = unsafe dy + row * rowStride
    let value = unsafe y + row * rowStride
    let to = unsafe dx + row * rowStride
    let inner = unsafe sumOfProducts(gradient, value, columns)
    for j in 0..<columns { unsafe to[j] = (gradient[j] - inner) * value[j] }
  }
}

/// The logarithm of one float.
func logarithmOf(_ x: Float) -> Float {
  narrowed(logarithmLanes(widened(SIMD8(repeating: x))))[0]
}

/// The sum by rule 3 of exp(x − top), in blocks on the stack.
func sumOfExponentials(_ x: FloatPointer, _ top: Float, _ count: Int) -> Float {
  unsafe sumOfExponentialBlocks(x, top, count, (count + blockCount - 1) / blockCount)
}

private func sumOfExponentialBlocks(
  _ x: FloatPointer, _ top: Float, _ count: Int, _ blocks: Int
) -> Float {
  if blocks <= 1 { return unsafe blockSumOfExponentials(x, top, count) }
  var left = 1
  while left * 2 < blocks { left *= 2 }
  let split = left * blockCount
  let low = unsafe sumOfExponentialBlocks(x, top, split, left)
  return unsafe low + sumOfExponentialBlocks(x + split, top, count - split, blocks - left)
}

/// At most 4096 elements, exponentials in pieces of 256 on the stack.
private func blockSumOfExponentials(_ x: FloatPointer, _ top: Float, _ count: Int) -> Float {
  guard count > 0 else { return 0 }
  var stripes = SIMD16<Float>(repeating: -0.0)
  var values = InlineArray<256, Float>(repeating: 0)
  var first = 0
  while first < count {
    let width = min(256, count - first)
    var span = values.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { memory in
      guard let piece = unsafe pointer(memory) else { return }
      // SAFETY: the caller owns x[0 ..< count]; the piece has 256 floats, and width is at most that.
      for i in 0..<width { unsafe piece[i] = x[first + i] - top }
      unsafe rawExponential(piece, piece, width)
      var i = 0
      while i + 16 <= width {
        unsafe stripes += load16(piece, i)
        i += 16
      }
      if i < width { unsafe stripes += loadTail16(piece, i, width - i, -0.0) }
    }
    first += width
  }
  return tree(stripes)
}

/// The sum by rule 3 of the rounded products a[i] · b[i].
func sumOfProducts(_ a: FloatPointer, _ b: FloatPointer, _ count: Int) -> Float {
  unsafe sumOfProductBlocks(a, b, count, (count + blockCount - 1) / blockCount)
}

private func sumOfProductBlocks(
  _ a: FloatPointer, _ b: FloatPointer, _ count: Int, _ blocks: Int
) -> Float {
  if blocks <= 1 {
    guard count > 0 else { return 0 }
    var stripes = SIMD16<Float>(repeating: -0.0)
    var i = 0
    while i + 16 <= count {
      // SAFETY: the caller owns a[0 ..< count] and b[0 ..< count].
      unsafe stripes += load16(a, i) * load16(b, i)
      i += 16
    }
    if i < count {
      // Missing lanes add −0 · 1 = −0.
      unsafe stripes += loadTail16(a, i, count - i, -0.0) * loadTail16(b, i, count - i, 1)
    }
    return tree(stripes)
  }
  var left = 1
  while left * 2 < blocks { left *= 2 }
  let split = left * blockCount
  let low = unsafe sumOfProductBlocks(a, b, split, left)
  return unsafe low + sumOfProductBlocks(a + split, b + split, count - split, blocks - left)
}
