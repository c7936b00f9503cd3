internal import Kernels

/// Normalization of each sample over all its elements, with a weight and a bias for each.
///
/// With n elements in storage order: mean = Σx · (1/n), the sum of rule 3; d = x − mean; variance = Σd² · (1/n), the sum of squares of
/// rule 3; inverse = 1/√(variance + ε); x̂ = d · inverse; y = fma(x̂, w, b).
///
/// Pullback, with g = dy · w: A = Σg · (1/n), B = Σ(g · x̂) · (1/n), sums of rule 3; dx = (fma(−x̂, B, g) − A) · inverse; dw = Σ dy·x̂ as a
/// chain of fma and db = Σ dy as a chain over ascending samples (rule 2).
final class LayerNormalizationOperation: Operation {
  let input: Variable
  let weight: Parameter
  let bias: Parameter
  let output: Variable
  private let epsilon: Float
  private let images, count: Int
  /// x̂ of all samples.
  private let normalized: FloatSlice
  /// g, then g · x̂, of all samples.
  private let scaled: FloatSlice
  /// The inverse of each sample.
  private let inverses: FloatSlice
  /// As many zeros as a sample has elements.
  private let zeros: FloatSlice

  init(input: Variable, weight: Parameter, bias: Parameter, epsilon: Double, tape: Tape) {
    self.input = input
    self.weight = weight
    self.bias = bias
    self.epsilon = Float(epsilon)
    images = input.shape[0]
    count = input.shape.sample.count
    output = tape.makeVariable(input.shape, requiresGradient: true)
    normalized = tape.allocate(images * count)
    scaled = tape.allocate(images * count)
    inverses = tape.allocate(images)
    zeros = tape.allocate(count)
    zeros.fill(0)
  }

  func forward(on tape: Tape) {
    let kernels = tape.kernels
    let inverseCount = Float(1 / Double(count))
    tape.parallel(images, work: images * count * 4) { images in
      for image in images {
        let x = input.value[image * count..<(image + 1) * count]
        let d = normalized[image * count..<(image + 1) * count]
        // SAFETY: all slices hold `count` floats.
        let mean = unsafe kernels.sum(x.base, count: count) * inverseCount
        unsafe kernels.addScalar(d.base, x.base, value: -mean, count: count)
        let variance = unsafe kernels.sumOfSquares(d.base, count: count) * inverseCount
        let inverse = 1 / (variance + epsilon).squareRoot()
        inverses[image] = inverse
        unsafe kernels.scale(d.base, d.base, by: inverse, count: count)
        unsafe kernels.scaleShift(
          output.value.base + image * count, d.base, scale: weight.value.base,
          shift: bias.value.base, rowStride: count, rows: 1, columns: count)
      }
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { dx in
      tape.parallel(images, work: images * count * 6) { images in
        for image in images { propagate(dx, dy, image, tape) }
      }
    }
    tape.contribute(to: weight) { dw in
      tape.sumOverSamples(images, positions: 1, into: dw) { samples, sum in
        let at = samples.lowerBound * count
        // SAFETY: dy and x̂ hold all samples, the sum and the zeros at least `count` floats.
        unsafe tape.kernels.columnProducts(
          sum.base, dy.base + at, normalized.base + at, mean: zeros.base, rowStride: count,
          rows: samples.count, columns: count, accumulating: false)
        sum[count..<sum.count].fill(0)
      }
    }
    tape.contribute(to: bias) { db in
      tape.sumOverSamples(images, positions: 1, into: db) { samples, sum in
        // SAFETY: dy holds all samples, the sum at least `count` floats.
        unsafe tape.kernels.columnSums(
          sum.base, dy.base + samples.lowerBound * count, rowStride: count, rows: samples.count,
          columns: count, accumulating: false)
        sum[count..<sum.count].fill(0)
      }
    }
  }

  private func propagate(_ dx: FloatSlice, _ dy: FloatSlice, _ image: Int, _ tape: Tape) {
    let kernels = tape.kernels
    let inverseCount = Float(1 / Double(count))
    let at = image * count
    let g = dx[at..<at + count]
    let products = scaled[at..<at + count]
    // SAFETY: all slices hold `count` floats.
    unsafe kernels.multiply(g.base, dy.base + at, weight.value.base, count: count)
    unsafe kernels.multiply(products.base, g.base, normalized.base + at, count: count)
    let a = unsafe kernels.sum(g.base, count: count) * inverseCount
    let b = unsafe kernels.sum(products.base, count: count) * inverseCount
    unsafe kernels.addScaled(g.base, normalized.base + at, by: -b, count: count)
    unsafe kernels.addScalar(g.base, g.base, value: -a, count: count)
    unsafe kernels.scale(g.base, g.base, by: inverses[image], count: count)
  }
}

/// Normalization of each sample over all its elements; weight and bias have a sample's shape.
package func layerNormalization(
  _ x: Tensor, weight: Parameter, bias: Parameter, epsilon: Double
) -> Tensor {
  precondition(
    x.shape.rank >= 2 && x.shape.sample.count == weight.shape.count,
    "layer normalization of \(weight.shape) got \(x.shape)")
  return x.tape.record(
    LayerNormalizationOperation(
      input: x.variable, weight: weight, bias: bias, epsilon: epsilon, tape: x.tape))
}
