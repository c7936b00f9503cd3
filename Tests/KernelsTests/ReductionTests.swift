import KernelInterface
import Kernels
import Testing

/// Rule 3, written plainly.
enum Rule3 {
  static func tree(_ stripes: [Float]) -> Float {
    var level = stripes
    while level.count > 1 {
      let half = level.count / 2
      level = (0..<half).map { level[$0] + level[$0 + half] }
    }
    return level[0]
  }

  static func block(_ x: ArraySlice<Float>, _ add: (Float, Float) -> Float) -> Float {
    var stripes = [Float](repeating: -0.0, count: 16)
    for (i, value) in x.enumerated() { stripes[i % 16] = add(stripes[i % 16], value) }
    return tree(stripes)
  }

  static func pairwise(_ partials: [Float]) -> Float {
    var level = partials
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map {
        $0 + 1 < level.count ? level[$0] + level[$0 + 1] : level[$0]
      }
    }
    return level.first ?? 0
  }

  static func blocks(_ x: [Float], _ add: (Float, Float) -> Float) -> [Float] {
    stride(from: 0, to: x.count, by: 4096).map { block(x[$0..<min(x.count, $0 + 4096)], add) }
  }

  static func sum(_ x: [Float]) -> Float { pairwise(blocks(x, +)) }

  static func sumOfSquares(_ x: [Float]) -> Float {
    pairwise(blocks(x) { $0.addingProduct($1, $1) })
  }
}

@Suite("Sums and extremes")
struct ReductionTests {
  static let counts = [
    0, 1, 2, 7, 15, 16, 17, 31, 32, 33, 63, 255, 4095, 4096, 4097, 8192, 8193, 12_289, 20_480,
    28_673,
  ]

  @Test("follow rule 3", arguments: allKernels, counts)
  func sums(kernels: any KernelFunctions, count: Int) {
    let x = Floats(count, seed: 31)
    #expect(kernels.sum(x.base).bitPattern == Rule3.sum(x.values).bitPattern)
    if count > 0 {
      #expect(
        kernels.sumOfSquares(x.base).bitPattern
          == Rule3.sumOfSquares(x.values).bitPattern)
    }
    let blocks = (count + 4095) / 4096
    let partials = Floats(blocks)
    kernels.blockSums(partials.base, x.base)
    #expect(partials.values == Rule3.blocks(x.values, +))
    #expect(partials.marginIsIntact)
    kernels.combinePairwise(partials.base, stride: 1, count: blocks, elements: 1)
    if blocks > 0 { #expect(partials[0].bitPattern == Rule3.sum(x.values).bitPattern) }
    kernels.blockSumsOfSquares(partials.base, x.base)
    #expect(partials.values == Rule3.blocks(x.values) { $0.addingProduct($1, $1) })
  }

  @Test("keep the sign of a sum of negative zeros", arguments: allKernels)
  func negativeZeros(kernels: any KernelFunctions) {
    for count in [1, 16, 17, 5000] {
      let x = Floats(count, repeating: -0.0)
      #expect(kernels.sum(x.base).sign == .minus)
    }
  }

  @Test("combine buffers pairwise, the odd one carried up", arguments: allKernels, Array(1...9))
  func combine(kernels: any KernelFunctions, count: Int) {
    let stride = 21
    let x = Floats(count * stride, seed: 32)
    let columns = (0..<17).map { j in Rule3.pairwise((0..<count).map { x[$0 * stride + j] }) }
    kernels.combinePairwise(x.base, stride: stride, count: count, elements: 17)
    #expect((0..<17).map { x[$0].bitPattern } == columns.map(\.bitPattern))
  }

  @Test("of columns are chains over ascending rows", arguments: allKernels, [0, 1, 2, 13, 64])
  func columns(kernels: any KernelFunctions, rows: Int) {
    for columns in [0, 1, 10, 15, 16, 17, 33, 100] {
      let stride = columns + 3
      let x = Floats(rows * stride, seed: 33)
      let sums = Floats(columns, seed: 34)
      let start = sums.values
      kernels.columnSums(
        sums.base, x.base, rowStride: stride, rows: rows, columns: columns, accumulating: true)
      for j in 0..<columns {
        #expect(
          sums[j].bitPattern
            == (0..<rows).reduce(start[j]) { $0 + x[$1 * stride + j] }.bitPattern)
      }
      kernels.columnSums(
        sums.base, x.base, rowStride: stride, rows: rows, columns: columns, accumulating: false)
      for j in 0..<columns {
        #expect(
          sums[j].bitPattern == (0..<rows).reduce(Float(0)) { $0 + x[$1 * stride + j] }.bitPattern)
      }
      #expect(sums.marginIsIntact)
    }
  }

  @Test("find the lowest index of the largest, and NaN before all", arguments: allKernels)
  func extremes(kernels: any KernelFunctions) {
    for count in [1, 2, 15, 31, 32, 33, 47, 48, 64, 100] {
      for trial in 0..<40 {
        let x = Floats(count, seed: UInt32(count * 100 + trial))
        if trial % 4 == 1 { for i in 0..<count { x[i] = (x[i] * 3).rounded() } }
        if trial % 4 == 2 { for i in 0..<count { x[i] = i % 3 == trial % 3 ? 0 : -0.0 } }
        if trial % 4 == 3 {
          x[trial % count] = .nan
          x[(trial * 7) % count] = trial % 8 == 3 ? .infinity : -.infinity
        }
        var best = 0
        for i in 0..<count where !x[best].isNaN && (x[i].isNaN || x[i] > x[best]) { best = i }
        #expect(kernels.argmax(x.base) == best)
        let largest = kernels.maximum(x.base)
        #expect(largest.bitPattern == x[best].bitPattern)
      }
    }
  }

  @Test("tell whether all is finite, and make NaN canonical", arguments: allKernels)
  func finite(kernels: any KernelFunctions) {
    for count in [0, 1, 15, 16, 17, 100] {
      let x = Floats(count, seed: 35)
      #expect(kernels.allFinite(x.base))
      for place in 0..<count {
        let old = x[place]
        for value in [Float.infinity, -.infinity, .nan, -.nan, .signalingNaN] {
          x[place] = value
          #expect(!kernels.allFinite(x.base))
        }
        x[place] = Float(bitPattern: 0xffc0_1234)
        kernels.canonicalizeNaNs(x.base)
        #expect(x[place].bitPattern == 0x7fc0_0000)
        x[place] = old
      }
      #expect(kernels.allFinite(x.base) && x.marginIsIntact)
    }
  }
}
