import Kernels
import Testing

@Suite("Pooling")
struct PoolingTests {
  /// Windows that tile the image, overlap, leave gaps, or reach into padding; channels around the widths of vectors.
  static let geometries: [PoolingGeometry] = [1, 3, 4, 5, 15, 16, 17, 23, 64].flatMap { channels in
    [(2, 2, 0), (3, 2, 1), (2, 1, 0), (1, 2, 0), (3, 3, 0)].map { kernel, stride, padding in
      PoolingGeometry(
        channels: channels, height: 6, width: 9, kernelHeight: kernel, kernelWidth: kernel,
        strideHeight: stride, strideWidth: stride, paddingHeight: padding, paddingWidth: padding)
    }
  }

  @Test(
    "behind a relu passes what the relu would have passed on", arguments: allKernels, geometries)
  func rectified(kernels: KernelSet, geometry: PoolingGeometry) {
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
    var taps = [UInt32](repeating: 0, count: outputs)
    taps.withUnsafeMutableBufferPointer { taps in
      guard let taps = taps.baseAddress else { return }
      kernels.maxPool(y.base, taps: taps, x.base, images: images, geometry)
      kernels.maxPoolGradient(plain.base, dy.base, taps: taps, images: images, geometry)
      kernels.reluGradient(plain.base, plain.base, result: x.base, count: count)
      kernels.maxPoolGradient(
        fused.base, dy.base, taps: taps, rectified: y.base, images: images, geometry)
    }
    #expect(fused.bits == plain.bits)
  }
}
