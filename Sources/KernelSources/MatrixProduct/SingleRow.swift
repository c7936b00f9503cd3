internal import KernelInterface

/// The product of one row with full panels of 32 columns; returns how many panels it has computed.
///
/// A single row has one chain for each column, so several panels together keep the multipliers busy: eight vectors where
/// there are as many, then four. What is left over is the caller's.
func multiplyRow(
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ a: FloatPointer,
  _ b: FloatPointer, _ bPanelStride: Int, _ panels: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) -> Int {
  let eight = 8 * vectorWidth / 32
  let four = 4 * vectorWidth / 32
  var panel = 0
  // SAFETY: the caller owns `panels` panels of C and B, and the bias if it starts from it.
  while panel + eight <= panels {
    unsafe eightVectors(
      c + panel * cPanelStride, cPanelStride, a, b + panel * bPanelStride, bPanelStride, depth,
      start, bias + panel * 32, relu)
    panel += eight
  }
  while four > 0 && panel + four <= panels {
    unsafe fourVectors(
      c + panel * cPanelStride, cPanelStride, a, b + panel * bPanelStride, bPanelStride, depth,
      start, bias + panel * 32, relu)
    panel += four
  }
  return panel
}

/// Eight vectors of one row of C: they begin every `vectorWidth` columns, 32 columns to a panel.
@inline(never)
private func eightVectors(
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ a: FloatPointer,
  _ b: FloatPointer, _ bPanelStride: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  let inPanel = 32 / vectorWidth
  var v = (
    Vector.zero, Vector.zero, Vector.zero, Vector.zero, Vector.zero, Vector.zero, Vector.zero,
    Vector.zero
  )
  // SAFETY: the caller owns the columns of C and B named here, `depth` elements of A, and the bias.
  @inline(always)
  func at(_ i: Int, _ stride: Int) -> Int {
    (i / inPanel) &* stride &+ (i % inPanel) &* vectorWidth
  }
  if start == startBias {
    unsafe v.0 = loadVector(bias)
    unsafe v.1 = loadVector(bias + vectorWidth)
    unsafe v.2 = loadVector(bias + 2 * vectorWidth)
    unsafe v.3 = loadVector(bias + 3 * vectorWidth)
    unsafe v.4 = loadVector(bias + 4 * vectorWidth)
    unsafe v.5 = loadVector(bias + 5 * vectorWidth)
    unsafe v.6 = loadVector(bias + 6 * vectorWidth)
    unsafe v.7 = loadVector(bias + 7 * vectorWidth)
  } else if start == startAccumulate {
    unsafe v.0 = loadVector(c + at(0, cPanelStride))
    unsafe v.1 = loadVector(c + at(1, cPanelStride))
    unsafe v.2 = loadVector(c + at(2, cPanelStride))
    unsafe v.3 = loadVector(c + at(3, cPanelStride))
    unsafe v.4 = loadVector(c + at(4, cPanelStride))
    unsafe v.5 = loadVector(c + at(5, cPanelStride))
    unsafe v.6 = loadVector(c + at(6, cPanelStride))
    unsafe v.7 = loadVector(c + at(7, cPanelStride))
  }
  var row = unsafe b
  var k = 0
  while k < depth {
    let x = unsafe Vector(repeating: a[k])
    unsafe v.0 = v.0.addingProduct(x, loadVector(row + at(0, bPanelStride)))
    unsafe v.1 = v.1.addingProduct(x, loadVector(row + at(1, bPanelStride)))
    unsafe v.2 = v.2.addingProduct(x, loadVector(row + at(2, bPanelStride)))
    unsafe v.3 = v.3.addingProduct(x, loadVector(row + at(3, bPanelStride)))
    unsafe v.4 = v.4.addingProduct(x, loadVector(row + at(4, bPanelStride)))
    unsafe v.5 = v.5.addingProduct(x, loadVector(row + at(5, bPanelStride)))
    unsafe v.6 = v.6.addingProduct(x, loadVector(row + at(6, bPanelStride)))
    unsafe v.7 = v.7.addingProduct(x, loadVector(row + at(7, bPanelStride)))
    unsafe row += 32
    k &+= 1
  }
  if relu {
    v.0 = v.0.replacing(with: 0, where: v.0 .< 0)
    v.1 = v.1.replacing(with: 0, where: v.1 .< 0)
    v.2 = v.2.replacing(with: 0, where: v.2 .< 0)
    v.3 = v.3.replacing(with: 0, where: v.3 .< 0)
    v.4 = v.4.replacing(with: 0, where: v.4 .< 0)
    v.5 = v.5.replacing(with: 0, where: v.5 .< 0)
    v.6 = v.6.replacing(with: 0, where: v.6 .< 0)
    v.7 = v.7.replacing(with: 0, where: v.7 .< 0)
  }
  unsafe storeVector(c + at(0, cPanelStride), v.0)
  unsafe storeVector(c + at(1, cPanelStride), v.1)
  unsafe storeVector(c + at(2, cPanelStride), v.2)
  unsafe storeVector(c + at(3, cPanelStride), v.3)
  unsafe storeVector(c + at(4, cPanelStride), v.4)
  unsafe storeVector(c + at(5, cPanelStride), v.5)
  unsafe storeVector(c + at(6, cPanelStride), v.6)
  unsafe storeVector(c + at(7, cPanelStride), v.7)
}

/// Four vectors of one row of C, as in `eightVectors`.
@inline(never)
private func fourVectors(
  _ c: MutableFloatPointer, _ cPanelStride: Int, _ a: FloatPointer,
  _ b: FloatPointer, _ bPanelStride: Int, _ depth: Int,
  _ start: Int, _ bias: FloatPointer, _ relu: Bool
) {
  let inPanel = 32 / vectorWidth
  var v = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
  // SAFETY: the caller owns the columns of C and B named here, `depth` elements of A, and the bias.
  @inline(always)
  func at(_ i: Int, _ stride: Int) -> Int {
    (i / inPanel) &* stride &+ (i % inPanel) &* vectorWidth
  }
  if start == startBias {
    unsafe v.0 = loadVector(bias)
    unsafe v.1 = loadVector(bias + vectorWidth)
    unsafe v.2 = loadVector(bias + 2 * vectorWidth)
    unsafe v.3 = loadVector(bias + 3 * vectorWidth)
  } else if start == startAccumulate {
    unsafe v.0 = loadVector(c + at(0, cPanelStride))
    unsafe v.1 = loadVector(c + at(1, cPanelStride))
    unsafe v.2 = loadVector(c + at(2, cPanelStride))
    unsafe v.3 = loadVector(c + at(3, cPanelStride))
  }
  var row = unsafe b
  var k = 0
  while k < depth {
    let x = unsafe Vector(repeating: a[k])
    unsafe v.0 = v.0.addingProduct(x, loadVector(row + at(0, bPanelStride)))
    unsafe v.1 = v.1.addingProduct(x, loadVector(row + at(1, bPanelStride)))
    unsafe v.2 = v.2.addingProduct(x, loadVector(row + at(2, bPanelStride)))
    unsafe v.3 = v.3.addingProduct(x, loadVector(row + at(3, bPanelStride)))
    unsafe row += 32
    k &+= 1
  }
  if relu {
    v.0 = v.0.replacing(with: 0, where: v.0 .< 0)
    v.1 = v.1.replacing(with: 0, where: v.1 .< 0)
    v.2 = v.2.replacing(with: 0, where: v.2 .< 0)
    v.3 = v.3.replacing(with: 0, where: v.3 .< 0)
  }
  unsafe storeVector(c + at(0, cPanelStride), v.0)
  unsafe storeVector(c + at(1, cPanelStride), v.1)
  unsafe storeVector(c + at(2, cPanelStride), v.2)
  unsafe storeVector(c + at(3, cPanelStride), v.3)
}
