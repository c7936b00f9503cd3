/// Applies a transform to the samples of a set.
struct SampleNormalizer {
  let set: ImageSet
  let transform: ChannelTransform

  /// Writes samples one after another, N × C × H × W.
  func write(_ samples: Span<UInt32>, to values: inout MutableSpan<Float>) {
    switch set.samples {
    case .bytes(let bytes):
      ByteGather.write(samples, of: bytes.span, set.shape, transform, to: &values)
    case .floats(let floats):
      for place in samples.indices {
        write(Int(samples[place]), of: floats.span, to: &values, at: place * set.shape.count)
      }
    }
  }

  private func write(
    _ sample: Int, of floats: Span<Float>, to values: inout MutableSpan<Float>, at place: Int
  ) {
    let shape = set.shape
    for channel in 0..<shape.channels {
      let (scale, offset) = (transform.scale[channel], transform.offset[channel])
      let plane = floats.extracting(
        sample * shape.count + channel * shape.area..<sample * shape.count
          + (channel + 1) * shape.area)
      let target = place + channel * shape.area
      for index in plane.indices {
        values[target + index] = offset.addingProduct(plane[index], scale)
      }
    }
  }
}
