internal import KernelInterface

/// The largest of `count` ≥ 1 elements; the first NaN wins over everything, ties go to the lowest index.
@inline(never)
func rawMaximum(_ x: FloatPointer, _ count: Int) -> Float {
  // SAFETY: here and below, the caller owns x[0 ..< count], count ≥ 1.
  if count < 32 { return unsafe x[rawArgmax(x, count)] }
  var top = unsafe load16(x, 0)
  var seen = top
  var i = 16
  while i < count {
    let lanes = unsafe load16(x, min(i, count - 16))
    top = top.replacing(with: lanes, where: lanes .> top)
    // NaN in a lane of `seen` stays: NaN + anything is NaN. Infinities of both signs only send us the slow way.
    seen += lanes
    i += 16
  }
  var value = top[0]
  for lane in 1..<16 where top[lane] > value { value = top[lane] }
  let suspicious = tree(seen)
  // Zeros are equal but not the same, and NaN wins over everything: then the first of them must be found.
  if value == 0 || suspicious != suspicious { return unsafe x[rawArgmax(x, count)] }
  return value
}

/// The index of the largest of `count` ≥ 1 elements; NaN is larger than everything, ties go to the lowest index.
@inline(never)
func rawArgmax(_ x: FloatPointer, _ count: Int) -> Int {
  // SAFETY: the caller owns x[0 ..< count], count ≥ 1.
  var best = 0
  var value = unsafe x[0]
  if value != value { return 0 }
  for i in 1..<max(1, count) {
    let candidate = unsafe x[i]
    if candidate != candidate { return i }
    if candidate > value {
      value = candidate
      best = i
    }
  }
  return best
}

/// indices[row] = argmax of each row of `columns` ≥ 1 elements.
@inline(never)
func rawRowArgmax(
  _ indices: UnsafeMutablePointer<UInt32>, _ x: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` indices and rows × columns elements of x, rows `rowStride` apart.
    unsafe indices[row] = UInt32(truncatingIfNeeded: rawArgmax(x + row * rowStride, columns))
  }
}

/// maxima[row] = maximum of each row of `columns` ≥ 1 elements.
@inline(never)
func rawRowMaxima(
  _ maxima: MutableFloatPointer, _ x: FloatPointer, _ rowStride: Int,
  _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    // SAFETY: the caller owns `rows` maxima and rows × columns elements of x, rows `rowStride` apart.
    unsafe maxima[row] = rawMaximum(x + row * rowStride, columns)
  }
}

/// Whether no element is infinite or NaN.
@inline(never)
func rawAllFinite(_ x: FloatPointer, _ count: Int) -> Bool {
  var worst: UInt32 = 0
  for i in 0..<count {
    // SAFETY: the caller owns x[0 ..< count].
    worst = unsafe max(worst, x[i].bitPattern & 0x7fff_ffff)
  }
  return worst < 0x7f80_0000
}

/// Replaces every NaN by the one with the bits 0x7fc00000.
@inline(never)
func rawCanonicalizeNaNs(_ x: MutableFloatPointer, _ count: Int) {
  for i in 0..<count {
    // SAFETY: the caller owns x[0 ..< count].
    let value = unsafe x[i]
    unsafe x[i] = value != value ? Float(bitPattern: 0x7fc0_0000) : value
  }
}
