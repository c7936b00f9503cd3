internal import KernelInterface

/// Normalization of each sample over groups of channels and all positions, then relu if wanted.
///
/// For each sample and group of k channels, with m = k · positions: a channel's sum is over its positions in rule 2's blocks of 64,
/// the group's the chain over its ascending channels; mean = Σx · (1/m), variance = Σ(x − mean)² · (1/m), inverse = 1/√(variance + ε);
/// scale = w · inverse, shift = fma(−mean, scale, b), y = fma(x, scale, shift).
///
/// Pullback, with S₁ = Σdy and S₂ = Σdy·(x − mean) of each channel over positions, A = Σ w·S₁ and B = Σ w·S₂ (chains of fma over the
/// group's channels): dx = fma(dy, scale, fma(x − mean, −(((inverse · inverse) · inverse) · (B · (1/m))), −(inverse · (A · (1/m))))); dw is the
/// chain of fma(inverse, S₂, acc) over ascending samples, db that of S₁, both in the blocks and shards of rule 2 with a sample as
/// one position.
final class GroupNormalizationOperation: Operation {
  let input: Variable
  let weight: Parameter
  let bias: Parameter
  let output: Variable
  private let groups: Int
  private let epsilon: Float
  private let images, channels, positions: Int
  /// Mean and inverse of each channel's group, scale and shift, for each sample.
  private let moments: FloatSlice
  /// S₁ and S₂ of each channel, for each sample.
  private let sums: FloatSlice
  /// Two factors of each channel, for each sample.
  private let factors: FloatSlice

  init(
    input: Variable, weight: Parameter, bias: Parameter, groups: Int, epsilon: Double, tape: Tape
  ) {
    self.input = input
    self.weight = weight
    self.bias = bias
    self.groups = groups
    self.epsilon = Float(epsilon)
    images = input.shape[0]
    channels = input.shape[1]
    positions = channels == 0 ? 0 : input.shape.sample.count / channels
    output = tape.makeVariable(input.shape, requiresGradient: true)
    moments = tape.allocate(images * 4 * channels)
    sums = tape.allocate(images * 2 * channels)
    factors = tape.allocate(images * 2 * channels)
  }

  private func moment(_ kind: Int, _ image: Int) -> FloatSlice {
    moments[(image * 4 + kind) * channels..<(image * 4 + kind + 1) * channels]
  }

  private func pair(_ slice: FloatSlice, _ image: Int) -> (FloatSlice, FloatSlice) {
    let start = image * 2 * channels
    return (slice[start..<start + channels], slice[start + channels..<start + 2 * channels])
  }

  func forward(on tape: Tape) {
    tape.parallel(images, work: input.value.count * 4) { images in
      for image in images { normalize(image, tape) }
    }
  }

  private func normalize(_ image: Int, _ tape: Tape) {
    let at = image * positions * channels
    let (mean, inverse) = (moment(0, image), moment(1, image))
    let (scale, shift) = (moment(2, image), moment(3, image))
    let inverseCount = Float(1 / Double(channels / groups * positions))
    tape.kernels.statisticSums(
      mean, input.value[at...], rowStride: channels, rows: positions, columns: channels)
    forEachGroup { range in
      let sum = range.dropFirst().reduce(mean[range.lowerBound]) { $0 + mean[$1] }
      mean[range].fill(sum * inverseCount)
    }
    tape.kernels.statisticSquares(
      inverse, input.value[at...], mean: mean, rowStride: channels, rows: positions,
      columns: channels)
    forEachGroup { range in
      let sum = range.dropFirst().reduce(inverse[range.lowerBound]) { $0 + inverse[$1] }
      inverse[range].fill(1 / (sum * inverseCount + epsilon).squareRoot())
    }
    for channel in 0..<channels {
      scale[channel] = weight.value[channel] * inverse[channel]
      shift[channel] = bias.value[channel].addingProduct(-mean[channel], scale[channel])
    }
    tape.kernels.scaleShift(
      output.value[at...], input.value[at...], scale: scale, shift: shift,
      rowStride: channels, rows: positions, columns: channels, relu: false)
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.parallel(images, work: input.value.count * 4) { images in
      for image in images { reduce(dy, image, tape) }
    }
    tape.contribute(to: input) { dx in
      tape.parallel(images, work: input.value.count * 2) { images in
        for image in images { propagate(dx, dy, image, tape) }
      }
    }
    tape.contribute(to: weight) { dw in
      tape.sumOverSamples(images, positions: 1, into: dw) { samples, sum in
        sum.fill(0)
        for image in samples {
          let products = pair(sums, image).1
          let inverse = moment(1, image)
          for channel in 0..<channels {
            sum[channel] = sum[channel].addingProduct(inverse[channel], products[channel])
          }
        }
      }
    }
    tape.contribute(to: bias) { db in
      tape.sumOverSamples(images, positions: 1, into: db) { samples, sum in
        sum.fill(0)
        for image in samples {
          let totals = pair(sums, image).0
          for channel in 0..<channels { sum[channel] = sum[channel] + totals[channel] }
        }
      }
    }
  }

  /// S₁ and S₂ of a sample, and the factors of its dx.
  private func reduce(_ dy: FloatSlice, _ image: Int, _ tape: Tape) {
    let at = image * positions * channels
    let (totals, products) = pair(sums, image)
    let (slope, offset) = pair(factors, image)
    tape.kernels.normalizationSums(
      products: products, sums: totals, dy[at...], input.value[at...],
      mean: moment(0, image), scale: moment(2, image), shift: moment(3, image),
      relu: false, rowStride: channels, rows: positions, columns: channels)
    let inverseCount = Float(1 / Double(channels / groups * positions))
    forEachGroup { range in
      var (a, b): (Float, Float) = (0, 0)
      for channel in range {
        a.addProduct(weight.value[channel], totals[channel])
        b.addProduct(weight.value[channel], products[channel])
      }
      let inverse = moment(1, image)[range.lowerBound]
      slope[range].fill(-(((inverse * inverse) * inverse) * (b * inverseCount)))
      offset[range].fill(-(inverse * (a * inverseCount)))
    }
  }

  private func propagate(_ dx: FloatSlice, _ dy: FloatSlice, _ image: Int, _ tape: Tape) {
    let at = image * positions * channels
    let (slope, offset) = pair(factors, image)
    tape.kernels.normalizationGradient(
      dx[at...], dy[at...], input.value[at...], mean: moment(0, image),
      scale: moment(2, image), shift: moment(2, image), relu: false, b: slope,
      c: offset, rowStride: channels, rows: positions, columns: channels)
  }

  private func forEachGroup(_ body: (Range<Int>) -> Void) {
    let size = channels / groups
    for group in 0..<groups { body(group * size..<(group + 1) * size) }
  }
}

/// Normalization of each sample of `[N, C]` or `[N, C, H, W]` over groups of channels.
package func groupNormalization(
  _ x: Tensor, weight: Parameter, bias: Parameter, groups: Int, epsilon: Double
) -> Tensor {
  precondition(
    x.shape.rank >= 2 && x.shape[1] == weight.shape.count && x.shape[1] % groups == 0,
    "group normalization of \(weight.shape.count) channels in \(groups) groups got \(x.shape)")
  return x.tape.record(
    GroupNormalizationOperation(
      input: x.variable, weight: weight, bias: bias, groups: groups, epsilon: epsilon,
      tape: x.tape))
}
