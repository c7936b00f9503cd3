/// The cross-entropy of softmax(x[row]) against a class index, and its gradient, row by row.
///
/// With m, s of `softmax`, l = log(s), z = x − m: without smoothing (spread = 0) losses[row] = l − z[t]; else
/// fma(spread, Σ (l − z[j]) by rule 3, keep · (l − z[t])). The gradient is (exp(z[j]) / s − q[j]) · scale with
/// q[t] = keep + spread, else spread. `dx` may be `x`.
@inline(never)
public func softmaxCrossEntropy(
  _ losses: UnsafeMutablePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ x: UnsafePointer<Float>, _ rowStride: Int, _ targets: UnsafePointer<UInt32>,
  _ rows: Int, _ columns: Int, _ keep: Float, _ spread: Float, _ scale: Float
) {
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` losses and targets (< columns) and rows × columns elements of x and dx.
    let from = unsafe x + row * rowStride
    let to = unsafe dx + row * rowStride
    let target = unsafe Int(targets[row])
    let top = unsafe maximum(from, columns)
    for j in 0..<columns { unsafe to[j] = from[j] - top }
    let atTarget = unsafe to[target]
    let total = unsafe sumOfExponentials(to, 0, columns)
    let logTotal = logarithmOf(total)
    var loss = logTotal - atTarget
    if spread != 0 {
      let all = unsafe sumOfDifferences(logTotal, to, columns)
      loss = (keep * loss).addingProduct(spread, all)
    }
    unsafe losses[row] = loss
    unsafe exponential(to, to, columns)
    let atPeak = keep + spread
    for j in 0..<columns {
      let q = j == target ? atPeak : spread
      unsafe to[j] = (to[j] / total - q) * scale
    }
  }
}

/// The sum by rule 3 of l − z[j].
private func sumOfDifferences(_ l: Float, _ z: UnsafePointer<Float>, _ count: Int) -> Float {
  unsafe sumOfDifferenceBlocks(l, z, count, (count + blockCount - 1) / blockCount)
}

private func sumOfDifferenceBlocks(
  _ l: Float, _ z: UnsafePointer<Float>, _ count: Int, _ blocks: Int
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
