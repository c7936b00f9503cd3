internal import Kernels

/// `y = relu?(x ⋆ W + b)`: `[N, C, H, W] → [N, O, OH, OW]`, all stored N, H, W, C.
///
/// Forward: each output one chain from the bias (or +0) over ascending (kh, kw, ic); padding multiplies by +0. Pullback, with
/// dz = y ≤ 0 ? 0 : dy when the relu is fused: dx by chains from +0 over ascending (kh, kw, oc), every tap of the window among
/// them, taps without an output multiplying +0; dW and db by chains over ascending (sample, position), in the blocks and
/// shards of rule 2.
final class ConvolutionOperation: Operation {
  let input: Variable
  let weight: Parameter
  let bias: Parameter?
  let output: Variable
  private let geometry: ConvolutionGeometry
  private let shape: Convolution
  private let relu: Bool
  private let images: Int
  /// The input with zeros around it; nil without padding.
  private let padded: FloatSlice?

  init(
    input: Variable, weight: Parameter, bias: Parameter?, geometry: ConvolutionGeometry,
    relu: Bool, tape: Tape
  ) {
    let shape = geometry.shape
    self.input = input
    self.weight = weight
    self.bias = bias
    self.geometry = geometry
    self.shape = shape
    self.relu = relu
    images = input.shape[0]
    output = tape.makeVariable(
      [images, geometry.outputs, geometry.outputHeight, geometry.outputWidth],
      requiresGradient: true)
    padded = geometry.padding == 0 ? nil : tape.allocate(images * shape.paddedFloats)
  }

  /// What the products read: the input with its padding.
  private var source: FloatSlice { padded ?? input.value }

  func forward(on tape: Tape) {
    let relu = relu
    tape.parallel(images, work: geometry.work(images)) { images in
      // Image by image, so that what was padded is still in the cache.
      for image in images {
        // SAFETY: all slices hold all images; the weight has the layout that the kernels expect.
        if let padded {
          unsafe tape.kernels.padImages(
            padded.base + image * shape.paddedFloats, input.value.base + image * shape.inputFloats,
            images: 1, shape: shape)
        }
        unsafe tape.kernels.convolution(
          output.value.base + image * shape.outputFloats,
          padded: source.base + image * shape.paddedFloats, weight: weight.value.base,
          bias: bias?.value.base, relu: relu, images: 1, shape: shape,
          panels: 0..<shape.panelCount)
      }
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    guard relu else { return propagate(dy, tape) }
    tape.withScratch(dy.count) { dz in
      tape.parallel(dz.count, work: dz.count) { range in
        // SAFETY: all three hold the same number of elements.
        unsafe tape.kernels.reluGradient(
          dz.base + range.lowerBound, dy.base + range.lowerBound,
          result: output.value.base + range.lowerBound, count: range.count)
      }
      propagate(dz, tape)
    }
  }

  /// Passes on the gradient before the relu.
  private func propagate(_ dz: FloatSlice, _ tape: Tape) {
    tape.contribute(to: input) { dx in
      tape.withScratch(images * shape.spreadFloats) { spread in
        tape.withScratch(shape.transposedWeightFloats) { turned in
          inputGradient(dx, dz, spread: spread, turned: turned, tape)
        }
      }
    }
    tape.contribute(to: weight) { dW in
      tape.sumOverSamples(images, positions: geometry.positions, into: dW) { samples, sum in
        weightGradient(sum, dz, samples, tape)
      }
    }
    guard let bias else { return }
    let outputs = geometry.outputs
    tape.contribute(to: bias) { db in
      tape.sumOverSamples(images, positions: geometry.positions, into: db) { samples, sum in
        // SAFETY: `sum` holds at least `outputs` floats, dz the rows of the block.
        unsafe tape.kernels.columnSums(
          sum.base, dz.base + samples.lowerBound * shape.outputFloats, rowStride: outputs,
          rows: samples.count * geometry.positions, columns: outputs, accumulating: false)
        sum[outputs..<sum.count].fill(0)
      }
    }
  }

  private func inputGradient(
    _ dx: FloatSlice, _ dz: FloatSlice, spread: FloatSlice, turned: FloatSlice, _ tape: Tape
  ) {
    // SAFETY: here and below, all slices hold all images or the whole weight, as `shape` counts them.
    unsafe tape.kernels.transposeConvolution(turned.base, from: weight.value.base, shape: shape)
    tape.parallel(images, work: geometry.work(images)) { images in
      // One image after the other in the same place, which stays in the cache.
      let room = unsafe spread.base + images.lowerBound * shape.spreadFloats
      for image in images {
        unsafe tape.kernels.spreadGradient(
          room, dz.base + image * shape.outputFloats, images: 1, shape: shape)
        unsafe tape.kernels.convolutionInputGradient(
          dx.base + image * shape.inputFloats, spread: room, transposedWeight: turned.base,
          images: 1, shape: shape, panels: 0..<shape.transposedPanelCount)
      }
    }
  }

  /// dW over a block of samples, in the weight's layout; padding lanes are made zero.
  private func weightGradient(
    _ sum: FloatSlice, _ dz: FloatSlice, _ samples: Range<Int>, _ tape: Tape
  ) {
    if geometry.outputs / geometry.groups % 32 != 0 { sum.fill(0) }
    tape.parallel(shape.panelCount, work: geometry.work(samples.count)) { panels in
      // SAFETY: the input and dz hold all images, with room behind them that may be read.
      unsafe tape.kernels.convolutionWeightGradient(
        sum.base, padded: source.base + samples.lowerBound * shape.paddedFloats,
        dy: dz.base + samples.lowerBound * shape.outputFloats, images: samples.count,
        shape: shape, panels: panels)
    }
  }
}

/// A convolution with its bias, then relu if wanted, fused.
///
/// - Parameters:
///   - x: Images, `[N, C, H, W]`.
///   - weight: `[O, C/groups, kH, kW]`, in the geometry's layout.
///   - bias: `[O]`, or nil.
///   - geometry: The extents; its input is that of `x`.
///   - relu: Whether negative outputs become zero.
/// - Returns: `[N, O, OH, OW]`.
package func conv2d(
  _ x: Tensor, weight: Parameter, bias: Parameter?, geometry: ConvolutionGeometry,
  relu: Bool = false
) -> Tensor {
  precondition(
    x.shape.rank == 4 && x.shape.sample == [geometry.channels, geometry.height, geometry.width],
    "a convolution of \(geometry.channels)×\(geometry.height)×\(geometry.width) got \(x.shape)")
  return x.tape.record(
    ConvolutionOperation(
      input: x.variable, weight: weight, bias: bias, geometry: geometry, relu: relu,
      tape: x.tape))
}
