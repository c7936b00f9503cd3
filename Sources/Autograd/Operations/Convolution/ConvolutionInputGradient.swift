internal import Kernels

/// The gradient of a convolution's input: chains from +0 over ascending (kh, kw, oc).
///
/// The output's gradient is spread out with zeros between strides and around, so that every tap of every input position finds a
/// factor: dy, or +0 where the window has no output there.
final class ConvolutionInputGradient {
  private let geometry: ConvolutionGeometry
  private let images: Int
  /// dy with zeros between and around, N, H, W, O.
  private let spread: FloatSlice
  /// The weight with the roles of channels exchanged: panels of input channels, depth (kh, kw, oc).
  private let turned: FloatSlice

  init(_ geometry: ConvolutionGeometry, images: Int, tape: Tape) {
    self.geometry = geometry
    self.images = images
    let g = geometry
    spread = tape.allocate(
      images * (g.height + g.reach.height) * (g.width + g.reach.width) * g.outputs)
    spread.fill(0)
    turned = tape.allocate(
      g.groups * ParameterLayout.panels(g.groupChannels) * g.taps * g.groupOutputs * 32)
    turned.fill(0)
  }

  /// Writes dx from dy.
  func compute(_ dx: FloatSlice, _ dy: FloatSlice, _ weight: FloatSlice, _ tape: Tape) {
    turn(weight)
    tape.parallel(images, work: geometry.work(images)) { images in
      for image in images {
        spreadOut(dy, image)
        for row in 0..<geometry.height { computeRow(dx, image, row, tape) }
      }
    }
  }

  /// Exchanges the roles of input and output channels in the weight's panels.
  private func turn(_ weight: FloatSlice) {
    let g = geometry
    let (ins, outs) = (g.groupChannels, g.groupOutputs)
    for group in 0..<g.groups {
      let from = group * ParameterLayout.panels(outs) * g.depth
      let to = group * ParameterLayout.panels(ins) * g.taps * outs
      for tap in 0..<g.taps {
        for out in 0..<outs {
          let source = (from + out / 32 * g.depth + tap * ins) * 32 + out % 32
          for channel in 0..<ins {
            let target = (to + (channel / 32 * g.taps + tap) * outs + out) * 32 + channel % 32
            turned[target] = weight[source + channel * 32]
          }
        }
      }
    }
  }

  /// Copies the gradient of one image to its places among the zeros.
  private func spreadOut(_ dy: FloatSlice, _ image: Int) {
    let g = geometry
    let (height, width) = (g.height + g.reach.height, g.width + g.reach.width)
    for row in 0..<g.outputHeight {
      let u = row * g.stride.height + g.reach.height - g.padding.height
      guard u >= 0, u < height else { continue }
      for column in 0..<g.outputWidth {
        let v = column * g.stride.width + g.reach.width - g.padding.width
        guard v >= 0, v < width else { continue }
        let from = ((image * g.outputHeight + row) * g.outputWidth + column) * g.outputs
        let to = ((image * height + u) * width + v) * g.outputs
        spread[to..<to + g.outputs].assign(dy[from..<from + g.outputs])
      }
    }
  }

  /// One row of dx: a product for each tap.
  private func computeRow(_ dx: FloatSlice, _ image: Int, _ row: Int, _ tape: Tape) {
    let g = geometry
    let (height, width) = (g.height + g.reach.height, g.width + g.reach.width)
    let panels = ParameterLayout.panels(g.groupChannels)
    let depth = g.taps * g.groupOutputs
    for group in 0..<g.groups {
      let to = (image * g.height + row) * g.width * g.channels + group * g.groupChannels
      for tap in 0..<g.taps {
        let (kh, kw) = tap.quotientAndRemainder(dividingBy: g.kernel.width)
        let u = row + g.reach.height - kh * g.dilation.height
        let v = g.reach.width - kw * g.dilation.width
        let at = ((image * height + u) * width + v) * g.outputs + group * g.groupOutputs
        // SAFETY: u and v + column lie inside the spread image for every tap; the panels are those of the group.
        unsafe tape.kernels.multiply(
          c: dx.base + to, cPanelStride: 32, cRowStride: g.channels,
          a: spread.base + at, aRowStride: g.outputs, aDepthStride: 1,
          b: turned.base + (group * panels * depth + tap * g.groupOutputs) * 32,
          bPanelStride: depth * 32, bDepthStride: 32, bPadded: true, rows: g.width,
          columns: g.groupChannels, depth: g.groupOutputs, start: tap > 0 ? .accumulate : .zero)
      }
    }
  }
}

extension ConvolutionGeometry {
  /// How far a window reaches beyond its first tap.
  var reach: Window {
    Window(
      height: dilation.height * (kernel.height - 1), width: dilation.width * (kernel.width - 1))
  }
}
