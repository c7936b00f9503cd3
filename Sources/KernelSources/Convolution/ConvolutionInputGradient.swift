internal import KernelInterface

/// The taps of one axis of a kernel that reach a position of the input, and the output that the first of them takes part in.
///
/// With P = position + padding, tap k reaches output (P − k · dilation) / stride if that is a whole number. So the taps are
/// first, first + s, first + 2s, … with s = stride / gcd(stride, dilation), and each reaches dilation / gcd outputs before the last.
private typealias AxisTaps = (first: Int, count: Int, output: Int)

/// An axis of a convolution: the taps of its kernel, and the distances of `AxisTaps`.
private typealias KernelAxis = (
  taps: Int, stride: Int, dilation: Int, step: Int, outputStep: Int
)

@inline(always)
private func axis(_ taps: Int, _ stride: Int, _ dilation: Int) -> KernelAxis {
  let divisor = commonDivisor(stride, dilation)
  return (taps, stride, dilation, stride / divisor, dilation / divisor)
}

/// The greatest common divisor of two positive numbers.
@inline(always)
func commonDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}

/// How many taps stand in the class of those that leave `first` when they are divided by `step`.
@inline(always)
func tapsInClass(_ first: Int, _ taps: Int, _ step: Int) -> Int {
  first >= taps ? 0 : (taps - first + step - 1) / step
}

/// How many taps stand in the classes before that of `first`.
@inline(always)
func tapsBeforeClass(_ first: Int, _ taps: Int, _ step: Int) -> Int {
  var sum = 0
  for other in 0..<first { sum += tapsInClass(other, taps, step) }
  return sum
}

/// The taps that reach the position with `position` counted from the beginning of the padding.
@inline(always)
private func reaching(_ position: Int, _ axis: KernelAxis) -> AxisTaps {
  for first in 0..<min(axis.step, axis.taps) {
    let distance = position - first * axis.dilation
    if distance % axis.stride == 0 {
      return (first, tapsInClass(first, axis.taps, axis.step), distance / axis.stride)
    }
  }
  return (0, 0, 0)
}

/// Those of `taps` whose output is one of `outputs`, and how many stand before them.
///
/// The output that the first tap reaches may lie before the first one: then no tap reaches any.
@inline(always)
private func inside(_ taps: AxisTaps, _ axis: KernelAxis, _ outputs: Int) -> (AxisTaps, Int) {
  if taps.output < 0 { return ((taps.first, 0, 0), 0) }
  let beyond = taps.output - outputs
  let before = beyond < 0 ? 0 : min(taps.count, beyond / axis.outputStep + 1)
  let count = min(taps.count, taps.output / axis.outputStep + 1) - before
  if count <= 0 { return ((taps.first, 0, 0), 0) }
  return (
    (taps.first + before * axis.step, count, taps.output - before * axis.outputStep), before
  )
}

/// The gradient of a convolution's input: each element one chain from +0 in ascending (kh, kw, oc) of the weight's indices.
///
/// Taps that fall between the rows or columns of a stride, above the first or below the last row of outputs, are left out: they have no
/// output. Taps beside the first or the last column are multiplied with +0: `dy` has zeros there, `left` columns before the first, in
/// images of outputHeight × gradientWidth × (groups · outputs) floats, made by `padPixels`. The weight is panels
/// `[group][⌈inputs/32⌉][taps · outputs][32]` with the taps in the order of `transposeConvolution`. dx is images of height × width.
/// Where the shape uses planes, `dy` is the same in planes, images of (outputs × outputHeight × gradientWidth), made by `padPlanes`; the strides
/// are 1 then.
@inline(never)
func rawConvolutionInputGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ weight: FloatPointer,
  _ images: Int, _ shape: Convolution, _ firstPanel: Int, _ lastPanel: Int
) {
  let (height, width) = (shape.height, shape.width)
  let (groups, inputs, outputs) = (shape.groups, shape.groupInputs, shape.groupOutputs)
  let (kernelHeight, kernelWidth) = (shape.kernelHeight, shape.kernelWidth)
  let (strideHeight, strideWidth) = (shape.strideHeight, shape.strideWidth)
  let (paddingHeight, paddingWidth) = (shape.paddingHeight, shape.paddingWidth)
  let (dilationHeight, dilationWidth) = (shape.dilationHeight, shape.dilationWidth)
  let outputHeight = shape.outputHeight
  let (left, gradientWidth) = (shape.gradientLeft, shape.gradientWidth)
  if shape.usesPlanes {
    let plane = outputHeight * gradientWidth
    // SAFETY: as below; the walk begins at the first tap and goes back.
    return unsafe convolvePlanes(
      dx, dy + (paddingHeight * gradientWidth + paddingWidth + left), weight, dy, startZero,
      false, images, outputs * plane, gradientWidth, height, width, inputs, kernelHeight,
      -dilationHeight * gradientWidth, kernelWidth, -dilationWidth, outputs, plane,
      paddingHeight, dilationHeight, outputHeight)
  }
  let inputChannels = groups * inputs
  let outputChannels = groups * outputs
  let depth = kernelHeight * kernelWidth * outputs
  let line = gradientWidth * outputChannels
  let panels = (inputs + 31) / 32
  let vertical = axis(kernelHeight, strideHeight, dilationHeight)
  let horizontal = axis(kernelWidth, strideWidth, dilationWidth)
  // With kernels of one tap, rows follow each other like positions.
  let flat =
    strideHeight == 1 && strideWidth == 1 && kernelHeight == 1 && kernelWidth == 1
    && gradientWidth == width
  let rowStep = flat ? height : 1
  let size = images * height * width * inputChannels
  for image in 0..<images {
    for panel in firstPanel..<lastPanel {
      let group = panel / panels
      let column = panel % panels * 32
      var row = 0
      while row < height {
        let all = reaching(row + paddingHeight, vertical)
        let (rows, before) = inside(all, vertical, outputHeight)
        let isOpen =
          panels * groups == 1 && strideWidth == 1
          && size - (image * height + row + rowStep) * width * inputs >= 32
        // The columns that meet the same taps, a stride apart.
        for phase in 0..<min(strideWidth, width) {
          let columns = reaching(phase + paddingWidth, horizontal)
          let walk: Walk = (
            outer: rows.count, outerStride: -vertical.outputStep * line, inner: columns.count,
            innerStride: -horizontal.outputStep * outputChannels, depth: outputs, depthStride: 1,
            ahead: 0, aheadStride: 0
          )
          let tap =
            tapsBeforeClass(all.first, kernelHeight, vertical.step) * kernelWidth
            + all.count * tapsBeforeClass(columns.first, kernelWidth, horizontal.step)
            + before * columns.count
          // SAFETY: the caller owns images and weight of these shapes; the walk goes back from the first tap to the last.
          unsafe walkPanel(
            dx
              + (((image * height + row) * width + phase) * inputChannels + group * inputs
                + column),
            strideWidth * inputChannels,
            dy
              + ((image * outputHeight + rows.output) * line
                + (columns.output + left) * outputChannels + group * outputs),
            outputChannels, walk, weight + (panel * depth + tap * outputs) * 32, 32,
            flat ? height * width : (width - phase + strideWidth - 1) / strideWidth,
            min(32, inputs - column), startZero, dy, false, isOpen)
        }
        row += rowStep
      }
    }
  }
}
