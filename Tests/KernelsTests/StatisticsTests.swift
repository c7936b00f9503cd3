import KernelInterface
import Kernels
import Testing

/// Rule 2 for statistics, written plainly.
private enum Statistic {
  /// Blocks of 64 elements, each a chain from +0, then pairwise.
  static func sum(_ rows: Int, _ step: (Float, Int) -> Float) -> Float {
    if rows == 0 { return 0 }
    return Rule3.pairwise(
      stride(from: 0, to: rows, by: 64).map { first in
        (first..<min(first + 64, rows)).reduce(Float(0), step)
      })
  }
}

@Suite("Statistics over rows")
struct StatisticsTests {
  @Test(
    "are chains of 64 rows, combined pairwise", arguments: allKernels,
    [0, 1, 63, 64, 65, 128, 129, 700, 1500])
  func blocks(kernels: any KernelFunctions, rows: Int) {
    for columns in [1, 3, 10, 16, 17, 40, 129] {
      let stride = columns + 5
      let x = Floats(rows * stride, seed: 41)
      let dy = Floats(rows * stride, seed: 42)
      let (mean, scale) = (Floats(columns, seed: 43), Floats(columns, seed: 44))
      let (shift, sums) = (Floats(columns, seed: 45), Floats(columns, repeating: .nan))
      let products = Floats(columns, repeating: .nan)
      func expect(_ found: Floats, _ step: (Int, Float, Int) -> Float) {
        for j in 0..<columns {
          let wanted = Statistic.sum(rows) { step(j, $0, $1) }
          #expect(found[j].bitPattern == wanted.bitPattern, "\(rows) rows, column \(j)")
        }
        #expect(found.marginIsIntact)
      }
      kernels.statisticSums(
        sums.base, x.base, rowStride: stride, rows: rows, columns: columns)
      expect(sums) { $1 + x[$2 * stride + $0] }
      kernels.statisticSquares(
        sums.base, x.base, mean: mean.base, rowStride: stride, rows: rows, columns: columns)
      expect(sums) { j, sum, row in
        let d = x[row * stride + j] - mean[j]
        return sum.addingProduct(d, d)
      }
      for relu in [false, true] {
        kernels.normalizationSums(
          products: products.base, sums: sums.base, dy.base, x.base, mean: mean.base,
          scale: scale.base, shift: shift.base, relu: relu, rowStride: stride, rows: rows,
          columns: columns)
        func dz(_ row: Int, _ j: Int) -> Float {
          let at = row * stride + j
          return relu && shift[j].addingProduct(x[at], scale[j]) <= 0 ? 0 : dy[at]
        }
        expect(sums) { $1 + dz($2, $0) }
        expect(products) { j, sum, row in
          sum.addingProduct(dz(row, j), x[row * stride + j] - mean[j])
        }
      }
    }
  }
}
