/// The gradient of a convolution's input: each element one chain from +0 in ascending (kh, kw, oc) of the weight's indices.
///
/// `dy` is spread out: the stride's zeros between its elements, and zeros around them, images of (height + (kernelHeight − 1) ·
/// dilationHeight) × (width + (kernelWidth − 1) · dilationWidth) × (groups · outputs) floats, made by `spreadImages`. Taps
/// that fall on those zeros are multiplied like all others. The weight is panels
/// `[group][⌈inputs/32⌉][kh · kw · outputs][32]`, made by `transposeConvolution`. dx is images of height × width.
/// With `planar`, `dy` is the same in planes, images of (outputs × spread height × spread width), made by `spreadPlanes`.
@inline(never)
public func convolutionInputGradient(
  _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ weight: UnsafePointer<Float>,
  _ images: Int, _ height: Int, _ width: Int, _ groups: Int, _ inputs: Int, _ outputs: Int,
  _ kernelHeight: Int, _ kernelWidth: Int, _ dilationHeight: Int, _ dilationWidth: Int,
  _ planar: Bool, _ firstPanel: Int, _ lastPanel: Int
) {
  if planar {
    let line = width + (kernelWidth - 1) * dilationWidth
    let plane = (height + (kernelHeight - 1) * dilationHeight) * line
    // SAFETY: as below; the walk begins at the last tap.
    return unsafe convolvePlanes(
      dx, dy + ((kernelHeight - 1) * dilationHeight * line + (kernelWidth - 1) * dilationWidth),
      weight, dy, startZero, false, images, outputs * plane, line, height, width, inputs,
      kernelHeight, -dilationHeight * line, kernelWidth, -dilationWidth, outputs, plane)
  }
  let inputChannels = groups * inputs
  let outputChannels = groups * outputs
  let depth = kernelHeight * kernelWidth * outputs
  let reachHeight = (kernelHeight - 1) * dilationHeight
  let reachWidth = (kernelWidth - 1) * dilationWidth
  let line = (width + reachWidth) * outputChannels
  let panels = (inputs + 31) / 32
  let walk: Walk = (
    outer: kernelHeight, outerStride: -dilationHeight * line, inner: kernelWidth,
    innerStride: -dilationWidth * outputChannels, depth: outputs, depthStride: 1
  )
  // With kernels one column wide, rows follow each other like positions.
  let rows = reachWidth == 0 ? height * width : width
  let size = images * height * width * inputChannels
  for image in 0..<images {
    for panel in firstPanel..<lastPanel {
      let group = panel / panels
      let column = panel % panels * 32
      var row = 0
      while row < height {
        let next = image * height + (reachWidth == 0 ? height : row + 1)
        // SAFETY: the caller owns images and weight of these shapes; the walk goes back from the last tap to the first.
        unsafe walkPanel(
          dx + ((image * height + row) * width * inputChannels + group * inputs + column),
          inputChannels,
          dy
            + ((image * (height + reachHeight) + row + reachHeight) * line
              + reachWidth * outputChannels + group * outputs),
          outputChannels, walk, weight + panel * depth * 32, 32, rows, min(32, inputs - column),
          startZero, dy, false,
          panels * groups == 1 && size - next * width * inputs >= 32)
        row += reachWidth == 0 ? height : 1
      }
    }
  }
}
