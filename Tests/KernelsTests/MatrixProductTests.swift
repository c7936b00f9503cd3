import KernelInterface
import Kernels
import Testing

/// A product whose sizes and strides are awkward.
struct Product: CustomTestStringConvertible, Sendable {
  var rows: Int
  var columns: Int
  var depth: Int
  var testDescription: String { "\(rows)×\(columns)×\(depth)" }

  static let awkward: [Product] = {
    var all: [Product] = []
    for rows in [0, 1, 2, 3, 5, 6, 7, 11, 12, 13, 14, 17, 25] {
      for columns in [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 47, 65] {
        all.append(
          Product(rows: rows, columns: columns, depth: [1, 2, 7, 65][(rows + columns) % 4]))
      }
    }
    // A single row takes four or eight vectors of columns at a time.
    for columns in [64, 96, 129, 200] {
      all.append(Product(rows: 1, columns: columns, depth: 37))
    }
    for depth in [0, 1, 63, 64, 65, 129] {
      all.append(Product(rows: 13, columns: 41, depth: depth))
    }
    return all
  }()
}

@Suite("A matrix product")
struct MatrixProductTests {
  /// The contract, written as a scalar chain.
  func oracle(
    _ p: Product, _ a: (Int, Int) -> Float, _ b: (Int, Int) -> Float, start: (Int, Int) -> Float,
    relu: Bool = false
  ) -> [UInt32] {
    var bits: [UInt32] = []
    for i in 0..<p.rows {
      for j in 0..<p.columns {
        var sum = start(i, j)
        for k in 0..<p.depth { sum = sum.addingProduct(a(i, k), b(k, j)) }
        bits.append((relu && sum < 0 ? 0 : sum).bitPattern)
      }
    }
    return bits
  }

  func packed(_ kernels: any KernelFunctions, _ w: Floats, _ p: Product) -> Floats {
    let panels = Floats(KernelSet.panelFloats(depth: p.depth, columns: p.columns), repeating: .nan)
    kernels.packPanels(
      panels.base, from: w.base, depthStride: 1, columnStride: p.depth, depth: p.depth,
      columns: p.columns)
    return panels
  }

  @Test("of a linear layer is one chain from the bias", arguments: allKernels, Product.awkward)
  func forward(kernels: any KernelFunctions, p: Product) {
    let x = Floats(p.rows * p.depth, seed: 1)
    let w = Floats(p.columns * p.depth, seed: 2)
    let bias = Floats(p.columns, seed: 3)
    let panels = packed(kernels, w, p)
    for relu in [false, true] {
      let y = Floats(p.rows * p.columns, repeating: .nan)
      kernels.linear(
        y.base, rowStride: p.columns, x.base, xRowStride: p.depth, weight: panels.base,
        bias: bias.base, relu: relu, rows: 0..<p.rows, panels: 0..<KernelSet.panelCount(p.columns),
        inputs: p.depth, outputs: p.columns)
      let expected = oracle(
        p, { x[$0 * p.depth + $1] }, { w[$1 * p.depth + $0] }, start: { bias[$1] }, relu: relu)
      #expect(y.bits == expected)
      #expect(y.marginIsIntact)
    }
  }

  @Test(
    "of an input gradient is one chain over the outputs", arguments: allKernels, Product.awkward)
  func inputGradient(kernels: any KernelFunctions, p: Product) {
    // The weight is [depth, columns] here: depth outputs, columns inputs.
    let dy = Floats(p.rows * p.depth, seed: 4)
    let w = Floats(p.depth * p.columns, seed: 5)
    let panels = Floats(KernelSet.panelFloats(depth: p.columns, columns: p.depth), repeating: .nan)
    kernels.packPanels(
      panels.base, from: w.base, depthStride: 1, columnStride: p.columns, depth: p.columns,
      columns: p.depth)
    let transposed = Floats(KernelSet.panelFloats(depth: p.depth, columns: p.columns))
    kernels.transposePanels(
      transposed.base, from: panels.base, depth: p.columns, columns: p.depth,
      sourceDepth: nil)
    let dx = Floats(p.rows * p.columns, repeating: .nan)
    kernels.linearInputGradient(
      dx.base, rowStride: p.columns, dy.base, dyRowStride: p.depth,
      transposedWeight: transposed.base, rows: 0..<p.rows,
      panels: 0..<KernelSet.panelCount(p.columns), inputs: p.columns, outputs: p.depth)
    let expected = oracle(
      p, { dy[$0 * p.depth + $1] }, { w[$0 * p.columns + $1] }, start: { _, _ in 0 })
    #expect(dx.bits == expected)
    #expect(dx.marginIsIntact && transposed.marginIsIntact)
  }

  @Test(
    "of a weight gradient is one chain over the samples", arguments: allKernels, Product.awkward)
  func weightGradient(kernels: any KernelFunctions, p: Product) {
    // rows: inputs, columns: outputs, depth: samples.
    let x = Floats(p.depth * p.rows, seed: 6)
    let dy = Floats(p.depth * p.columns, seed: 7)
    for padded in [false, true] {
      let dW = Floats(KernelSet.panelFloats(depth: p.rows, columns: p.columns), repeating: 0)
      let half = p.depth / 3
      for (samples, accumulating) in [(0..<half, false), (half..<p.depth, true)] {
        kernels.linearWeightGradient(
          dW.base, x.base, xRowStride: p.rows, dy.base, dyRowStride: p.columns, dyPadded: padded,
          samples: samples, inputRange: 0..<p.rows, panels: 0..<KernelSet.panelCount(p.columns),
          inputs: p.rows, outputs: p.columns, accumulating: accumulating)
      }
      let unpacked = Floats(p.rows * p.columns)
      kernels.unpackPanels(
        unpacked.base, from: dW.base, depthStride: p.columns, columnStride: 1, depth: p.rows,
        columns: p.columns)
      let expected = oracle(
        p, { x[$1 * p.rows + $0] }, { dy[$0 * p.columns + $1] }, start: { _, _ in 0 })
      #expect(unpacked.bits == expected)
      #expect(dW.marginIsIntact)
      // The padding of the last panel stays as it was.
      for panel in 0..<KernelSet.panelCount(p.columns) {
        for column in max(0, p.columns - 32 * panel)..<max(32, p.columns - 32 * panel)
        where column < 32 {
          for row in 0..<p.rows {
            #expect(dW[(panel * p.rows + row) * 32 + column].bitPattern == 0)
          }
        }
      }
    }
  }

  @Test(
    "does not depend on the block of k nor on the split of rows and panels", arguments: allKernels)
  func blocks(kernels: any KernelFunctions) {
    let p = Product(rows: 29, columns: 75, depth: 131)
    let x = Floats(p.rows * p.depth, seed: 8)
    let w = Floats(p.columns * p.depth, seed: 9)
    let bias = Floats(p.columns, seed: 10)
    let panels = packed(kernels, w, p)
    let expected = oracle(
      p, { x[$0 * p.depth + $1] }, { w[$1 * p.depth + $0] }, start: { bias[$1] }, relu: true)
    for block in [0, 1, 2, 7, 64, 131, 1000] {
      let y = Floats(p.rows * p.columns, repeating: .nan)
      kernels.multiply(
        c: y.base, cPanelStride: 32, cRowStride: p.columns, a: x.base, aRowStride: p.depth,
        aDepthStride: 1, b: panels.base, bPanelStride: p.depth * 32, bDepthStride: 32,
        bPadded: true, rows: p.rows, columns: p.columns, depth: p.depth, start: .bias,
        bias: bias.base, relu: true, depthBlock: block)
      #expect(y.bits == expected, "block \(block)")
    }
    for cut in [1, 5, 12, 20] {
      let y = Floats(p.rows * p.columns, repeating: .nan)
      for rows in [0..<cut, cut..<p.rows] {
        for panel in 0..<3 {
          kernels.linear(
            y.base, rowStride: p.columns, x.base, xRowStride: p.depth, weight: panels.base,
            bias: bias.base, relu: true, rows: rows, panels: panel..<panel + 1, inputs: p.depth,
            outputs: p.columns)
        }
      }
      #expect(y.bits == expected, "cut \(cut)")
    }
  }

  @Test(
    "is the same where blocks are copied (not on v2, which is slow)",
    arguments: allKernels.dropFirst()
  )
  func copies(kernels: any KernelFunctions) {
    // Large enough, with strides long enough, for copies of A along rows, of A down columns, and of B.
    for (rows, columns, depth) in [(211, 70, 1024), (1100, 66, 300), (197, 1040, 290)] {
      let p = Product(rows: rows, columns: columns, depth: depth)
      let a = Floats(rows * depth, seed: 11)
      let b = Floats(depth * columns, seed: 12)
      for columnMajor in [false, true] {
        let y = Floats(rows * columns, repeating: .nan)
        kernels.multiply(
          c: y.base, cPanelStride: 32, cRowStride: columns, a: a.base,
          aRowStride: columnMajor ? 1 : depth, aDepthStride: columnMajor ? rows : 1, b: b.base,
          bPanelStride: 32, bDepthStride: columns, bPadded: false, rows: rows, columns: columns,
          depth: depth, start: .zero, bias: nil, relu: false, depthBlock: 0)
        var expected: [UInt32] = []
        for i in 0..<rows {
          for j in 0..<columns {
            var sum: Float = 0
            for k in 0..<depth {
              sum = sum.addingProduct(
                a.base[columnMajor ? k * rows + i : i * depth + k], b.base[k * columns + j])
            }
            expected.append(sum.bitPattern)
          }
        }
        #expect(y.bits == expected, "\(p.testDescription) \(columnMajor)")
        #expect(y.marginIsIntact)
      }
    }
  }

  @Test("keeps NaN, infinity, subnormals and the sign of zero", arguments: allKernels)
  func specials(kernels: any KernelFunctions) {
    let special: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e-30,
      -1e-30, 3e38, -3e38, 1, -1,
    ]
    let n = special.count
    let x = Floats(special)
    let w = Floats(special)
    let panels = packed(kernels, w, Product(rows: n, columns: n, depth: 1))
    let bias = Floats(n, repeating: -0.0)
    let y = Floats(n * n)
    kernels.linear(
      y.base, rowStride: n, x.base, xRowStride: 1, weight: panels.base, bias: bias.base,
      relu: false, rows: 0..<n, panels: 0..<1, inputs: 1, outputs: n)
    for i in 0..<n {
      for j in 0..<n {
        let expected = Float(-0.0).addingProduct(special[i], special[j])
        let got = y[i * n + j]
        #expect(got.bitPattern == expected.bitPattern || (got.isNaN && expected.isNaN))
      }
    }
  }
}
