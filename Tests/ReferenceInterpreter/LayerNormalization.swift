/// Normalization of each sample of [N, C, positions] over all its elements, with a weight and a bias for each.
///
/// Sums run over the elements in storage order: positions, then channels.
public struct ReferenceLayerNormalization: Sendable {
  public var samples, channels, positions: Int
  public var shards = 1
  public var epsilon: Double = 1e-5

  public init(samples: Int, channels: Int, positions: Int) {
    self.samples = samples
    self.channels = channels
    self.positions = positions
  }

  private var size: Int { channels * positions }

  /// Where the elements of a sample stand in logical order, in storage order.
  private var storageOrder: [Int] {
    (0..<size).map { $0 % channels * positions + $0 / channels }
  }

  /// x̂ and the inverse of a sample, in logical order.
  private func normalized(_ x: [Float], _ sample: Int) -> (values: [Float], inverse: Float) {
    let row = Array(x[sample * size..<(sample + 1) * size])
    let order = storageOrder
    let mean = sum(order.map { row[$0] }) * reciprocal(size)
    let differences = row.map { $0 - mean }
    let variance = sumOfSquares(order.map { differences[$0] }) * reciprocal(size)
    let inverse = 1 / (variance + Float(epsilon)).squareRoot()
    return (scaled(differences, by: inverse), inverse)
  }

  /// y = fma(x̂, w, b).
  public func forward(_ x: [Float], weight: [Float], bias: [Float]) -> [Float] {
    (0..<samples).flatMap { sample in
      let (values, _) = normalized(x, sample)
      return (0..<size).map { fma(values[$0], weight[$0], bias[$0]) }
    }
  }

  /// The gradients of input, weight and bias.
  public func pullback(
    _ dy: [Float], input x: [Float], weight: [Float]
  ) -> (x: [Float], weight: [Float], bias: [Float]) {
    let order = storageOrder
    var all: [Float] = []
    var dx: [Float] = []
    for sample in 0..<samples {
      let (values, inverse) = normalized(x, sample)
      all += values
      let g = multiplied(Array(dy[sample * size..<(sample + 1) * size]), weight)
      let products = multiplied(g, values)
      let a = sum(order.map { g[$0] }) * reciprocal(size)
      let b = sum(order.map { products[$0] }) * reciprocal(size)
      dx += (0..<size).map { (fma(-values[$0], b, g[$0]) - a) * inverse }
    }
    let dw = overSamples(samples, shards: shards, positions: 1) { range in
      var chains = [Float](repeating: 0, count: size)
      for sample in range {
        for element in 0..<size {
          let at = sample * size + element
          chains[element] = fma(dy[at], all[at], chains[element])
        }
      }
      return chains
    }
    let db = overSamples(samples, shards: shards, positions: 1) { range in
      columnSums(dy, rows: range, columns: size)
    }
    return (dx, dw, db)
  }
}
