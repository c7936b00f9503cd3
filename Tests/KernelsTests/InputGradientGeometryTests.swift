import KernelInterface
import Kernels
import Testing

/// One axis of a convolution whose other axis has a single element.
struct ConvolutionAxis {
  var extent, kernel, stride, padding, dilation: Int

  var outputs: Int { (extent + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1 }

  /// Every axis with stride, dilation and kernel from 1 to 6, padding from 0 to 6 and up to 13 elements into which the kernel fits.
  static var all: [ConvolutionAxis] {
    var axes: [ConvolutionAxis] = []
    for stride in 1...6 {
      for dilation in 1...6 {
        for kernel in 1...6 {
          for padding in 0...6 {
            for extent in 1...13 where extent + 2 * padding > dilation * (kernel - 1) {
              axes.append(
                ConvolutionAxis(
                  extent: extent, kernel: kernel, stride: stride, padding: padding,
                  dilation: dilation))
            }
          }
        }
      }
    }
    return axes
  }

  func shape(isVertical: Bool) -> Convolution {
    isVertical
      ? .make(
        extent, 1, 1, 1, (kernel, 1), stride: (stride, 1), padding: (padding, 0),
        dilation: (dilation, 1))
      : .make(
        1, extent, 1, 1, (1, kernel), stride: (1, stride), padding: (0, padding),
        dilation: (1, dilation))
  }

  /// The gradient of one image by the definition: output o reads the element o · stride + k · dilation − padding.
  func gradient(_ dy: ArraySlice<Int>, _ weight: [Int]) -> [Int] {
    var dx = Array(repeating: 0, count: extent)
    for (output, value) in dy.enumerated() {
      for tap in 0..<kernel {
        let element = output * stride + tap * dilation - padding
        if dx.indices.contains(element) { dx[element] += value * weight[tap] }
      }
    }
    return dx
  }
}

@Suite("The geometry of a convolution's input gradient")
struct InputGradientGeometryTests {
  /// Small integers, whose sums are exact in any order.
  private func integers(_ count: Int, _ factor: Int) -> [Int] {
    (0..<count).map { $0 * factor % 11 + 1 }
  }

  @Test("is the definition's, on either axis", arguments: allKernels, [true, false])
  func equalsTheDefinition(kernels: any KernelFunctions, isVertical: Bool) {
    let images = 2
    for axis in ConvolutionAxis.all {
      let shape = axis.shape(isVertical: isVertical)
      let gradient = integers(images * axis.outputs, 7)
      let taps = integers(axis.kernel, 5)
      let weight = Floats(shape.weightFloats)
      for (tap, value) in taps.enumerated() { weight[tap * 32] = Float(value) }
      let transposed = Floats(shape.transposedWeightFloats)
      kernels.transposeConvolution(transposed.base, from: weight.base, shape: shape)
      let dy = Floats(gradient.map { Float($0) })
      let padded = Floats(images * shape.paddedGradientFloats, repeating: .nan)
      kernels.padGradient(padded.base, dy.base, images: images, shape: shape)
      let dx = Floats(images * shape.inputFloats, repeating: .nan)
      kernels.convolutionInputGradient(
        dx.base, padded: padded.base, transposedWeight: transposed.base, images: images,
        shape: shape, panels: 0..<1)
      let expected = (0..<images).flatMap {
        axis.gradient(gradient[$0 * axis.outputs..<($0 + 1) * axis.outputs], taps)
      }
      if dx.values != expected.map({ Float($0) }) {
        Issue.record("\(shape.testDescription): \(dx.values), not \(expected)")
        return
      }
    }
  }
}
