internal import KernelInterface

/// Normalization of each channel over the samples and positions of a shard (Numerics rule 13), then relu if wanted.
///
/// While the tape trains, for each shard with m = samples · positions rows and each channel: mean = Σx · (1/m) and
/// variance = Σ(x − mean)² · (1/m), the sums by rule 2's blocks of 64 rows, 1/m rounded once; inverse = 1/√(variance + ε);
/// scale = w · inverse; shift = fma(−mean, scale, b); y = fma(x, scale, shift). Otherwise the running statistics take the
/// place of mean and variance.
///
/// Pullback, per shard, with dz = y ≤ 0 ? 0 : dy when the relu is fused: S₁ = Σdz, S₂ = Σ dz·(x − mean);
/// dx = fma(dz, scale, fma(x − mean, B, C)) with B = −((scale · (inverse · inverse)) · (S₂ · (1/m))) and C = −(scale · (S₁ · (1/m)));
/// db = S₁ and dw = S₂ · inverse, the shards combined pairwise.
///
/// Where the reader of the output can apply scale, shift and relu itself, the output is not stored (``NormalizedTensor``).
///
/// After a step, for each shard in order: running = fma(momentum, statistic − running, running), with the variance times m/(m−1)
/// as PyTorch has it.
package final class BatchNormalizationOperation: Operation {
  let input: Variable
  let weight: Parameter
  let bias: Parameter
  let statistics: RunningStatistics
  package let output: Variable
  private let epsilon: Float
  let relu: Bool
  /// Whether the output is stored.
  private let isApplied: Bool
  /// Whether the operation just before made the input and is a convolution: its pullback comes next, so it can compute dx, image by
  /// image, where it reads it from the cache.
  private let followsConvolution: Bool
  /// Where that convolution has to put dx in this backward pass.
  private var unfinished: FloatSlice?
  private let channels: Int
  private let positions: Int
  private let images: Int
  /// Mean, variance, inverse, scale, shift, B and C of each shard, `channels` each.
  private let moments: FloatSlice

  init(
    input: Variable, weight: Parameter, bias: Parameter, statistics: RunningStatistics,
    epsilon: Double, relu: Bool, isApplied: Bool = true, tape: Tape
  ) {
    precondition(
      (input.shape.rank == 2 || input.shape.rank == 4) && input.shape[1] == weight.shape.count,
      "batch normalization of \(weight.shape.count) channels got \(input.shape)")
    self.input = input
    self.weight = weight
    self.bias = bias
    self.statistics = statistics
    self.epsilon = Float(epsilon)
    self.relu = relu
    self.isApplied = isApplied
    images = input.shape[0]
    channels = input.shape[1]
    positions = channels == 0 ? 0 : input.shape.sample.count / channels
    output =
      isApplied
      ? tape.makeVariable(input.shape, requiresGradient: true)
      : tape.makeUnstoredVariable(input.shape)
    moments = tape.allocate(tape.shards * Moment.count * channels)
    let convolution = tape.last as? ConvolutionOperation
    followsConvolution = convolution?.output === input
    if followsConvolution { convolution?.successor = self }
  }

  private enum Moment: Int {
    case mean, variance, inverse, scale, shift, b, c

    static let count = 7
  }

  private func moment(_ kind: Moment, _ shard: Int) -> FloatSlice {
    let start = (shard * Moment.count + kind.rawValue) * channels
    return moments[start..<start + channels]
  }

  package func forward(on tape: Tape) {
    for number in 0..<tape.shards {
      let samples = tape.shard(number, of: images)
      guard !samples.isEmpty else { continue }
      if tape.isTraining {
        measure(number, samples, tape)
      } else {
        moment(.mean, number).assign(statistics.mean.value[0..<channels])
        moment(.variance, number).assign(statistics.variance.value[0..<channels])
      }
      prepare(number)
      guard isApplied else { continue }
      rows(of: samples, tape) { rows in
        let at = rows.lowerBound * channels
        tape.kernels.scaleShift(
          output.value[at...], input.value[at...], scale: moment(.scale, number),
          shift: moment(.shift, number), rowStride: channels, rows: rows.count,
          columns: channels, relu: relu)
      }
    }
  }

  package func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    let occupied = (0..<tape.shards).count { !tape.shard($0, of: images).isEmpty }
    guard occupied > 0 else { return }
    // Per shard dw, then db; combined pairwise below.
    tape.withScratch(occupied * 2 * channels) { sums in
      var index = 0
      for number in 0..<tape.shards {
        let samples = tape.shard(number, of: images)
        guard !samples.isEmpty else { continue }
        let shard = sums[index * 2 * channels..<(index + 1) * 2 * channels]
        reduce(dy, number, samples, into: shard, tape)
        prepareGradient(number, samples, shard, tape)
        index += 1
      }
      propagate(dy, tape)
      index = 0
      for number in 0..<tape.shards where !tape.shard(number, of: images).isEmpty {
        let dw = sums[index * 2 * channels..<(index * 2 + 1) * channels]
        let inverse = moment(.inverse, number)
        for channel in 0..<channels { dw[channel] = dw[channel] * inverse[channel] }
        index += 1
      }
      tape.kernels.combinePairwise(
        sums, stride: 2 * channels, count: occupied, elements: 2 * channels)
      tape.contribute(to: weight) { $0.assignPadded(sums[0..<channels]) }
      tape.contribute(to: bias) { $0.assignPadded(sums[channels..<2 * channels]) }
    }
  }
}

// MARK: - The parts of a pass

extension BatchNormalizationOperation {
  /// Mean and variance of a shard.
  private func measure(_ number: Int, _ samples: Range<Int>, _ tape: Tape) {
    let mean = moment(.mean, number)
    let variance = moment(.variance, number)
    let inverseCount = Float(1 / Double(samples.count * positions))
    tape.sumOverRows(rows(of: samples), into: mean) { rows, sum in
      tape.kernels.statisticSums(
        sum, input.value[(rows.lowerBound * channels)...], rowStride: channels,
        rows: rows.count, columns: channels)
    }
    for channel in 0..<channels { mean[channel] = mean[channel] * inverseCount }
    tape.sumOverRows(rows(of: samples), into: variance) { rows, sum in
      tape.kernels.statisticSquares(
        sum, input.value[(rows.lowerBound * channels)...], mean: mean,
        rowStride: channels, rows: rows.count, columns: channels)
    }
    for channel in 0..<channels { variance[channel] = variance[channel] * inverseCount }
  }

  /// Inverse, scale and shift of a shard from its mean and variance.
  private func prepare(_ number: Int) {
    let (mean, variance) = (moment(.mean, number), moment(.variance, number))
    for channel in 0..<channels {
      let inverse = 1 / (variance[channel] + epsilon).squareRoot()
      let scale = weight.value[channel] * inverse
      moment(.inverse, number)[channel] = inverse
      moment(.scale, number)[channel] = scale
      moment(.shift, number)[channel] = bias.value[channel].addingProduct(-mean[channel], scale)
    }
  }

  /// S₂ and S₁ of a shard, one behind the other.
  private func reduce(
    _ dy: FloatSlice, _ number: Int, _ samples: Range<Int>, into sums: FloatSlice, _ tape: Tape
  ) {
    tape.sumOverRows(rows(of: samples), into: sums) { rows, sums in
      let at = rows.lowerBound * channels
      tape.kernels.normalizationSums(
        products: sums, sums: sums[channels...], dy[at...], input.value[at...],
        mean: moment(.mean, number), scale: moment(.scale, number),
        shift: moment(.shift, number), relu: relu, rowStride: channels,
        rows: rows.count, columns: channels)
    }
  }

  /// B and C of a shard from its sums.
  private func prepareGradient(
    _ number: Int, _ samples: Range<Int>, _ sums: FloatSlice, _ tape: Tape
  ) {
    let (b, c) = (moment(.b, number), moment(.c, number))
    guard tape.isTraining else {
      b.fill(0)
      return c.fill(0)
    }
    let inverseCount = Float(1 / Double(samples.count * positions))
    let (inverse, scale) = (moment(.inverse, number), moment(.scale, number))
    for channel in 0..<channels {
      let square = inverse[channel] * inverse[channel]
      b[channel] = -((scale[channel] * square) * (sums[channel] * inverseCount))
      c[channel] = -(scale[channel] * (sums[channels + channel] * inverseCount))
    }
  }

  /// dx, now or where the convolution before pulls back.
  private func propagate(_ dy: FloatSlice, _ tape: Tape) {
    let isDeferred = followsConvolution && !input.hasGradient
    tape.contribute(to: input, over: dy, unless: output.sharesGradient) { dx in
      if isDeferred {
        unfinished = dx
        return
      }
      for number in 0..<tape.shards {
        let samples = tape.shard(number, of: images)
        guard !samples.isEmpty else { continue }
        rows(of: samples, tape) { propagate(dy, into: dx, number, rows: $0, tape) }
      }
    }
  }

  /// dx of some rows of a shard.
  private func propagate(
    _ dy: FloatSlice, into dx: FloatSlice, _ number: Int, rows: Range<Int>, _ tape: Tape
  ) {
    let at = rows.lowerBound * channels
    tape.kernels.normalizationGradient(
      dx[at...], dy[at...], input.value[at...], mean: moment(.mean, number),
      scale: moment(.scale, number), shift: moment(.shift, number), relu: relu,
      b: moment(.b, number), c: moment(.c, number), rowStride: channels,
      rows: rows.count, columns: channels)
  }

  /// dx of an image, if the pullback has left it to the convolution before.
  func finish(_ image: Int, _ tape: Tape) {
    guard let unfinished, let dy = output.gradient else { return }
    let first = image * positions
    propagate(dy, into: unfinished, shard(of: image, tape), rows: first..<first + positions, tape)
  }

  /// Ends what `finish` does: a later pass may come to the convolution around the normalization.
  func endFinishing() { unfinished = nil }

  /// The rows (sample, position) of some samples.
  private func rows(of samples: Range<Int>) -> Range<Int> {
    samples.lowerBound * positions..<samples.upperBound * positions
  }

  /// Calls `body` with ranges of the rows of some samples.
  private func rows(of samples: Range<Int>, _ tape: Tape, _ body: (Range<Int>) -> Void) {
    let rows = rows(of: samples)
    tape.parallel(rows.count, work: rows.count * channels) { range in
      body(rows.lowerBound + range.lowerBound..<rows.lowerBound + range.upperBound)
    }
  }
}

// MARK: - Running statistics

/// The running mean and variance of a batch normalization, and how fast they move.
package struct RunningStatistics {
  package let mean: Parameter
  package let variance: Parameter
  package let momentum: Float

  package init(mean: Parameter, variance: Parameter, momentum: Double) {
    self.mean = mean
    self.variance = variance
    self.momentum = Float(momentum)
  }
}

extension BatchNormalizationOperation: StatefulOperation {
  package func commit(on tape: Tape) {
    guard tape.isTraining else { return }
    for number in 0..<tape.shards {
      let samples = tape.shard(number, of: images)
      guard !samples.isEmpty else { continue }
      let count = samples.count * positions
      let correction = count > 1 ? Float(Double(count) / Double(count - 1)) : 1
      let (mean, variance) = (moment(.mean, number), moment(.variance, number))
      for channel in 0..<channels {
        let (oldMean, oldVariance) = (
          statistics.mean.value[channel], statistics.variance.value[channel]
        )
        statistics.mean.value[channel] = oldMean.addingProduct(
          statistics.momentum, mean[channel] - oldMean)
        statistics.variance.value[channel] = oldVariance.addingProduct(
          statistics.momentum, variance[channel] * correction - oldVariance)
      }
    }
  }
}

/// What a reader needs to apply the normalization to a sample.
extension BatchNormalizationOperation {
  /// Scale and shift of each channel for a sample of the batch.
  func factors(of sample: Int, _ tape: Tape) -> (scale: FloatSlice, shift: FloatSlice) {
    let shard = shard(of: sample, tape)
    return (moment(.scale, shard), moment(.shift, shard))
  }

  private func shard(of sample: Int, _ tape: Tape) -> Int { sample * tape.shards / images }
}

/// A batch normalization, and the relu behind it if there is one, that the operation which reads it applies.
///
/// It is measured when it is recorded; its output is never stored, which saves writing it and reading it back.
package struct NormalizedTensor {
  let normalization: BatchNormalizationOperation
  let tape: Tape

  /// The shape of the output.
  package var shape: Shape { normalization.output.shape }
}

/// Batch normalization of `[N, C]` or `[N, C, H, W]`, then relu if wanted, to be applied where it is read: by `conv2d` or `add`.
package func normalization(
  _ x: Tensor, weight: Parameter, bias: Parameter, statistics: RunningStatistics,
  epsilon: Double, relu: Bool
) -> NormalizedTensor {
  let operation = BatchNormalizationOperation(
    input: x.variable, weight: weight, bias: bias, statistics: statistics, epsilon: epsilon,
    relu: relu, isApplied: false, tape: x.tape)
  _ = x.tape.record(operation)
  return NormalizedTensor(normalization: operation, tape: x.tape)
}

/// Batch normalization of `[N, C]` or `[N, C, H, W]`, then relu if wanted, fused.
package func batchNormalization(
  _ x: Tensor, weight: Parameter, bias: Parameter, statistics: RunningStatistics,
  epsilon: Double, relu: Bool = false
) -> Tensor {
  x.tape.record(
    BatchNormalizationOperation(
      input: x.variable, weight: weight, bias: bias, statistics: statistics, epsilon: epsilon,
      relu: relu, tape: x.tape))
}
