import KernelInterface
import Kernels
import Testing

@Suite("Pooling")
struct PoolingTests {
  /// Windows that tile the image, overlap, leave gaps, or reach into padding; channels around the widths of vectors.
  static let geometries: [PoolingGeometry] = [1, 3, 4, 5, 6, 8, 15, 16, 17, 23, 64].flatMap {
    channels in
    [
      (9, 2, 2, 0), (10, 2, 2, 0), (9, 3, 2, 1), (9, 2, 1, 0), (9, 1, 2, 0), (9, 3, 3, 0),
      (2, 2, 2, 0),
    ].map { width, kernel, stride, padding in
      PoolingGeometry(
        channels: channels, height: 6, width: width, kernelHeight: kernel, kernelWidth: kernel,
        strideHeight: stride, strideWidth: stride, paddingHeight: padding, paddingWidth: padding)
    }
  }

  @Test(
    "behind a relu passes what the relu would have passed on", arguments: allKernels, geometries)
  func rectified(kernels: any KernelFunctions, geometry: PoolingGeometry) {
    let images = 2
    let count = images * geometry.height * geometry.width * geometry.channels
    let outputs = images * geometry.outputHeight * geometry.outputWidth * geometry.channels
    let x = Floats(count, seed: 51)
    // What a relu leaves: zeros that tie, a zero with a sign, and a NaN, which it lets through.
    for index in 0..<count where x[index] < 0 { x[index] = index % 3 == 0 ? -0.0 : 0 }
    x[count / 2] = .nan
    let y = Floats(outputs, seed: 0)
    let dy = Floats(outputs, seed: 52)
    let (plain, fused) = (Floats(count, seed: 0), Floats(count, seed: 0))
    let taps = WordStorage(count: outputs)
    kernels.maxPool(y.base, taps: taps.all, x.base, images: images, geometry)
    kernels.maxPoolGradient(
      plain.base, dy.base, taps: taps.all, rectified: nil, images: images, geometry)
    kernels.reluGradient(plain.base, plain.base, result: x.base)
    kernels.maxPoolGradient(
      fused.base, dy.base, taps: taps.all, rectified: y.base, images: images, geometry)
    #expect(fused.bits == plain.bits)
  }

  @Test(
    "takes the first of the greatest, or the first NaN, and passes the gradient there",
    arguments: allKernels, geometries)
  func greatest(kernels: any KernelFunctions, g: PoolingGeometry) {
    let images = 3
    let x = Floats(images * g.height * g.width * g.channels, seed: 53)
    // Ties, zeros of both signs and NaNs.
    for index in 0..<x.count {
      if index % 5 == 0 { x[index] = 0.75 }
      if index % 7 == 0 { x[index] = index % 2 == 0 ? 0 : -0.0 }
      if index % 31 == 0 { x[index] = .nan }
    }
    let outputs = images * g.outputHeight * g.outputWidth * g.channels
    let dy = Floats(outputs, seed: 54)
    let y = Floats(outputs, repeating: .nan)
    let dx = Floats(x.count, repeating: .nan)
    // What lies behind the taps must stay as it is.
    let taps = WordStorage([UInt32](repeating: 77, count: outputs + 16))
    kernels.maxPool(y.base, taps: taps.all, x.base, images: images, g)
    kernels.maxPoolGradient(
      dx.base, dy.base, taps: taps.all, rectified: nil, images: images, g)
    var expected = (
      y: [UInt32](), taps: [UInt32](), dx: [Float](repeating: 0, count: x.count)
    )
    for window in 0..<outputs {
      let channel = window % g.channels
      let column = window / g.channels % g.outputWidth
      let row = window / g.channels / g.outputWidth % g.outputHeight
      let image = window / g.channels / g.outputWidth / g.outputHeight
      var best: (value: Float, tap: Int, at: Int)?
      for tap in 0..<g.kernelHeight * g.kernelWidth {
        let h = row * g.strideHeight - g.paddingHeight + tap / g.kernelWidth
        let w = column * g.strideWidth - g.paddingWidth + tap % g.kernelWidth
        guard 0..<g.height ~= h, 0..<g.width ~= w else { continue }
        let at = ((image * g.height + h) * g.width + w) * g.channels + channel
        if let known = best, known.value.isNaN || x[at] <= known.value { continue }
        best = (x[at], tap, at)
      }
      guard let best else { continue }
      expected.y.append(best.value.bitPattern)
      expected.taps.append(UInt32(best.tap))
      expected.dx[best.at] += dy[window]
    }
    #expect(y.bits == expected.y)
    #expect(
      (0..<taps.count).map { taps[$0] } == expected.taps + [UInt32](repeating: 77, count: 16))
    #expect(dx.bits == expected.dx.map(\.bitPattern))
    #expect(y.marginIsIntact && dx.marginIsIntact)
  }
}
