import Autograd
import ReferenceInterpreter
import Training

extension Conv2dLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (vertical, horizontal) = axes(
      site.input, kernel: kernel, stride: stride, padding: padding, dilation: dilation)
    let (inputs, outputs, groups, bias) = (site.channels, channels, groups, bias)
    let layout = ReferenceLayout.panels(
      outputs: outputs, channels: inputs / groups, taps: vertical.kernel * horizontal.kernel,
      groups: groups)
    let layer = ReferenceLayer(site.take(bias ? 2 : 1), [layout, .vector]) { x, layer, pass in
      var product = ReferenceConvolution(
        images: pass.samples.count, channels: inputs, outputs: outputs, groups: groups,
        vertical: vertical, horizontal: horizontal)
      product.shards = pass.shards
      let (convolution, w) = (product, layer.parameters[0])
      let y = convolution.forward(x, weight: w, bias: bias ? layer.parameters[1] : nil)
      return .init(output: y) { dy in
        (
          convolution.inputGradient(dy, weight: w),
          [convolution.weightGradient(dy, input: x)]
            + (bias ? [convolution.biasGradient(dy)] : [])
        )
      }
    }
    return (.layer(layer), [outputs, vertical.outputs, horizontal.outputs])
  }
}

extension MaxPool2d: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let channels = site.channels
    let (vertical, horizontal) = axes(
      site.input, kernel: kernel, stride: stride ?? kernel, padding: padding)
    let layer = ReferenceLayer { x, _, pass in
      let pooling = ReferencePooling(
        planes: pass.samples.count * channels, vertical: vertical, horizontal: horizontal)
      let (y, places) = pooling.maximum(x)
      return .init(output: y) { (pooling.maximumGradient($0, places: places), []) }
    }
    return (.layer(layer), [channels, vertical.outputs, horizontal.outputs])
  }
}

extension AveragePool2d: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (vertical, horizontal) = axes(
      site.input, kernel: kernel, stride: stride ?? kernel, padding: padding)
    return (
      .layer(average(site.channels, vertical, horizontal)),
      [site.channels, vertical.outputs, horizontal.outputs]
    )
  }
}

extension GlobalAveragePool: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let vertical = WindowAxis(size: site.input[1], kernel: site.input[1])
    let horizontal = WindowAxis(size: site.input[2], kernel: site.input[2])
    return (.layer(average(site.channels, vertical, horizontal)), [site.channels])
  }
}

private func average(
  _ channels: Int, _ vertical: WindowAxis, _ horizontal: WindowAxis
) -> ReferenceLayer {
  ReferenceLayer { x, _, pass in
    let pooling = ReferencePooling(
      planes: pass.samples.count * channels, vertical: vertical, horizontal: horizontal)
    return .init(output: pooling.average(x)) { (pooling.averageGradient($0), []) }
  }
}

private func axes(
  _ input: [Int], kernel: Window, stride: Window, padding: Window, dilation: Window = 1
) -> (WindowAxis, WindowAxis) {
  (
    WindowAxis(
      size: input[1], kernel: kernel.height, stride: stride.height, padding: padding.height,
      dilation: dilation.height),
    WindowAxis(
      size: input[2], kernel: kernel.width, stride: stride.width, padding: padding.width,
      dilation: dilation.width)
  )
}
