internal import KernelInterface

/// y = (the chain +0 + x over the taps of each window, ascending) · factor; padding adds nothing.
@inline(never)
func rawAveragePool(
  _ y: MutableFloatPointer, _ x: FloatPointer, _ factor: Float,
  _ images: Int, _ g: PoolingGeometry
) {
  let (channels, height, width) = (g.channels, g.height, g.width)
  let (kernelHeight, kernelWidth) = (g.kernelHeight, g.kernelWidth)
  let (strideHeight, strideWidth) = (g.strideHeight, g.strideWidth)
  let (paddingHeight, paddingWidth) = (g.paddingHeight, g.paddingWidth)
  let (outputHeight, outputWidth) = (g.outputHeight, g.outputWidth)
  for image in 0..<images {
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let to = unsafe y + at
        for j in 0..<channels { unsafe to[j] = 0 }
        for kh in 0..<kernelHeight {
          let ih = row * strideHeight - paddingHeight + kh
          if ih < 0 || ih >= height { continue }
          for kw in 0..<kernelWidth {
            let iw = column * strideWidth - paddingWidth + kw
            if iw < 0 || iw >= width { continue }
            let from = unsafe x + ((image * height + ih) * width + iw) * channels
            for j in 0..<channels { unsafe to[j] = to[j] + from[j] }
          }
        }
        for j in 0..<channels { unsafe to[j] = to[j] * factor }
      }
    }
  }
}

/// dx += dy · factor (rounded once) over each window, outputs ascending; `dx` must hold what it starts from, +0.
@inline(never)
func rawAveragePoolGradient(
  _ dx: MutableFloatPointer, _ dy: FloatPointer, _ factor: Float,
  _ images: Int, _ g: PoolingGeometry
) {
  let (channels, height, width) = (g.channels, g.height, g.width)
  let (kernelHeight, kernelWidth) = (g.kernelHeight, g.kernelWidth)
  let (strideHeight, strideWidth) = (g.strideHeight, g.strideWidth)
  let (paddingHeight, paddingWidth) = (g.paddingHeight, g.paddingWidth)
  let (outputHeight, outputWidth) = (g.outputHeight, g.outputWidth)
  for image in 0..<images {
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let at = ((image * outputHeight + row) * outputWidth + column) * channels
        let gradient = unsafe dy + at
        for kh in 0..<kernelHeight {
          let ih = row * strideHeight - paddingHeight + kh
          if ih < 0 || ih >= height { continue }
          for kw in 0..<kernelWidth {
            let iw = column * strideWidth - paddingWidth + kw
            if iw < 0 || iw >= width { continue }
            let to = unsafe dx + ((image * height + ih) * width + iw) * channels
            for j in 0..<channels { unsafe to[j] = to[j] + gradient[j] * factor }
          }
        }
      }
    }
  }
}
