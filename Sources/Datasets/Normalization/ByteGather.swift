internal import Kernels

/// Samples of bytes as normalized floats: `fma(byte, scale, offset)`, by the kernels.
enum ByteGather {
  /// The kernels of this machine; nil where none can run, and then the same is computed one by one.
  private static let kernels = try? KernelSet()

  /// Writes samples one after another.
  ///
  /// - Parameters:
  ///   - samples: Places of samples in `bytes`.
  ///   - bytes: Whole samples of the given shape.
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
    unsafe values.withUnsafeMutableBufferPointer { target in
      unsafe bytes.withUnsafeBufferPointer { source in
        unsafe samples.withUnsafeBufferPointer { places in
          // Nothing is empty, so no base address is nil.
          guard let target = target.baseAddress, let source = source.baseAddress,
            let places = places.baseAddress
          else { return }
          // SAFETY: each place was checked to be that of a sample in `bytes`, the room for the values
          // was checked, and the transform has one pair a channel.
          unsafe kernels.gatherBytes(
            target, rowStride: shape.count, interleaved: false, source: source,
            sourceStride: shape.count, indices: places, rows: samples.count,
            channels: shape.channels, positions: shape.area, scale: transform.scale,
            offset: transform.offset)
        }
      }
    }
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
