internal import KernelInterface

/// The greatest element of each window (rule 10).
///
/// Pullback: dy to where that element stood, outputs ascending. Behind a fused relu it passes nothing from windows that are ≤ 0, so
/// that the relu's own pullback has nothing left to do on an image several times as large.
final class MaxPoolOperation: Operation {
  let input: Variable
  let output: Variable
  private let geometry: PoolingGeometry
  private let taps: WordStorage

  init(_ input: Variable, geometry: PoolingGeometry, tape: Tape) {
    self.input = input
    self.geometry = geometry
    output = tape.makeVariable(
      geometry.outputShape(images: input.shape[0]), requiresGradient: input.requiresGradient)
    taps = WordStorage(count: output.value.count)
  }

  func forward(on tape: Tape) {
    tape.parallel(input.shape[0], work: input.value.count * 2) { images in
      let (from, to) = geometry.offsets(images.lowerBound)
      tape.kernels.maxPool(
        output.value[to...], taps: taps.all[to...], input.value[from...],
        images: images.count, geometry)
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input, isRectified: input.isRectified) { dx in
      tape.parallel(input.shape[0], work: dx.count * 2) { images in
        let (from, to) = geometry.offsets(images.lowerBound)
        tape.kernels.maxPoolGradient(
          dx[from...], dy[to...], taps: taps.all[to...],
          rectified: input.isRectified ? output.value[to...] : nil,
          images: images.count, geometry)
      }
    }
  }
}

/// The mean of each window, padding counted as zeros: the chain over its taps, times 1/taps rounded once.
///
/// A window that is the whole image is summed as a statistic (rule 2).
///
/// Pullback: dy times the same factor to each tap, outputs ascending.
final class AveragePoolOperation: Operation {
  let input: Variable
  let output: Variable
  private let geometry: PoolingGeometry
  private let factor: Float

  init(_ input: Variable, geometry: PoolingGeometry, tape: Tape) {
    self.input = input
    self.geometry = geometry
    factor = Float(1 / Double(geometry.kernelHeight * geometry.kernelWidth))
    output = tape.makeVariable(
      geometry.outputShape(images: input.shape[0]), requiresGradient: input.requiresGradient)
  }

  func forward(on tape: Tape) {
    tape.parallel(input.shape[0], work: input.value.count * 2) { images in
      let (from, to) = geometry.offsets(images.lowerBound)
      if geometry.isWhole { return average(images, tape) }
      tape.kernels.averagePool(
        output.value[to...], input.value[from...], factor: factor, images: images.count,
        geometry)
    }
  }

  /// The mean of whole images.
  private func average(_ images: Range<Int>, _ tape: Tape) {
    let channels = geometry.channels
    for image in images {
      let (from, to) = geometry.offsets(image)
      tape.kernels.statisticSums(
        output.value[to...], input.value[from...], rowStride: channels,
        rows: geometry.height * geometry.width, columns: channels)
      let means = output.value[to..<to + channels]
      for channel in 0..<channels { means[channel] = means[channel] * factor }
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { dx in
      tape.parallel(input.shape[0], work: dx.count * 2) { images in
        let (from, to) = geometry.offsets(images.lowerBound)
        let end = geometry.offsets(images.upperBound).input
        dx[from..<end].fill(0)
        tape.kernels.averagePoolGradient(
          dx[from...], dy[to...], factor: factor, images: images.count, geometry)
      }
    }
  }
}

extension PoolingGeometry {
  /// The windows over images of the shape N×C×H×W.
  init(input: Shape, kernel: Window, stride: Window, padding: Window) {
    precondition(input.rank == 4, "pooling takes images, not \(input)")
    self.init(
      channels: input[1], height: input[2], width: input[3], kernelHeight: kernel.height,
      kernelWidth: kernel.width, strideHeight: stride.height, strideWidth: stride.width,
      paddingHeight: padding.height, paddingWidth: padding.width)
  }

  /// Whether there is one window, the whole image.
  var isWhole: Bool {
    kernelHeight == height && kernelWidth == width && paddingHeight == 0 && paddingWidth == 0
  }

  func outputShape(images: Int) -> Shape { [images, channels, outputHeight, outputWidth] }

  /// Where an image begins in the input and in the output.
  func offsets(_ image: Int) -> (input: Int, output: Int) {
    (image * height * width * channels, image * outputHeight * outputWidth * channels)
  }
}

/// The greatest element of each window of `[N, C, H, W]`.
public func maxPool(
  _ x: Tensor, kernel: Window, stride: Window, padding: Window = 0
) -> Tensor {
  let geometry = PoolingGeometry(
    input: x.shape, kernel: kernel, stride: stride, padding: padding)
  return x.tape.record(MaxPoolOperation(x.variable, geometry: geometry, tape: x.tape))
}

/// The mean of each window of `[N, C, H, W]`, padding counted as zeros.
public func averagePool(
  _ x: Tensor, kernel: Window, stride: Window, padding: Window = 0
) -> Tensor {
  let geometry = PoolingGeometry(
    input: x.shape, kernel: kernel, stride: stride, padding: padding)
  return x.tape.record(AveragePoolOperation(x.variable, geometry: geometry, tape: x.tape))
}

/// The mean over all positions of each channel: `[N, C, H, W] → [N, C]`.
public func globalAveragePool(_ x: Tensor) -> Tensor {
  precondition(x.shape.rank == 4, "pooling takes images, not \(x.shape)")
  let window = Window(height: x.shape[2], width: x.shape[3])
  return flatten(averagePool(x, kernel: window, stride: window))
}
