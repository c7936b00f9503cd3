/// Normalization of each channel of [N, C, positions] over the samples and positions of a shard, then relu.
public struct ReferenceBatchNormalization: Sendable {
  public var samples, channels, positions: Int
  public var shards = 1
  public var relu = false
  public var isTraining = true
  public var epsilon: Double = 1e-5
  public var momentum: Double = 0.1

  public init(samples: Int, channels: Int, positions: Int) {
    self.samples = samples
    self.channels = channels
    self.positions = positions
  }

  /// What a shard measures of each channel, and what its pullback needs.
  public struct Moments: Sendable {
    var range: Range<Int>
    var mean, variance, inverse, scale, shift: [Float]
  }

  private func index(_ row: Int, _ channel: Int) -> Int {
    (row / positions * channels + channel) * positions + row % positions
  }

  private func rows(_ samples: Range<Int>) -> Range<Int> {
    samples.lowerBound * positions..<samples.upperBound * positions
  }

  /// For each channel the chain of `term` from +0 over the rows of a shard, in the blocks of statistics.
  private func statistic(
    _ samples: Range<Int>, _ term: (_ sum: Float, _ index: Int, _ channel: Int) -> Float
  ) -> [Float] {
    inBlocks(rows(samples), of: NumericsVersion.statisticsBlock) { rows in
      (0..<channels).map { channel in
        var chain: Float = 0
        for row in rows { chain = term(chain, index(row, channel), channel) }
        return chain
      }
    }
  }

  /// The moments of all shards, and the output.
  public func forward(
    _ x: [Float], weight: [Float], bias: [Float], runningMean: [Float], runningVariance: [Float]
  ) -> (y: [Float], moments: [Moments]) {
    var y = x
    var all: [Moments] = []
    for range in shardRanges(of: samples, shards: shards) {
      let inverseCount = reciprocal(range.count * positions)
      var (mean, variance) = (runningMean, runningVariance)
      if isTraining {
        mean = scaled(statistic(range) { sum, index, _ in sum + x[index] }, by: inverseCount)
        let squares = statistic(range) { sum, index, channel in
          let d = x[index] - mean[channel]
          return fma(d, d, sum)
        }
        variance = scaled(squares, by: inverseCount)
      }
      let inverse = variance.map { 1 / ($0 + Float(epsilon)).squareRoot() }
      let scale = multiplied(weight, inverse)
      let shift = (0..<channels).map { fma(-mean[$0], scale[$0], bias[$0]) }
      for row in rows(range) {
        for channel in 0..<channels {
          let value = fma(x[index(row, channel)], scale[channel], shift[channel])
          y[index(row, channel)] = relu && value < 0 ? 0 : value
        }
      }
      all.append(
        Moments(
          range: range, mean: mean, variance: variance, inverse: inverse, scale: scale,
          shift: shift))
    }
    return (y, all)
  }

  /// The gradients of input, weight and bias.
  public func pullback(
    _ dy: [Float], input x: [Float], output y: [Float], moments: [Moments]
  ) -> (x: [Float], weight: [Float], bias: [Float]) {
    let dz = relu ? reluGradient(dy, y) : dy
    var dx = dy
    var (weights, biases): ([[Float]], [[Float]]) = ([], [])
    for shard in moments {
      let inverseCount = reciprocal(shard.range.count * positions)
      let sums = statistic(shard.range) { sum, index, _ in sum + dz[index] }
      let products = statistic(shard.range) { sum, index, channel in
        fma(dz[index], x[index] - shard.mean[channel], sum)
      }
      for channel in 0..<channels {
        let (scale, inverse) = (shard.scale[channel], shard.inverse[channel])
        let b = -((scale * (inverse * inverse)) * (products[channel] * inverseCount))
        let c = -(scale * (sums[channel] * inverseCount))
        for row in rows(shard.range) {
          let at = index(row, channel)
          // By running statistics the two last terms do not exist.
          let rest = isTraining ? fma(x[at] - shard.mean[channel], b, c) : 0
          dx[at] = fma(dz[at], scale, rest)
        }
      }
      weights.append(multiplied(products, shard.inverse))
      biases.append(sums)
    }
    return (dx, pairwise(weights), pairwise(biases))
  }

  /// The running statistics after a step, shard after shard.
  public func updated(
    mean: [Float], variance: [Float], moments: [Moments]
  ) -> (mean: [Float], variance: [Float]) {
    guard isTraining else { return (mean, variance) }
    var (mean, variance) = (mean, variance)
    let share = Float(momentum)
    for shard in moments {
      let m = shard.range.count * positions
      let correction = m > 1 ? Float(Double(m) / Double(m - 1)) : 1
      for channel in 0..<channels {
        mean[channel] = fma(share, shard.mean[channel] - mean[channel], mean[channel])
        let unbiased = shard.variance[channel] * correction
        variance[channel] = fma(share, unbiased - variance[channel], variance[channel])
      }
    }
    return (mean, variance)
  }
}
