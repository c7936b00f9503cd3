internal import KernelInterface
internal import Kernels

/// Samples of bytes as normalized floats: `fma(byte, scale, offset)`, by the kernels.
enum ByteGather {
  /// The kernels of this machine; nil where none can run, and then the same is computed one by one.
  private static let kernels = (try? KernelSet())?.functions

  /// Writes samples one after another.
  ///
  /// - Parameters:
  ///   - samples: Places of samples in `bytes`.
  ///   - bytes: Whole samples of the given shape.
  ///   - shape: The shape of a sample.
  ///   - transform: One pair of factors a channel.
  ///   - values: Room for the samples, from its beginning on.
  static func write(
    _ samples: Span<UInt32>, of bytes: Span<UInt8>, _ shape: ImageShape,
    _ transform: ChannelTransform, to values: inout MutableSpan<Float>
  ) {
    let count = bytes.count / shape.count
    for place in samples.indices { precondition(Int(samples[place]) < count) }
    precondition(samples.count * shape.count <= values.count)
    precondition(transform.scale.count == shape.channels)
    guard !samples.isEmpty else { return }
    guard let kernels else {
      return writeOneByOne(samples, of: bytes, shape, transform, to: &values)
    }
    kernels.gatherBytes(
      &values, rowStride: shape.count, interleaved: false, source: bytes,
      sourceStride: shape.count, indices: samples, channels: shape.channels,
      positions: shape.area, scale: transform.scale.span, offset: transform.offset.span)
  }

  private static func writeOneByOne(
    _ samples: Span<UInt32>, of bytes: Span<UInt8>, _ shape: ImageShape,
    _ transform: ChannelTransform, to values: inout MutableSpan<Float>
  ) {
    for place in samples.indices {
      for index in 0..<shape.count {
        let channel = index / shape.area
        values[place * shape.count + index] = transform.offset[channel].addingProduct(
          Float(bytes[Int(samples[place]) * shape.count + index]), transform.scale[channel])
      }
    }
  }
}
