internal import KernelInterface

/// Elements of one block of a long sum.
@inline(always) var blockCount: Int { 4096 }

/// The tree 16 → 8 → 4 → 2 → 1 over the stripes.
@inline(always)
func tree(_ v: SIMD16<Float>) -> Float {
  let eight = v.lowHalf + v.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// The sum of at most 4096 elements: 16 stripes, then the tree.
///
/// The empty sum is +0.
@inline(always)
func blockSum(_ x: FloatPointer, _ count: Int) -> Float {
  guard count > 0 else { return 0 }
  var stripes = SIMD16<Float>(repeating: -0.0)
  var i = 0
  while i + 16 <= count {
    // SAFETY: the caller owns x[0 ..< count].
    unsafe stripes += load16(x, i)
    i += 16
  }
  if i < count { unsafe stripes += loadTail16(x, i, count - i, -0.0) }
  return tree(stripes)
}

/// The sum of squares of at most 4096 elements, each stripe a chain of fma(x, x, acc).
@inline(always)
func blockSumOfSquares(_ x: FloatPointer, _ count: Int) -> Float {
  var stripes = SIMD16<Float>(repeating: 0)
  var i = 0
  while i + 16 <= count {
    // SAFETY: the caller owns x[0 ..< count].
    let v = unsafe load16(x, i)
    stripes = stripes.addingProduct(v, v)
    i += 16
  }
  if i < count {
    let v = unsafe loadTail16(x, i, count - i, 0)
    stripes = stripes.addingProduct(v, v)
  }
  return tree(stripes)
}

/// Writes the sums of the blocks of 4096 elements of `x[0 ..< count]` to `partials`, ⌈count / 4096⌉ of them.
@inline(never)
func rawBlockSums(
  _ partials: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  var block = 0
  while block * blockCount < count {
    // SAFETY: the caller owns x[0 ..< count] and ⌈count / 4096⌉ partials.
    unsafe partials[block] = blockSum(
      x + block * blockCount, min(blockCount, count - block * blockCount))
    block += 1
  }
}

/// Writes the sums of squares of the blocks of 4096 elements of `x[0 ..< count]` to `partials`.
@inline(never)
func rawBlockSumsOfSquares(
  _ partials: MutableFloatPointer, _ x: FloatPointer, _ count: Int
) {
  var block = 0
  while block * blockCount < count {
    // SAFETY: the caller owns x[0 ..< count] and ⌈count / 4096⌉ partials.
    unsafe partials[block] = blockSumOfSquares(
      x + block * blockCount, min(blockCount, count - block * blockCount))
    block += 1
  }
}

/// The pairwise combination of `count` block sums, by recursion on the largest power of two below `count`.
///
/// This is the same tree as level by level with an odd one carried up.
func pairwiseBlocks(
  _ x: FloatPointer, _ count: Int, _ blocks: Int, _ squares: Bool
) -> Float {
  if blocks <= 1 {
    // SAFETY: the caller owns x[0 ..< count].
    return unsafe squares ? blockSumOfSquares(x, count) : blockSum(x, count)
  }
  var left = 1
  while left * 2 < blocks { left *= 2 }
  let split = left * blockCount
  let low = unsafe pairwiseBlocks(x, split, left, squares)
  return unsafe low + pairwiseBlocks(x + split, count - split, blocks - left, squares)
}

/// The sum of `count` elements by rule 3: stripes within blocks of 4096, blocks pairwise.
@inline(never)
func rawSum(_ x: FloatPointer, _ count: Int) -> Float {
  // SAFETY: the caller owns x[0 ..< count].
  unsafe pairwiseBlocks(x, count, (count + blockCount - 1) / blockCount, false)
}

/// The sum of squares of `count` elements by rule 3.
@inline(never)
func rawSumOfSquares(_ x: FloatPointer, _ count: Int) -> Float {
  // SAFETY: the caller owns x[0 ..< count].
  unsafe pairwiseBlocks(x, count, (count + blockCount - 1) / blockCount, true)
}

/// Combines `count` buffers of `elements` floats, `stride` apart, pairwise into the first one.
///
/// Level by level: buffer i takes buffer i + 1, then i + 2, i + 4, …; an odd one is carried up. All but the first are
/// left with partial results.
@inline(never)
func rawCombinePairwise(
  _ buffers: MutableFloatPointer, _ stride: Int, _ count: Int, _ elements: Int
) {
  var step = 1
  while step < count {
    var i = 0
    while i + step < count {
      // SAFETY: the caller owns `count` buffers of `elements` floats, `stride` apart.
      let to = unsafe buffers + i * stride
      let from = unsafe buffers + (i + step) * stride
      for j in 0..<elements { unsafe to[j] = to[j] + from[j] }
      i += 2 * step
    }
    step *= 2
  }
}

/// sums[j] = the chain start + x[0, j] + x[1, j] + …, rows ascending; from +0, or from what `sums` holds.
@inline(never)
func rawColumnSums(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int, _ accumulate: Bool
) {
  // SAFETY: here and below, the caller owns `columns` sums and rows × columns elements of x, rows `rowStride` apart.
  if !accumulate { for j in 0..<columns { unsafe sums[j] = 0 } }
  // Chains of several vectors side by side hide each other's latency.
  var j = 0
  while j + 64 <= columns {
    unsafe fourVectorsOfColumnSums(sums + j, x + j, rowStride, rows)
    j += 64
  }
  while j + 32 <= columns {
    var first = unsafe load16(sums, j)
    var second = unsafe load16(sums, j + 16)
    var from = unsafe x + j
    for _ in 0..<rows {
      unsafe first += load16(from, 0)
      unsafe second += load16(from, 16)
      unsafe from += rowStride
    }
    unsafe store16(sums, j, first)
    unsafe store16(sums, j + 16, second)
    j += 32
  }
  while j + 16 <= columns {
    var sum = unsafe load16(sums, j)
    var from = unsafe x + j
    for _ in 0..<rows {
      unsafe sum += load16(from, 0)
      unsafe from += rowStride
    }
    unsafe store16(sums, j, sum)
    j += 16
  }
  if columns - j >= 4 {
    unsafe fewColumnSums(sums + j, x + j, rowStride, rows, columns - j)
  } else {
    while j < columns {
      var sum = unsafe sums[j]
      for row in 0..<rows { unsafe sum += x[row &* rowStride &+ j] }
      unsafe sums[j] = sum
      j += 1
    }
  }
}

/// The sums of 64 columns, added to what `sums` holds.
@inline(always)
private func fourVectorsOfColumnSums(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int, _ rows: Int
) {
  // SAFETY: as in `columnSums`, for 64 columns.
  var sum0 = unsafe load16(sums, 0)
  var sum1 = unsafe load16(sums, 16)
  var sum2 = unsafe load16(sums, 32)
  var sum3 = unsafe load16(sums, 48)
  var from = unsafe x
  for _ in 0..<rows {
    unsafe sum0 += load16(from, 0)
    unsafe sum1 += load16(from, 16)
    unsafe sum2 += load16(from, 32)
    unsafe sum3 += load16(from, 48)
    unsafe from += rowStride
  }
  unsafe store16(sums, 0, sum0)
  unsafe store16(sums, 16, sum1)
  unsafe store16(sums, 32, sum2)
  unsafe store16(sums, 48, sum3)
}

/// The sums of 4 to 15 columns: in vectors of four that overlap, so that nothing beyond a row is read.
private func fewColumnSums(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int, _ rows: Int,
  _ columns: Int
) {
  let last = columns - 4
  let second = min(4, last)
  let third = min(8, last)
  // SAFETY: as in `columnSums`. Where vectors overlap they hold the same chains.
  var sum0 = unsafe four(sums, 0)
  var sum1 = unsafe four(sums, second)
  var sum2 = unsafe four(sums, third)
  var sum3 = unsafe four(sums, last)
  var from = unsafe x
  for _ in 0..<rows {
    unsafe sum0 += four(from, 0)
    unsafe sum1 += four(from, second)
    unsafe sum2 += four(from, third)
    unsafe sum3 += four(from, last)
    unsafe from += rowStride
  }
  for lane in 0..<4 {
    unsafe sums[lane] = sum0[lane]
    unsafe sums[second + lane] = sum1[lane]
    unsafe sums[third + lane] = sum2[lane]
    unsafe sums[last + lane] = sum3[lane]
  }
}

/// The four floats that begin at `x[index]`.
@inline(always)
private func four(_ x: FloatPointer, _ index: Int) -> SIMD4<Float> {
  // SAFETY: the caller owns x[index ..< index + 4].
  unsafe readable(x, index, 4).loadUnaligned(as: SIMD4<Float>.self)
}

/// sums[row] = the sum by rule 3 of each row.
@inline(never)
func rawRowSums(
  _ sums: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` sums and rows × columns elements of x, rows `rowStride` apart.
    unsafe sums[row] = rawSum(x + row * rowStride, columns)
  }
}
