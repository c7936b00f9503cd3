internal import KernelInterface

/// `y = relu?(x ⋆ W + b)`: `[N, C, H, W] → [N, O, OH, OW]`, all stored N, H, W, C.
///
/// Forward: each output one chain from the bias (or +0) over ascending (kh, kw, ic); padding multiplies by +0. Pullback, with
/// dz = y ≤ 0 ? 0 : dy when the relu is fused: dx by chains from +0 over ascending (kh, kw, oc), taps between the rows and
/// columns of a stride, above and below the output left out, taps beside the output multiplying +0; dW by chains over ascending (sample,
/// position), in the blocks and shards of rule 2, db as a statistic within these blocks.
final class ConvolutionOperation: Operation {
  let input: Variable
  /// What makes the input of values that it does not store itself, if anything.
  private let normalization: BatchNormalizationOperation?
  let weight: Parameter
  let bias: Parameter?
  let output: Variable
  private let geometry: ConvolutionGeometry
  private let shape: Convolution
  private let relu: Bool
  private let images: Int
  /// The batch normalization behind, if it may leave dy to the pullback here.
  weak var successor: BatchNormalizationOperation?
  /// Room for the input with zeros around it; nil without padding.
  ///
  /// An image is padded where it is used, in a place that stays
  /// in the cache: copying it again costs less than keeping all of them in memory.
  private let room: FloatSlice?

  init(
    input: Variable, normalization: BatchNormalizationOperation? = nil, weight: Parameter,
    bias: Parameter?, geometry: ConvolutionGeometry, relu: Bool, tape: Tape
  ) {
    let shape = geometry.shape
    self.input = input
    self.normalization = normalization
    self.weight = weight
    self.bias = bias
    self.geometry = geometry
    self.shape = shape
    self.relu = relu
    images = input.shape[0]
    output = tape.makeVariable(
      [images, geometry.outputs, geometry.outputHeight, geometry.outputWidth],
      requiresGradient: true)
    output.isRectified = relu
    room = geometry.padding == 0 ? nil : tape.allocate(images * shape.paddedFloats)
  }

  func forward(on tape: Tape) {
    let relu = relu
    tape.parallel(images, work: geometry.work(images)) { images in
      for image in images {
        // SAFETY: all slices hold all images; the weight has the layout that the kernels expect.
        let source = padded(image..<image + 1, at: images.lowerBound, tape)
        tape.kernels.convolution(
          output.value.part(image, of: shape.outputFloats), padded: source,
          weight: weight.value, bias: bias?.value, relu: relu, images: 1, shape: shape,
          panels: 0..<shape.panelCount)
      }
    }
  }

  /// Some images of one shard of the input with their padding: the input itself if there is none, else a copy in the room of those
  /// from `place` on.
  private func padded(
    _ images: Range<Int>, at place: Int, _ tape: Tape
  ) -> FloatSlice {
    let stored = normalization?.input.value ?? input.value
    let size = shape.inputFloats
    let from = stored[images.lowerBound * size..<images.upperBound * size]
    guard let room else { return from }
    let copy = room[place * shape.paddedFloats..<(place + images.count) * shape.paddedFloats]
    if let normalization {
      let factors = normalization.factors(of: images.lowerBound, tape)
      tape.kernels.padNormalized(
        copy, from, scale: factors.scale, shift: factors.shift,
        relu: normalization.relu, images: images.count, shape: shape)
    } else {
      tape.kernels.padImages(copy, from, images: images.count, shape: shape)
    }
    return copy
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    defer { successor?.endFinishing() }
    // Behind a relu dy becomes dz in its own place: nothing else reads the gradient of this output.
    if !input.requiresGradient {
      tape.parallel(images, work: dy.count) { finish(dy, $0, tape) }
    }
    propagate(dy, tape)
  }

  /// dy of some images, if the batch normalization behind has left it to this; then dz = y ≤ 0 ? 0 : dy, in place, if the relu is
  /// fused.
  private func finish(_ dz: FloatSlice, _ images: Range<Int>, _ tape: Tape) {
    if let successor {
      for image in images { successor.finish(image, tape) }
    }
    guard relu, !output.gradientIsRectified else { return }
    let range = images.lowerBound * shape.outputFloats..<images.upperBound * shape.outputFloats
    tape.kernels.reluGradient(dz[range], dz[range], result: output.value[range])
  }

  /// Passes on the gradient before the relu.
  private func propagate(_ dz: FloatSlice, _ tape: Tape) {
    if input.requiresGradient {
      tape.withScratch(shape.padsGradient ? images * shape.paddedGradientFloats : 0) { padded in
        tape.withScratch(shape.transposedWeightFloats) { transposed in
          inputGradient(dz, padded: padded, transposed: transposed, tape)
        }
      }
    }
    tape.contribute(to: weight) { dW in
      guard let bias else {
        return parameterGradients(dz, into: dW, and: dW[0..<0], tape)
      }
      tape.contribute(to: bias) { parameterGradients(dz, into: dW, and: $0, tape) }
    }
  }

  /// dW and db in one go, panel by panel of the weight, while dz is in the cache.
  private func parameterGradients(
    _ dz: FloatSlice, into dW: FloatSlice, and db: FloatSlice, _ tape: Tape
  ) {
    // Panels share the room for padded images, so with padding they stay together, and so do the narrow ones of groups.
    let pieces = room == nil && geometry.groups == 1 ? shape.panelCount : 1
    tape.sumOverSamples(
      images, positions: geometry.positions, into: dW, and: db, pieces: pieces
    ) { samples, piece, sum, biasSum in
      let outputs = geometry.outputs
      if pieces == 1 {
        weightGradient(sum, dz, samples, 0..<shape.panelCount, tape)
        biasGradient(biasSum, dz, samples, 0..<outputs, tape)
      } else {
        weightGradient(sum, dz, samples, piece..<piece + 1, tape)
        biasGradient(biasSum, dz, samples, piece * 32..<min(outputs, piece * 32 + 32), tape)
      }
    }
  }

  /// db over a block of samples, for some output channels; nothing without a bias.
  private func biasGradient(
    _ sum: FloatSlice, _ dz: FloatSlice, _ samples: Range<Int>, _ channels: Range<Int>, _ tape: Tape
  ) {
    let outputs = geometry.outputs
    guard sum.count >= outputs else { return }
    tape.kernels.statisticSums(
      sum[channels.lowerBound...],
      dz[(samples.lowerBound * shape.outputFloats + channels.lowerBound)...],
      rowStride: outputs, rows: samples.count * geometry.positions, columns: channels.count)
    if channels.upperBound == outputs { sum[outputs..<sum.count].fill(0) }
  }

  private func inputGradient(
    _ dz: FloatSlice, padded: FloatSlice, transposed: FloatSlice, _ tape: Tape
  ) {
    tape.kernels.transposeConvolution(transposed, from: weight.value, shape: shape)
    tape.contributeSamples(to: input, work: geometry.work(images)) { image, place, dx in
      finish(dz, image..<image + 1, tape)
      var source = dz.part(image, of: shape.outputFloats)
      if shape.padsGradient {
        // One image after the other in the same place, which stays in the cache.
        let room = padded.part(place, of: shape.paddedGradientFloats)
        tape.kernels.padGradient(room, source, images: 1, shape: shape)
        source = room
      }
      tape.kernels.convolutionInputGradient(
        dx, padded: source, transposedWeight: transposed, images: 1, shape: shape,
        panels: 0..<shape.transposedPanelCount)
    }
  }

  /// Some panels of dW over a block of samples, in the weight's layout; padding lanes are made zero.
  private func weightGradient(
    _ sum: FloatSlice, _ dz: FloatSlice, _ samples: Range<Int>, _ panels: Range<Int>, _ tape: Tape
  ) {
    if geometry.outputs / geometry.groups % 32 != 0 {
      let size = sum.count / shape.panelCount
      sum[panels.lowerBound * size..<panels.upperBound * size].fill(0)
    }
    // As many images at a time as the kernel takes in one go; the chains go on from call to call.
    let step = room == nil ? samples.count : max(1, 512 / geometry.positions)
    var first = samples.lowerBound
    while first < samples.upperBound {
      let images = first..<min(first + step, samples.upperBound)
      // SAFETY: the input and dz hold all images, with room behind them that may be read.
      let source = padded(images, at: samples.lowerBound, tape)
      tape.parallel(panels.count, work: geometry.work(images.count)) { part in
        tape.kernels.convolutionWeightGradient(
          sum, padded: source,
          dy: dz[images.lowerBound * shape.outputFloats..<images.upperBound * shape.outputFloats],
          images: images.count, shape: shape,
          panels: panels.lowerBound + part.lowerBound..<panels.lowerBound + part.upperBound,
          accumulating: images.lowerBound > samples.lowerBound)
      }
      first = images.upperBound
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
  geometry.check(x.shape)
  return x.tape.record(
    ConvolutionOperation(
      input: x.variable, weight: weight, bias: bias, geometry: geometry, relu: relu,
      tape: x.tape))
}

/// `conv2d` of a batch normalization, which is applied while the images are padded.
///
/// - Precondition: `geometry.appliesNormalization`.
package func conv2d(
  _ x: NormalizedTensor, weight: Parameter, bias: Parameter?, geometry: ConvolutionGeometry,
  relu: Bool = false
) -> Tensor {
  geometry.check(x.shape)
  precondition(geometry.appliesNormalization, "a convolution without padding copies no images")
  return x.tape.record(
    ConvolutionOperation(
      input: x.normalization.output, normalization: x.normalization, weight: weight, bias: bias,
      geometry: geometry, relu: relu, tape: x.tape))
}

extension ConvolutionGeometry {
  /// Stops where an input is not what the geometry is of.
  fileprivate func check(_ input: Shape) {
    precondition(
      input.rank == 4 && input.sample == [channels, height, width],
      "a convolution of \(channels)×\(height)×\(width) got \(input)")
  }
}
