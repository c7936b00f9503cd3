internal import KernelInterface

/// Pads images of N,H,W,C with zeros: y[top + i][left + j] = x[i][j].
///
/// The padded image has room for all of x.
@inline(never)
func rawPadPixels(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ images: Int, _ height: Int,
  _ width: Int, _ channels: Int, _ paddedHeight: Int, _ paddedWidth: Int, _ top: Int, _ left: Int
) {
  // SAFETY: here and below, the caller owns `images` images of both shapes, which do not overlap.
  unsafe padLines(
    y, x, images, height, width, channels, paddedHeight, paddedWidth, top, left
  ) { to, from in unsafe rawCopy(to, from, width * channels) }
}

/// `padPixels` of what a normalization and its relu make of x: y[top + i][left + j] = relu?(fma(x[i][j], scale, shift)).
@inline(never)
func rawPadNormalized(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ scale: FloatPointer,
  _ shift: FloatPointer, _ relu: Bool, _ images: Int, _ height: Int, _ width: Int,
  _ channels: Int, _ paddedHeight: Int, _ paddedWidth: Int, _ top: Int, _ left: Int
) {
  // SAFETY: and `channels` floats of each vector.
  unsafe padLines(
    y, x, images, height, width, channels, paddedHeight, paddedWidth, top, left
  ) { to, from in unsafe rawScaleShift(to, from, scale, shift, channels, width, channels, relu) }
}

/// Fills the padding with zeros and lets `line` write each line of pixels between.
@inline(always)
private func padLines(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ images: Int, _ height: Int,
  _ width: Int, _ channels: Int, _ paddedHeight: Int, _ paddedWidth: Int, _ top: Int, _ left: Int,
  _ line: (_ to: MutableFloatPointer, _ from: FloatPointer) -> Void
) {
  let stride = paddedWidth * channels
  let right = paddedWidth - left - width
  for image in 0..<images {
    let to = unsafe y + image * paddedHeight * stride
    let from = unsafe x + image * height * width * channels
    unsafe rawFill(to, 0, top * stride)
    for i in 0..<height {
      let target = unsafe to + (top + i) * stride
      unsafe rawFill(target, 0, left * channels)
      unsafe line(target + left * channels, from + i * width * channels)
      unsafe rawFill(target + (left + width) * channels, 0, right * channels)
    }
    unsafe rawFill(to + (top + height) * stride, 0, (paddedHeight - top - height) * stride)
  }
}

/// `padPixels` into planes: y[channel][top + i][left + j] = x[i][j][channel], zeros elsewhere.
@inline(never)
func rawPadPlanes(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ images: Int, _ height: Int,
  _ width: Int, _ channels: Int, _ paddedHeight: Int, _ paddedWidth: Int, _ top: Int, _ left: Int
) {
  let plane = paddedHeight * paddedWidth
  for image in 0..<images {
    // SAFETY: the caller owns `images` images of both shapes, which do not overlap.
    let to = unsafe y + image * channels * plane
    let from = unsafe x + image * height * width * channels
    unsafe rawFill(to, 0, channels * plane)
    for i in 0..<height {
      unsafe transposeRows(
        to + ((top &+ i) &* paddedWidth &+ left), plane, from + i &* width &* channels, channels,
        width, channels)
    }
  }
}

/// Turns the weight panels of a convolution into those of its input gradient.
///
/// From `[group][⌈outputs/32⌉][taps · inputs][32]` to `[group][⌈inputs/32⌉][taps · outputs][32]`, padded with +0. The taps of a
/// stride are put together in the order in which `convolutionInputGradient` meets them: those that leave 0 when their row is divided by
/// `rowStep` = stride / gcd(stride, dilation), then those that leave 1, …, within them the same with their column and
/// `columnStep`, and within those in ascending order.
@inline(never)
func rawTransposeConvolution(
  _ target: MutableFloatPointer, _ source: FloatPointer,
  _ shape: Convolution
) {
  let (inputs, outputs) = (shape.groupInputs, shape.groupOutputs)
  let (kernelHeight, kernelWidth) = (shape.kernelHeight, shape.kernelWidth)
  let taps = kernelHeight * kernelWidth
  let sourcePanel = taps * inputs * 32
  let targetPanel = taps * outputs * 32
  let sourcePanels = (outputs + 31) / 32
  let targetPanels = (inputs + 31) / 32
  let rowStep = shape.strideHeight / commonDivisor(shape.strideHeight, shape.dilationHeight)
  let columnStep = shape.strideWidth / commonDivisor(shape.strideWidth, shape.dilationWidth)
  for group in 0..<shape.groups {
    // SAFETY: the caller owns both sets of panels, which do not overlap.
    let from = unsafe source + group * sourcePanels * sourcePanel
    let to = unsafe target + group * targetPanels * targetPanel
    for row in 0..<kernelHeight {
      let rows = tapsInClass(row % rowStep, kernelHeight, rowStep)
      let before = tapsBeforeClass(row % rowStep, kernelHeight, rowStep) * kernelWidth
      for column in 0..<kernelWidth {
        let columns = tapsInClass(column % columnStep, kernelWidth, columnStep)
        let tap =
          before + rows * tapsBeforeClass(column % columnStep, kernelWidth, columnStep)
          + row / rowStep * columns + column / columnStep
        unsafe transposeTap(
          to + tap * outputs * 32, targetPanel, from + (row * kernelWidth + column) * inputs * 32,
          sourcePanel, inputs, outputs)
      }
    }
  }
}

/// Transposes inputs × outputs, kept as rows of panels, into outputs × inputs.
@inline(always)
func transposeTap(
  _ target: MutableFloatPointer, _ targetPanel: Int, _ source: FloatPointer,
  _ sourcePanel: Int, _ inputs: Int, _ outputs: Int
) {
  for q in 0..<(inputs + 31) / 32 {
    let width = min(32, inputs - 32 * q)
    var column = 0
    while column < outputs {
      // SAFETY: the caller owns ⌈outputs/32⌉ panels with inputs · 32 floats at the source's tap and ⌈inputs/32⌉ panels with
      // outputs · 32 floats at the target's.
      let from = unsafe source + ((column >> 5) * sourcePanel + (column & 31) + 32 * q * 32)
      let to = unsafe target + (q * targetPanel + column * 32)
      let height = min(4, outputs - column)
      if width < 32 {
        for i in 0..<height {
          unsafe store16(to, i * 32, .zero)
          unsafe store16(to, i * 32 + 16, .zero)
        }
      }
      var j = 0
      if height == 4 {
        while j + 4 <= width {
          unsafe transpose4(to + j, 32, from + j * 32, 32)
          j += 4
        }
      }
      while j < width {
        for i in 0..<height { unsafe to[i * 32 + j] = from[j * 32 + i] }
        j += 1
      }
      column += height
    }
  }
}
