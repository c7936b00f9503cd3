import Kernels
import Testing

/// One axis of a convolution whose other axis is a kernel of one tap on few positions.
private struct Line {
  var kernel, stride, dilation, padding, size: Int

  var outputs: Int { (size + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1 }

  /// All with stride, dilation and kernel of 1 to 6 and padding of 0 to 6, over sizes around the reach of the kernel and below;
  /// a debug build takes a fifth of them.
  static let all: [Line] = {
    var lines: [Line] = []
    for kernel in 1...6 {
      for stride in 1...6 {
        for dilation in 1...6 {
          for padding in 0...6 {
            let least = max(1, (kernel - 1) * dilation + 1 - 2 * padding)
            for size in Set([least, least + 1, least + 4, least + 11]).sorted() {
              lines.append(
                Line(
                  kernel: kernel, stride: stride, dilation: dilation, padding: padding, size: size))
            }
          }
        }
      }
    }
    // Every fifth, which divides none of the counts above, where the test itself is not optimized.
    #if DEBUG
      return lines.enumerated().filter { $0.offset % 5 == 0 }.map(\.element)
    #else
      return lines
    #endif
  }()
}

/// Which axis a line lies along.
private enum Direction: CaseIterable { case vertical, horizontal }

private func shape(
  _ vertical: Line, _ horizontal: Line, inputs: Int, outputs: Int
) -> Convolution {
  var shape = Convolution(
    height: vertical.size, width: horizontal.size, inputs: inputs, outputs: outputs,
    kernelHeight: vertical.kernel, kernelWidth: horizontal.kernel)
  (shape.strideHeight, shape.strideWidth) = (vertical.stride, horizontal.stride)
  (shape.paddingHeight, shape.paddingWidth) = (vertical.padding, horizontal.padding)
  (shape.dilationHeight, shape.dilationWidth) = (vertical.dilation, horizontal.dilation)
  return shape
}

/// Small integers, whose sums of products Float holds exactly in any order.
private func integers(_ count: Int, _ salt: Int) -> [Int] {
  (0..<count).map { ($0 &* 37 &+ salt &* 11) % 13 - 6 }
}

/// The definition: output (oh, ow) has read input (oh · stride − padding + k · dilation, …) for each tap k.
private func definition(
  _ shape: Convolution, _ dy: [Int], _ weight: [Int], images: Int
) -> [Int] {
  let (ins, outs) = (shape.inputs, shape.outputs)
  var dx = [Int](repeating: 0, count: images * shape.inputFloats)
  for image in 0..<images {
    for oh in 0..<shape.outputHeight {
      for ow in 0..<shape.outputWidth {
        for kh in 0..<shape.kernelHeight {
          let ih = oh * shape.strideHeight - shape.paddingHeight + kh * shape.dilationHeight
          guard ih >= 0, ih < shape.height else { continue }
          for kw in 0..<shape.kernelWidth {
            let iw = ow * shape.strideWidth - shape.paddingWidth + kw * shape.dilationWidth
            guard iw >= 0, iw < shape.width else { continue }
            for oc in 0..<outs {
              let gradient =
                dy[((image * shape.outputHeight + oh) * shape.outputWidth + ow) * outs + oc]
              for ic in 0..<ins {
                let factor = weight[
                  ((oc * ins + ic) * shape.kernelHeight + kh) * shape.kernelWidth + kw]
                dx[((image * shape.height + ih) * shape.width + iw) * ins + ic] += gradient * factor
              }
            }
          }
        }
      }
    }
  }
  return dx
}

/// The product's gradient, from memory between walls of NaN: what is read beyond either end shows.
private func computed(
  _ shape: Convolution, _ dy: [Int], _ weight: [Int], images: Int, kernels: KernelSet
) -> [Float] {
  let wall = 8 * max(shape.paddedGradientFloats, shape.outputFloats) + 64
  func walled(_ count: Int) -> [Float] { Array(repeating: .nan, count: wall + count + wall) }
  var panels = [Float](repeating: 0, count: shape.weightFloats)
  let (ins, taps) = (shape.inputs, shape.kernelHeight * shape.kernelWidth)
  for oc in 0..<shape.outputs {
    for ic in 0..<ins {
      for tap in 0..<taps {
        panels[(oc / 32 * taps * ins + tap * ins + ic) * 32 + oc % 32] = Float(
          weight[(oc * ins + ic) * taps + tap])
      }
    }
  }
  var transposed = [Float](repeating: .nan, count: shape.transposedWeightFloats)
  var source = walled(images * shape.outputFloats)
  for (index, value) in dy.enumerated() { source[wall + index] = Float(value) }
  var padded = walled(images * shape.paddedGradientFloats)
  var dx = walled(images * shape.inputFloats)
  source.withUnsafeBufferPointer { source in
    padded.withUnsafeMutableBufferPointer { padded in
      transposed.withUnsafeMutableBufferPointer { transposed in
        dx.withUnsafeMutableBufferPointer { dx in
          guard let source = source.baseAddress, let padded = padded.baseAddress,
            let transposed = transposed.baseAddress, let dx = dx.baseAddress
          else { return }
          kernels.transposeConvolution(transposed, from: panels, shape: shape)
          var gradient = source + wall
          if shape.padsGradient {
            kernels.padGradient(padded + wall, source + wall, images: images, shape: shape)
            gradient = UnsafePointer(padded + wall)
          }
          kernels.convolutionInputGradient(
            dx + wall, padded: gradient, transposedWeight: transposed, images: images,
            shape: shape, panels: 0..<shape.transposedPanelCount)
        }
      }
    }
  }
  return Array(dx[wall..<wall + images * shape.inputFloats])
}

@Suite("The geometry of a convolution's input gradient")
struct InputGradientGeometryTests {
  /// Whether the product gives the integers of the definition.
  private func isRight(
    _ vertical: Line, _ horizontal: Line, inputs: Int, outputs: Int, _ kernels: KernelSet
  ) -> Bool {
    let shape = shape(vertical, horizontal, inputs: inputs, outputs: outputs)
    let images = 2
    let dy = integers(images * shape.outputFloats, vertical.size + horizontal.kernel)
    let weight = integers(inputs * outputs * shape.kernelHeight * shape.kernelWidth, outputs)
    let expected = definition(shape, dy, weight, images: images)
    let found = computed(shape, dy, weight, images: images, kernels: kernels)
    guard zip(expected, found).allSatisfy({ Float($0) == $1 }) else {
      Issue.record("\(shape), \(kernels.instructionSet): \(found), by definition \(expected)")
      return false
    }
    return true
  }

  @Test(
    "is that of the definition for every stride, dilation, kernel and padding up to 6",
    arguments: InstructionSet.available, Direction.allCases)
  private func axis(isa: InstructionSet, direction: Direction) throws {
    let kernels = try KernelSet(isa)
    let other = Line(kernel: 1, stride: 1, dilation: 1, padding: 0, size: 2)
    var wrong = 0
    for (number, line) in Line.all.enumerated() where wrong < 5 {
      // One and several channels take different ways through the kernels.
      let (inputs, outputs) = [(1, 1), (3, 2), (13, 1)][number % 3]
      let (vertical, horizontal) = direction == .vertical ? (line, other) : (other, line)
      if !isRight(vertical, horizontal, inputs: inputs, outputs: outputs, kernels) { wrong += 1 }
    }
  }

  @Test("is that of the definition on both axes at once", arguments: InstructionSet.available)
  func axes(isa: InstructionSet) throws {
    let kernels = try KernelSet(isa)
    var wrong = 0
    // Each line meets another one far from it in the list.
    let lines = Line.all
    for (number, line) in lines.enumerated() where wrong < 5 {
      let other = lines[(number * 2_003 + 911) % lines.count]
      guard line.size * other.size <= 600 else { continue }
      if !isRight(line, other, inputs: 1 + number % 3, outputs: 1, kernels) { wrong += 1 }
    }
  }
}
