import KernelInterface
import Kernels
import Testing

extension Convolution: CustomTestStringConvertible {
  public var testDescription: String {
    "\(height)×\(width)×\(inputs)→\(outputs) kernel \(kernelHeight)×\(kernelWidth) stride \(strideHeight),\(strideWidth) "
      + "padding \(paddingHeight),\(paddingWidth) dilation \(dilationHeight),\(dilationWidth) groups \(groups)"
  }

  static func make(
    _ height: Int, _ width: Int, _ inputs: Int, _ outputs: Int, _ kernel: (Int, Int),
    stride: (Int, Int) = (1, 1), padding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1),
    groups: Int = 1
  ) -> Convolution {
    var shape = Convolution(
      height: height, width: width, inputs: inputs, outputs: outputs, kernelHeight: kernel.0,
      kernelWidth: kernel.1)
    (shape.strideHeight, shape.strideWidth) = stride
    (shape.paddingHeight, shape.paddingWidth) = padding
    (shape.dilationHeight, shape.dilationWidth) = dilation
    shape.groups = groups
    return shape
  }

  static let awkward: [Convolution] = [
    make(1, 1, 1, 1, (1, 1)), make(5, 5, 1, 6, (5, 5)), make(7, 9, 1, 3, (3, 3), padding: (1, 1)),
    make(8, 8, 3, 16, (3, 3), padding: (1, 1)), make(14, 13, 6, 16, (5, 5)),
    make(9, 7, 5, 33, (3, 2), padding: (1, 0)), make(6, 6, 17, 40, (1, 1)),
    make(8, 8, 8, 9, (1, 1), stride: (2, 2)),
    make(9, 9, 4, 5, (3, 3), stride: (2, 2), padding: (1, 1)),
    make(10, 11, 3, 4, (3, 3), stride: (3, 2), padding: (2, 1)),
    make(11, 10, 2, 7, (3, 3), padding: (2, 2), dilation: (2, 3)),
    make(6, 5, 6, 9, (3, 3), padding: (1, 1), groups: 3),
    make(7, 6, 10, 10, (3, 3), padding: (1, 1), groups: 10),
    make(5, 5, 2, 2, (1, 1), padding: (2, 1)), make(4, 4, 34, 34, (2, 2), stride: (2, 2)),
    make(16, 16, 16, 32, (3, 3), stride: (2, 2), padding: (1, 1)),
    make(6, 28, 1, 6, (5, 5), padding: (2, 2)),
    make(7, 37, 1, 7, (3, 5), stride: (2, 1), dilation: (1, 2)),
    make(5, 33, 11, 5, (3, 3), padding: (1, 1)), make(6, 20, 3, 8, (2, 2), stride: (2, 2)),
    make(12, 9, 18, 7, (5, 4), stride: (3, 4), padding: (2, 3), dilation: (2, 2)),
    make(9, 10, 3, 36, (4, 3), stride: (4, 2), padding: (3, 0), dilation: (1, 4), groups: 3),
    make(7, 5, 5, 3, (1, 2), stride: (3, 6)), make(9, 11, 1, 5, (6, 4), padding: (2, 1)),
    make(11, 9, 2, 8, (5, 3), stride: (1, 2), padding: (3, 2), dilation: (2, 1)),
    make(4, 300, 1, 2, (2, 3)), make(5, 17, 12, 12, (3, 1), padding: (1, 2)),
  ]
}

@Suite("A convolution")
struct ConvolutionTests {
  static let images = 3

  /// Element (oc, kh, kw, ic) of a weight [outputs][inputs / groups][kh][kw].
  func index(_ s: Convolution, _ oc: Int, _ kh: Int, _ kw: Int, _ ic: Int) -> Int {
    ((oc * (s.inputs / s.groups) + ic) * s.kernelHeight + kh) * s.kernelWidth + kw
  }

  /// Where (oc, kh, kw, ic) stands in panels.
  func place(_ s: Convolution, _ oc: Int, _ kh: Int, _ kw: Int, _ ic: Int) -> Int {
    let inputs = s.inputs / s.groups
    let outputs = s.outputs / s.groups
    let depth = s.kernelHeight * s.kernelWidth * inputs
    let panel = oc / outputs * ((outputs + 31) / 32) + oc % outputs / 32
    return (panel * depth + (kh * s.kernelWidth + kw) * inputs + ic) * 32 + oc % outputs % 32
  }

  func forEachWeight(_ s: Convolution, _ body: (Int, Int, Int, Int) -> Void) {
    for oc in 0..<s.outputs {
      for kh in 0..<s.kernelHeight {
        for kw in 0..<s.kernelWidth {
          for ic in 0..<s.inputs / s.groups { body(oc, kh, kw, ic) }
        }
      }
    }
  }

  func panels(_ s: Convolution, _ w: Floats) -> Floats {
    let result = Floats(s.weightFloats)
    forEachWeight(s) { oc, kh, kw, ic in
      result[place(s, oc, kh, kw, ic)] = w[index(s, oc, kh, kw, ic)]
    }
    return result
  }

  /// Element of N,H,W,C with zeros around.
  func at(_ x: Floats, _ n: Int, _ h: Int, _ w: Int, _ c: Int, _ H: Int, _ W: Int, _ C: Int)
    -> Float
  {
    h < 0 || h >= H || w < 0 || w >= W ? 0 : x[((n * H + h) * W + w) * C + c]
  }

  @Test(
    "is one chain in (kh, kw, ic), padding included", arguments: allKernels, Convolution.awkward)
  func forward(kernels: any KernelFunctions, s: Convolution) {
    let x = Floats(Self.images * s.inputFloats, seed: 21)
    let w = Floats(s.outputs * s.inputs / s.groups * s.kernelHeight * s.kernelWidth, seed: 22)
    let bias = Floats(s.outputs, seed: 23)
    let weight = panels(s, w)
    let padded = Floats(Self.images * s.paddedFloats, repeating: .nan)
    kernels.padImages(padded.base, x.base, images: Self.images, shape: s)
    for (useBias, relu) in [(false, false), (true, true)] {
      let y = Floats(Self.images * s.outputFloats, repeating: .nan)
      for panel in 0..<s.panelCount {
        kernels.convolution(
          y.base, padded: padded.base, weight: weight.base, bias: useBias ? bias.base : nil,
          relu: relu, images: Self.images, shape: s, panels: panel..<panel + 1)
      }
      var expected: [UInt32] = []
      for n in 0..<Self.images {
        for oh in 0..<s.outputHeight {
          for ow in 0..<s.outputWidth {
            for oc in 0..<s.outputs {
              var sum: Float = useBias ? bias[oc] : 0
              let firstInput = oc / (s.outputs / s.groups) * (s.inputs / s.groups)
              for kh in 0..<s.kernelHeight {
                for kw in 0..<s.kernelWidth {
                  for ic in 0..<s.inputs / s.groups {
                    sum = sum.addingProduct(
                      at(
                        x, n, oh * s.strideHeight + kh * s.dilationHeight - s.paddingHeight,
                        ow * s.strideWidth + kw * s.dilationWidth - s.paddingWidth,
                        firstInput + ic, s.height, s.width, s.inputs),
                      w[index(s, oc, kh, kw, ic)])
                  }
                }
              }
              expected.append((relu && sum < 0 ? 0 : sum).bitPattern)
            }
          }
        }
      }
      #expect(y.bits == expected)
      #expect(y.marginIsIntact && padded.marginIsIntact)
    }
  }

  @Test(
    "has an input gradient of one chain in (kh, kw, oc)", arguments: allKernels, Convolution.awkward
  )
  func inputGradient(kernels: any KernelFunctions, s: Convolution) {
    inputGradient(kernels: kernels, s: s, infinite: false)
    // Infinite weights tell a product with +0 from one that was left out.
    inputGradient(kernels: kernels, s: s, infinite: true)
  }

  private func inputGradient(kernels: any KernelFunctions, s: Convolution, infinite: Bool) {
    let dy = Floats(Self.images * s.outputFloats, seed: 24)
    let w = Floats(s.outputs * s.inputs / s.groups * s.kernelHeight * s.kernelWidth, seed: 25)
    if infinite {
      for kh in stride(from: 0, to: s.kernelHeight, by: 2) {
        w[index(s, s.outputs - 1, kh, 0, 0)] = .infinity
      }
    }
    let weight = panels(s, w)
    let turned = Floats(s.transposedWeightFloats, repeating: .nan)
    kernels.transposeConvolution(turned.base, from: weight.base, shape: s)
    let padded = Floats(Self.images * s.paddedGradientFloats, repeating: .nan)
    kernels.padGradient(padded.base, dy.base, images: Self.images, shape: s)
    let dx = Floats(Self.images * s.inputFloats, repeating: .nan)
    for panel in 0..<s.transposedPanelCount {
      kernels.convolutionInputGradient(
        dx.base, padded: padded.base, transposedWeight: turned.base, images: Self.images, shape: s,
        panels: panel..<panel + 1)
    }
    var expected: [UInt32] = []
    for n in 0..<Self.images {
      for h in 0..<s.height {
        for v in 0..<s.width {
          for c in 0..<s.inputs {
            let group = c / (s.inputs / s.groups)
            var sum: Float = 0
            for kh in 0..<s.kernelHeight {
              for kw in 0..<s.kernelWidth {
                let up = h + s.paddingHeight - kh * s.dilationHeight
                let across = v + s.paddingWidth - kw * s.dilationWidth
                // Between the rows or columns of a stride, above and below the outputs, there is nothing to multiply.
                guard up % s.strideHeight == 0, across % s.strideWidth == 0 else { continue }
                guard up >= 0, up / s.strideHeight < s.outputHeight else { continue }
                for oc in 0..<s.outputs / s.groups {
                  let channel = group * (s.outputs / s.groups) + oc
                  let value = at(
                    dy, n, up / s.strideHeight, across / s.strideWidth, channel, s.outputHeight,
                    s.outputWidth, s.outputs)
                  sum = sum.addingProduct(
                    value, w[index(s, channel, kh, kw, c % (s.inputs / s.groups))])
                }
              }
            }
            expected.append((sum.isNaN ? .nan : sum).bitPattern)
          }
        }
      }
    }
    // Which NaN comes out of 0 · ∞ is the processor's affair.
    #expect(dx.bits.map { Float(bitPattern: $0).isNaN ? Float.nan.bitPattern : $0 } == expected)
    #expect(dx.marginIsIntact && turned.marginIsIntact && padded.marginIsIntact)
  }

  @Test(
    "has a weight gradient of one chain in (image, row, column)", arguments: allKernels,
    Convolution.awkward)
  func weightGradient(kernels: any KernelFunctions, s: Convolution) {
    let x = Floats(Self.images * s.inputFloats, seed: 26)
    let dy = Floats(Self.images * s.outputFloats, seed: 27)
    let padded = Floats(Self.images * s.paddedFloats, repeating: .nan)
    kernels.padImages(padded.base, x.base, images: Self.images, shape: s)
    let dW = Floats(s.weightFloats)
    for panel in 0..<s.panelCount {
      kernels.convolutionWeightGradient(
        dW.base, padded: padded.base, dy: dy.base, images: 1, shape: s, panels: panel..<panel + 1,
        accumulating: false)
      kernels.convolutionWeightGradient(
        dW.base, padded: padded.base[s.paddedFloats...],
        dy: dy.base[s.outputFloats...],
        images: Self.images - 1, shape: s, panels: panel..<panel + 1, accumulating: true)
    }
    let expected = Floats(s.weightFloats)
    forEachWeight(s) { oc, kh, kw, ic in
      let channel = oc / (s.outputs / s.groups) * (s.inputs / s.groups) + ic
      var sum: Float = 0
      for n in 0..<Self.images {
        for oh in 0..<s.outputHeight {
          for ow in 0..<s.outputWidth {
            sum = sum.addingProduct(
              at(
                x, n, oh * s.strideHeight + kh * s.dilationHeight - s.paddingHeight,
                ow * s.strideWidth + kw * s.dilationWidth - s.paddingWidth, channel, s.height,
                s.width, s.inputs), at(dy, n, oh, ow, oc, s.outputHeight, s.outputWidth, s.outputs))
          }
        }
      }
      expected[place(s, oc, kh, kw, ic)] = sum
    }
    #expect(dW.bits == expected.bits)
    #expect(dW.marginIsIntact)
  }
}
