import KernelInterface
import Kernels
import Testing

@Suite("Sampling")
struct SamplingTests {
  @Test(
    "drops elements by the words of Philox", arguments: allKernels,
    [0, 1, 3, 4, 5, 255, 256, 257, 1000])
  func dropout(kernels: any KernelFunctions, columns: Int) {
    let stride = columns + 2
    let samples: [UInt32] = [3, 0, .max, 59_999]
    let numbers = WordStorage(samples)
    let x = Floats(samples.count * stride, seed: 71)
    let y = Floats(samples.count * stride, repeating: 8)
    kernels.dropout(
      y.base, x.base, rowStride: stride, samples: numbers.all, rows: samples.count,
      columns: columns,
      step: 17, purpose: 99, key: 0xdead_beef, 0x1234_5678, threshold: 0x3fff_ffff, scale: 1.25)
    for (row, sample) in samples.enumerated() {
      for j in 0..<stride {
        var words: [UInt32] = [0, 0, 0, 0]
        var span = words.mutableSpan
        kernels.philoxBlocks(
          &span, counter: [UInt32(j / 4), sample, 17, 99], key: (0xdead_beef, 0x1234_5678))
        let kept = words[j % 4] >= 0x3fff_ffff
        let expected: Float = j >= columns ? 8 : kept ? x[row * stride + j] * 1.25 : 0
        #expect(y[row * stride + j].bitPattern == expected.bitPattern)
      }
    }
    #expect(y.marginIsIntact)
  }

  @Test("gathers bytes as fma(byte, scale, offset), planar or interleaved", arguments: allKernels)
  func bytes(kernels: any KernelFunctions) {
    let channels = 3
    for positions in [1, 7, 16, 33, 64] {
      let stride = channels * positions
      let source = (0..<5 * stride).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 >> 3) }
      let indices: [UInt32] = [4, 0, 0, 3]
      let scale: [Float] = [0.003921569, 1, -0.5]
      let offset: [Float] = [-0.4, 0, 3]
      for interleaved in [false, true] {
        let y = Floats(indices.count * (stride + 1), repeating: 6)
        y.base.withMutableSpan { y in
          kernels.gatherBytes(
            &y, rowStride: stride + 1, interleaved: interleaved, source: source.span,
            sourceStride: stride, indices: indices.span, channels: channels, positions: positions,
            scale: scale.span, offset: offset.span)
        }
        for row in 0..<indices.count {
          for c in 0..<channels {
            for i in 0..<positions {
              let byte = source[Int(indices[row]) * stride + c * positions + i]
              let place = row * (stride + 1) + (interleaved ? i * channels + c : c * positions + i)
              #expect(
                y[place].bitPattern == offset[c].addingProduct(Float(byte), scale[c]).bitPattern)
            }
          }
          #expect(y[row * (stride + 1) + stride] == 6)
        }
      }
    }
  }

  @Test("gathers rows of floats, and transposes images and back", arguments: allKernels)
  func floats(kernels: any KernelFunctions) {
    let source = Floats(6 * 11, seed: 72)
    let indices = WordStorage([5, 5, 0, 2])
    let y = Floats(4 * 9, repeating: 6)
    kernels.gatherFloats(
      y.base, rowStride: 9, source: source.base, sourceStride: 11, indices: indices.all, rows: 4,
      columns: 8)
    for (row, index) in [5, 5, 0, 2].enumerated() {
      for i in 0..<9 { #expect(y[row * 9 + i] == (i < 8 ? source[index * 11 + i] : 6)) }
    }
    for (channels, positions) in [(1, 5), (3, 16), (17, 10), (4, 64)] {
      let count = 2 * channels * positions
      let x = Floats(count, seed: 73)
      let interleaved = Floats(count)
      let back = Floats(count)
      kernels.interleave(
        interleaved.base, x.base, toInterleaved: true, images: 2, channels: channels,
        positions: positions)
      kernels.interleave(
        back.base, interleaved.base, toInterleaved: false, images: 2, channels: channels,
        positions: positions)
      #expect(back.bits == x.bits)
      #expect(interleaved[positions > 1 ? channels : 0] == x[positions > 1 ? 1 : 0])
    }
  }
}
