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
  let geometry: ConvolutionGeometry
  private let relu: Bool
  private let images: Int
  /// The input with zeros around it; the input itself without padding.
  private let padded: FloatSlice
  /// The gradient before the relu.
  private let masked: FloatSlice?
  private let backward: ConvolutionInputGradient?

  init(
    input: Variable, weight: Parameter, bias: Parameter?, geometry: ConvolutionGeometry,
    relu: Bool, tape: Tape
  ) {
    self.input = input
    self.weight = weight
    self.bias = bias
    self.geometry = geometry
    self.relu = relu
    images = input.shape[0]
    output = tape.makeVariable(
      [images, geometry.outputs, geometry.outputHeight, geometry.outputWidth],
      requiresGradient: true)
    masked = relu ? tape.allocate(output.value.count) : nil
    if geometry.padding == 0 {
      padded = input.value
    } else {
      padded = tape.allocate(
        images * geometry.paddedHeight * geometry.paddedWidth * geometry.channels)
      padded.fill(0)
    }
    backward =
      input.requiresGradient
      ? ConvolutionInputGradient(geometry, images: images, tape: tape) : nil
  }

  func forward(on tape: Tape) {
    tape.parallel(images, work: geometry.work(images)) { images in
      pad(images)
      for image in images {
        for row in 0..<geometry.outputHeight { computeRow(image, row, tape) }
      }
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    let dz = masked ?? dy
    if relu {
      let count = dz.count
      tape.parallel(count, work: count) { range in
        // SAFETY: all three hold `count` elements.
        unsafe tape.kernels.reluGradient(
          dz.base + range.lowerBound, dy.base + range.lowerBound,
          result: output.value.base + range.lowerBound, count: range.count)
      }
    }
    if let backward {
      tape.contribute(to: input) { backward.compute($0, dz, weight.value, tape) }
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
          sum.base, dz.base + samples.lowerBound * geometry.positions * outputs,
          rowStride: outputs, rows: samples.count * geometry.positions, columns: outputs,
          accumulating: false)
        sum[outputs..<sum.count].fill(0)
      }
    }
  }
}

// MARK: - Forward

extension ConvolutionOperation {
  /// Copies images into the middle of their zeros.
  private func pad(_ images: Range<Int>) {
    guard geometry.padding != 0 else { return }
    let (height, width, channels) = (geometry.height, geometry.width, geometry.channels)
    for image in images {
      for row in 0..<height {
        let from = (image * height + row) * width * channels
        let to =
          ((image * geometry.paddedHeight + row + geometry.padding.height) * geometry.paddedWidth
            + geometry.padding.width) * channels
        padded[to..<to + width * channels].assign(input.value[from..<from + width * channels])
      }
    }
  }

  /// One row of the output: a product for each piece of the chain that lies side by side in memory.
  private func computeRow(_ image: Int, _ row: Int, _ tape: Tape) {
    let g = geometry
    let pieces = g.isContiguous ? g.kernel.height : g.taps
    let pieceDepth = g.depth / pieces
    let panels = ParameterLayout.panels(g.groupOutputs)
    for group in 0..<g.groups {
      for piece in 0..<pieces {
        let (kh, kw) =
          g.isContiguous ? (piece, 0) : piece.quotientAndRemainder(dividingBy: g.kernel.width)
        let at =
          ((image * g.paddedHeight + row * g.stride.height + kh * g.dilation.height)
            * g.paddedWidth + kw * g.dilation.width) * g.channels + group * g.groupChannels
        let to =
          (image * g.outputHeight + row) * g.outputWidth * g.outputs + group * g.groupOutputs
        let isLast = piece == pieces - 1
        // SAFETY: the window of the row's every position lies inside the padded image; the panels are those of the group.
        unsafe tape.kernels.multiply(
          c: output.value.base + to, cPanelStride: 32, cRowStride: g.outputs,
          a: padded.base + at, aRowStride: g.stride.width * g.channels, aDepthStride: 1,
          b: weight.value.base + (group * panels * g.depth + piece * pieceDepth) * 32,
          bPanelStride: g.depth * 32, bDepthStride: 32, bPadded: true, rows: g.outputWidth,
          columns: g.groupOutputs, depth: pieceDepth,
          start: piece > 0 ? .accumulate : bias == nil ? .zero : .bias,
          bias: bias.map { unsafe UnsafePointer($0.value.base) + group * g.groupOutputs },
          relu: relu && isLast)
      }
    }
  }
}

// MARK: - The gradient of the weight

extension ConvolutionOperation {
  /// dW over some samples, in the weight's layout; padding lanes are made zero.
  private func weightGradient(
    _ sum: FloatSlice, _ dz: FloatSlice, _ samples: Range<Int>, _ tape: Tape
  ) {
    let g = geometry
    let pieces = g.isContiguous ? g.kernel.height : g.taps
    let panels = ParameterLayout.panels(g.groupOutputs)
    sum.fill(0)
    let work = g.work(samples.count)
    tape.parallel(g.groups * panels * pieces, work: work) { range in
      for index in range {
        let (rest, piece) = index.quotientAndRemainder(dividingBy: pieces)
        let (group, panel) = rest.quotientAndRemainder(dividingBy: panels)
        weightGradient(sum, dz, samples, group: group, panel: panel, piece: piece, tape)
      }
    }
  }

  /// The rows of one panel that belong to one piece of the chain.
  private func weightGradient(
    _ sum: FloatSlice, _ dz: FloatSlice, _ samples: Range<Int>, group: Int, panel: Int,
    piece: Int, _ tape: Tape
  ) {
    let g = geometry
    let pieces = g.isContiguous ? g.kernel.height : g.taps
    let pieceDepth = g.depth / pieces
    let panels = ParameterLayout.panels(g.groupOutputs)
    let (kh, kw) =
      g.isContiguous ? (piece, 0) : piece.quotientAndRemainder(dividingBy: g.kernel.width)
    let target = ((group * panels + panel) * g.depth + piece * pieceDepth) * 32
    for image in samples {
      for row in 0..<g.outputHeight {
        let at =
          ((image * g.paddedHeight + row * g.stride.height + kh * g.dilation.height)
            * g.paddedWidth + kw * g.dilation.width) * g.channels + group * g.groupChannels
        let from =
          (image * g.outputHeight + row) * g.outputWidth * g.outputs + group * g.groupOutputs
          + panel * 32
        let isFirst = image == samples.lowerBound && row == 0
        // SAFETY: as in `computeRow`; the target is a part of one panel.
        unsafe tape.kernels.multiply(
          c: sum.base + target, cPanelStride: 0, cRowStride: 32,
          a: padded.base + at, aRowStride: 1, aDepthStride: g.stride.width * g.channels,
          b: dz.base + from, bPanelStride: 0, bDepthStride: g.outputs, bPadded: true,
          rows: pieceDepth, columns: min(32, g.groupOutputs - panel * 32), depth: g.outputWidth,
          start: isFirst ? .zero : .accumulate)
      }
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
