/// y = x · Wᵀ + b for samples [N, in] and a weight [out, in], then relu.
public struct ReferenceLinear: Sendable {
  public var samples, inputs, outputs: Int
  public var relu = false
  public var shards = 1

  public init(samples: Int, inputs: Int, outputs: Int) {
    self.samples = samples
    self.inputs = inputs
    self.outputs = outputs
  }

  /// From the bias or +0 over ascending inputs; then relu.
  public func forward(_ x: [Float], weight: [Float], bias: [Float]?) -> [Float] {
    var y: [Float] = []
    for sample in 0..<samples {
      for output in 0..<outputs {
        var chain: Float = bias.map { $0[output] } ?? 0
        for input in 0..<inputs {
          chain = fma(x[sample * inputs + input], weight[output * inputs + input], chain)
        }
        y.append(relu && chain < 0 ? 0 : chain)
      }
    }
    return y
  }

  /// dz: dy where the relu has let something through.
  public func rectified(_ dy: [Float], _ y: [Float]) -> [Float] {
    guard relu else { return dy }
    return reluGradient(dy, y)
  }

  /// From +0 over ascending outputs.
  public func inputGradient(_ dz: [Float], weight: [Float]) -> [Float] {
    matrixProduct(dz, weight, rows: samples, depth: outputs, columns: inputs)
  }

  /// From +0 over ascending samples, in blocks and shards.
  public func weightGradient(_ dz: [Float], input x: [Float]) -> [Float] {
    overSamples(samples, shards: shards, positions: 1) { range in
      var dw: [Float] = []
      for output in 0..<outputs {
        for input in 0..<inputs {
          var chain: Float = 0
          for sample in range {
            chain = fma(x[sample * inputs + input], dz[sample * outputs + output], chain)
          }
          dw.append(chain)
        }
      }
      return dw
    }
  }

  /// A statistic over the samples of each block of the weight's gradient.
  public func biasGradient(_ dz: [Float]) -> [Float] {
    overSamples(samples, shards: shards, positions: 1) { range in
      inBlocks(range, of: NumericsVersion.statisticsBlock) {
        columnSums(dz, rows: $0, columns: outputs)
      }
    }
  }
}

/// For each column the chain acc + x from +0 over ascending rows.
func columnSums(_ x: [Float], rows: Range<Int>, columns: Int) -> [Float] {
  var sums = [Float](repeating: 0, count: columns)
  for row in rows {
    for column in 0..<columns { sums[column] = sums[column] + x[row * columns + column] }
  }
  return sums
}

/// C = A · B, each element a chain from +0 over ascending k.
public func matrixProduct(
  _ a: [Float], _ b: [Float], rows: Int, depth: Int, columns: Int
) -> [Float] {
  var c: [Float] = []
  for row in 0..<rows {
    for column in 0..<columns {
      var chain: Float = 0
      for k in 0..<depth { chain = fma(a[row * depth + k], b[k * columns + column], chain) }
      c.append(chain)
    }
  }
  return c
}

/// The gradients of `matrixProduct`: dA = dC · Bᵀ over ascending columns, dB = Aᵀ · dC over ascending rows.
public func matrixProductGradients(
  _ dc: [Float], _ a: [Float], _ b: [Float], rows: Int, depth: Int, columns: Int
) -> (a: [Float], b: [Float]) {
  (
    matrixProduct(
      dc, transposed(b, rows: depth, columns: columns), rows: rows, depth: columns, columns: depth
    ),
    matrixProduct(
      transposed(a, rows: rows, columns: depth), dc, rows: depth, depth: rows, columns: columns)
  )
}

private func transposed(_ x: [Float], rows: Int, columns: Int) -> [Float] {
  (0..<x.count).map { x[$0 % rows * columns + $0 / rows] }
}
