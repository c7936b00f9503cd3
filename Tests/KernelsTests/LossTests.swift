import KernelInterface
import Kernels
import Testing

@Suite("Losses")
struct LossTests {
  /// exp and log of one float by the kernels themselves, whose rounding other tests prove.
  func exp(_ kernels: any KernelFunctions, _ x: [Float]) -> [Float] {
    let v = Floats(x)
    kernels.exponential(v.base, v.base)
    return v.values
  }

  func log(_ kernels: any KernelFunctions, _ x: Float) -> Float {
    let v = Floats([x])
    kernels.logarithm(v.base, v.base)
    return v[0]
  }

  @Test("by softmax follow rule 11", arguments: allKernels, [1, 2, 10, 16, 17, 100, 4097])
  func crossEntropy(kernels: any KernelFunctions, columns: Int) {
    for (rows, gap, smoothing) in [(1, 0, 0), (3, 0, 0.1), (67, 5, 0), (66, 0, 0)]
      as [(Int, Int, Double)]
    {
      let stride = columns + gap
      let x = Floats(rows * stride, seed: 41)
      for i in 0..<x.count { x[i] *= 20 }
      let targets = (0..<rows).map { UInt32(($0 * 7) % columns) }
      let words = WordStorage(targets)
      let keep = Float(1 - smoothing)
      let spread = Float(smoothing / Double(columns))
      let scale: Float = 1 / 64
      let losses = Floats(rows)
      let dx = Floats(rows * stride, repeating: 9)
      kernels.softmaxCrossEntropy(
        losses: losses.base, gradient: dx.base, logits: x.base, rowStride: stride,
        targets: words.all, rows: rows, columns: columns, keep: keep, spread: spread, scale: scale)
      let probabilities = Floats(rows * stride)
      kernels.softmax(
        probabilities.base, x.base, rowStride: stride, rows: rows, columns: columns)
      for row in 0..<rows {
        let values = (0..<columns).map { x[row * stride + $0] }
        let top = values.max() ?? 0
        let z = values.map { $0 - top }
        let e = exp(kernels, z)
        let total = Rule3.sum(e)
        let l = log(kernels, total)
        let t = Int(targets[row])
        var loss = l - z[t]
        if spread != 0 { loss = (keep * loss).addingProduct(spread, Rule3.sum(z.map { l - $0 })) }
        #expect(losses[row].bitPattern == loss.bitPattern)
        for j in 0..<columns {
          let p = e[j] / total
          #expect(probabilities[row * stride + j].bitPattern == p.bitPattern)
          let q = j == t ? keep + spread : spread
          #expect(dx[row * stride + j].bitPattern == ((p - q) * scale).bitPattern)
        }
        for j in columns..<stride { #expect(dx[row * stride + j] == 9) }
      }
      #expect(dx.marginIsIntact && losses.marginIsIntact)
      // In place.
      kernels.softmaxCrossEntropy(
        losses: losses.base, gradient: x.base, logits: x.base, rowStride: stride,
        targets: words.all,
        rows: rows, columns: columns, keep: keep, spread: spread, scale: scale)
      for row in 0..<rows {
        for j in 0..<columns {
          #expect(x[row * stride + j].bitPattern == dx[row * stride + j].bitPattern)
        }
      }
    }
  }

  @Test("of squares sum by rule 3", arguments: allKernels, [0, 1, 17, 5000])
  func squaredError(kernels: any KernelFunctions, count: Int) {
    let x = Floats(count, seed: 42)
    let t = Floats(count, seed: 43)
    let dx = Floats(count)
    let total = kernels.squaredError(
      gradient: dx.base, x.base, target: t.base, scale: 0.3)
    let d = (0..<count).map { x[$0] - t[$0] }
    #expect(total == Rule3.sumOfSquares(d))
    #expect(dx.bits == d.map { ($0 * 0.3).bitPattern })
    #expect(dx.marginIsIntact)
  }

  @Test("have gradients of softmax and logarithms that fit", arguments: allKernels, [1, 10, 33])
  func softmaxGradient(kernels: any KernelFunctions, columns: Int) {
    let rows = 5
    let x = Floats(rows * columns, seed: 44)
    let dy = Floats(rows * columns, seed: 45)
    let y = Floats(rows * columns)
    let dx = Floats(rows * columns)
    let logs = Floats(rows * columns)
    kernels.softmax(y.base, x.base, rowStride: columns, rows: rows, columns: columns)
    kernels.logSoftmax(logs.base, x.base, rowStride: columns, rows: rows, columns: columns)
    kernels.softmaxGradient(
      dx.base, dy.base, result: y.base, rowStride: columns, rows: rows, columns: columns)
    for row in 0..<rows {
      let place = (0..<columns).map { row * columns + $0 }
      let inner = Rule3.sum(place.map { dy[$0] * y[$0] })
      for i in place { #expect(dx[i].bitPattern == ((dy[i] - inner) * y[i]).bitPattern) }
      let top = place.map { x[$0] }.max() ?? 0
      let l = log(kernels, Rule3.sum(exp(kernels, place.map { x[$0] - top })))
      for i in place { #expect(logs[i].bitPattern == ((x[i] - top) - l).bitPattern) }
    }
  }
}
