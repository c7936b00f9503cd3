internal import KernelInterface

/// The cross-entropy of rawSoftmax(x[row]) against a class index, and its gradient, row by row.
///
/// With m, s of `softmax`, l = log(s), z = x − m: without smoothing (spread = 0) losses[row] = l − z[t]; else
/// fma(spread, Σ (l − z[j]) by rule 3, keep · (l − z[t])). The gradient is (exp(z[j]) / s − q[j]) · scale with
/// q[t] = keep + spread, else spread. `dx` may be `x`.
@inline(never)
func rawSoftmaxCrossEntropy(
  _ losses: MutableFloatPointer, _ dx: MutableFloatPointer,
  _ x: FloatPointer, _ rowStride: Int, _ targets: UnsafePointer<UInt32>,
  _ rows: Int, _ columns: Int, _ keep: Float, _ spread: Float, _ scale: Float
) {
  // SAFETY: here and below, the caller owns `rows` losses and targets (< columns) and rows × columns elements of x and dx.
  if spread != 0 {
    return unsafe smoothCrossEntropy(
      losses, dx, x, rowStride, targets, rows, columns, keep, spread, scale)
  }
  // 64 rows at a time: one call for all exponentials that are contiguous, one for all logarithms.
  var totals = InlineArray<64, Float>(repeating: 0)
  var span = totals.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { memory in
    guard let total = unsafe pointer(memory) else { return }
    var first = 0
    while first < rows {
      let count = min(64, rows - first)
      for row in first..<first + count {
        let from = unsafe x + row * rowStride
        let to = unsafe dx + row * rowStride
        let top = unsafe rawMaximum(from, columns)
        for j in 0..<columns { unsafe to[j] = from[j] - top }
        unsafe losses[row] = to[Int(targets[row])]
        if rowStride != columns { unsafe rawExponential(to, to, columns) }
      }
      if rowStride == columns {
        unsafe rawExponential(dx + first * columns, dx + first * columns, count * columns)
      }
      for i in 0..<count {
        let to = unsafe dx + (first + i) * rowStride
        let target = unsafe Int(targets[first + i])
        let all = unsafe rawSum(to, columns)
        unsafe total[i] = all
        let atTarget = unsafe (to[target] / all - keep) * scale
        for j in 0..<columns { unsafe to[j] = to[j] / all * scale }
        unsafe to[target] = atTarget
      }
      unsafe rawLogarithm(total, total, count)
      for i in 0..<count { unsafe losses[first + i] = total[i] - losses[first + i] }
      first += count
    }
  }
}

/// The cross-entropy with label smoothing, whose loss needs the differences again after their sum.
private func smoothCrossEntropy(
  _ losses: MutableFloatPointer, _ dx: MutableFloatPointer,
  _ x: FloatPointer, _ rowStride: Int, _ targets: UnsafePointer<UInt32>,
  _ rows: Int, _ columns: Int, _ keep: Float, _ spread: Float, _ scale: Float
) {
  for row in 0..<rows {
    // SAFETY: as in `softmaxCrossEntropy`.
    let from = unsafe x + row * rowStride
    let to = unsafe dx + row * rowStride
    let target = unsafe Int(targets[row])
    let top = unsafe rawMaximum(from, columns)
    for j in 0..<columns { unsafe to[j] = from[j] - top }
    let total = unsafe sumOfExponentials(to, 0, columns)
    let logTotal = logarithmOf(total)
    let loss = unsafe logTotal - to[target]
    let all = unsafe sumOfDifferences(logTotal, to, columns)
    unsafe losses[row] = (keep * loss).addingProduct(spread, all)
    unsafe rawExponential(to, to, columns)
    let atPeak = keep + spread
    for j in 0..<columns {
      let q = j == target ? atPeak : spread
      unsafe to[j] = (to[j] / total - q) * scale
    }
  }
}

/// The sum by rule 3 of l − z[j].
private func sumOfDifferences(_ l: Float, _ z: FloatPointer, _ count: Int) -> Float {
  unsafe sumOfDifferenceBlocks(l, z, count, (count + blockCount - 1) / blockCount)
}

private func sumOfDifferenceBlocks(
  _ l: Float, _ z: FloatPointer, _ count: Int, _ blocks: Int
) -> Float {
  if blocks <= 1 {
    guard count > 0 else { return 0 }
    var stripes = SIMD16<Float>(repeating: -0.0)
    var i = 0
    while i < count {
      let width = min(16, count - i)
      // SAFETY: the caller owns z[0 ..< count].
      var lanes = unsafe width == 16 ? load16(z, i) : loadTail16(z, i, width, 0)
      lanes = SIMD16(repeating: l) - lanes
      if width < 16 { for lane in width..<16 { lanes[lane] = -0.0 } }
      stripes += lanes
      i += 16
    }
    return tree(stripes)
  }
  var left = 1
  while left * 2 < blocks { left *= 2 }
  let split = left * blockCount
  let low = unsafe sumOfDifferenceBlocks(l, z, split, left)
  return unsafe low + sumOfDifferenceBlocks(l, z + split, count - split, blocks - left)
}
