internal import KernelInterface

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
        let mean = kernels.sum(x) * inverseCount
        kernels.addScalar(d, x, value: -mean)
        let variance = kernels.sumOfSquares(d) * inverseCount
        let inverse = 1 / (variance + epsilon).squareRoot()
        inverses[image] = inverse
        kernels.scale(d, d, by: inverse)
        kernels.scaleShift(
          output.value[(image * count)...], d, scale: weight.value,
          shift: bias.value, rowStride: count, rows: 1, columns: count, relu: false)
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
        tape.kernels.columnProducts(
          sum, dy[at...], normalized[at...], mean: zeros, rowStride: count,
          rows: samples.count, columns: count, accumulating: false)
        sum[count..<sum.count].fill(0)
      }
    }
    tape.contribute(to: bias) { db in
      tape.sumOverSamples(images, positions: 1, into: db) { samples, sum in
        tape.kernels.columnSums(
          sum, dy[(samples.lowerBound * count)...], rowStride: count, rows: samples.count,
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
    kernels.multiply(g, dy[at...], weight.value)
    kernels.multiply(products, g, normalized[at...])
    let a = kernels.sum(g) * inverseCount
    let b = kernels.sum(products) * inverseCount
    kernels.addScaled(g, normalized[at...], by: -b)
    kernels.addScalar(g, g, value: -a)
    kernels.scale(g, g, by: inverses[image])
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
