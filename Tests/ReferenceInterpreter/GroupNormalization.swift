/// Normalization of each sample of [N, C, positions] over groups of channels and all positions.
public struct ReferenceGroupNormalization: Sendable {
  public var samples, channels, positions, groups: Int
  public var shards = 1
  public var epsilon: Double = 1e-5

  public init(samples: Int, channels: Int, positions: Int, groups: Int) {
    self.samples = samples
    self.channels = channels
    self.positions = positions
    self.groups = groups
  }

  private var groupChannels: Int { channels / groups }
  private var inverseCount: Float { reciprocal(groupChannels * positions) }

  private func channels(of group: Int) -> Range<Int> {
    group * groupChannels..<(group + 1) * groupChannels
  }

  private func index(_ sample: Int, _ channel: Int, _ position: Int) -> Int {
    (sample * channels + channel) * positions + position
  }

  /// The chain of `term` from +0 over the positions of a channel of a sample, in the blocks of statistics.
  private func statistic(
    _ sample: Int, _ channel: Int, _ term: (_ sum: Float, _ index: Int) -> Float
  ) -> Float {
    inBlocks(0..<positions, of: NumericsVersion.statisticsBlock) { range in
      var chain: Float = 0
      for position in range { chain = term(chain, index(sample, channel, position)) }
      return [chain]
    }[0]
  }

  /// Mean and inverse of a group of a sample: the channels' sums added in ascending order.
  private func moments(_ x: [Float], _ sample: Int, _ group: Int) -> (mean: Float, inverse: Float) {
    let sums = channels(of: group).map { channel in
      statistic(sample, channel) { sum, index in sum + x[index] }
    }
    let mean = sums.dropFirst().reduce(sums[0]) { $0 + $1 } * inverseCount
    let squares = channels(of: group).map { channel in
      statistic(sample, channel) { sum, index in
        let d = x[index] - mean
        return fma(d, d, sum)
      }
    }
    let variance = squares.dropFirst().reduce(squares[0]) { $0 + $1 } * inverseCount
    return (mean, 1 / (variance + Float(epsilon)).squareRoot())
  }

  /// y = fma(x, w · inverse, fma(−mean, w · inverse, b)).
  public func forward(_ x: [Float], weight: [Float], bias: [Float]) -> [Float] {
    var y = x
    for sample in 0..<samples {
      for group in 0..<groups {
        let (mean, inverse) = moments(x, sample, group)
        for channel in channels(of: group) {
          let scale = weight[channel] * inverse
          let shift = fma(-mean, scale, bias[channel])
          for position in 0..<positions {
            let at = index(sample, channel, position)
            y[at] = fma(x[at], scale, shift)
          }
        }
      }
    }
    return y
  }

  /// The gradients of input, weight and bias.
  public func pullback(
    _ dy: [Float], input x: [Float], weight: [Float]
  ) -> (x: [Float], weight: [Float], bias: [Float]) {
    var dx = x
    var (sums, products) = (
      [Float](repeating: 0, count: samples * channels),
      [Float](repeating: 0, count: samples * channels)
    )
    var inverses = sums
    for sample in 0..<samples {
      for group in 0..<groups {
        let (mean, inverse) = moments(x, sample, group)
        var (a, b): (Float, Float) = (0, 0)
        for channel in channels(of: group) {
          let at = sample * channels + channel
          sums[at] = statistic(sample, channel) { sum, index in sum + dy[index] }
          products[at] = statistic(sample, channel) { sum, index in
            fma(dy[index], x[index] - mean, sum)
          }
          inverses[at] = inverse
          a = fma(weight[channel], sums[at], a)
          b = fma(weight[channel], products[at], b)
        }
        let slope = -(((inverse * inverse) * inverse) * (b * inverseCount))
        let offset = -(inverse * (a * inverseCount))
        for channel in channels(of: group) {
          for position in 0..<positions {
            let at = index(sample, channel, position)
            dx[at] = fma(dy[at], weight[channel] * inverse, fma(x[at] - mean, slope, offset))
          }
        }
      }
    }
    let dw = overSamples(samples, shards: shards, positions: 1) { range in
      var chains = [Float](repeating: 0, count: channels)
      for sample in range {
        for channel in 0..<channels {
          let at = sample * channels + channel
          chains[channel] = fma(inverses[at], products[at], chains[channel])
        }
      }
      return chains
    }
    let db = overSamples(samples, shards: shards, positions: 1) { range in
      columnSums(sums, rows: range, columns: channels)
    }
    return (dx, dw, db)
  }
}
