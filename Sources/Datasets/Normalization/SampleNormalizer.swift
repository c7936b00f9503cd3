/// Applies a transform to the samples of a set.
struct SampleNormalizer {
  private let set: ImageSet
  private let transform: ChannelTransform

  /// The values of all bytes, channel after channel; empty for samples of floats.
  private let tables: [Float]

  init(_ set: ImageSet, _ transform: ChannelTransform) {
    self.set = set
    self.transform = transform
    tables =
      set.samples.isBytes
      ? (0..<set.shape.channels).flatMap { transform.table(channel: $0) } : []
  }

  /// Writes one sample, all channels, from `place` on.
  func write(_ index: Int, to buffer: inout [Float], at place: Int) {
    let area = set.shape.area
    for channel in 0..<set.shape.channels {
      let start = index * set.shape.count + channel * area
      let target = place + channel * area
      switch set.samples {
      case .bytes(let bytes):
        Self.look(
          up: bytes.span.extracting(start..<start + area),
          in: tables.span.extracting(channel << 8..<(channel + 1) << 8), to: &buffer, at: target)
      case .floats(let floats):
        let (scale, offset) = (transform.scale[channel], transform.offset[channel])
        for position in 0..<area {
          buffer[target + position] = offset.addingProduct(floats[start + position], scale)
        }
      }
    }
  }

  private static func look(
    up bytes: Span<UInt8>, in table: Span<Float>, to buffer: inout [Float], at place: Int
  ) {
    var values = buffer.mutableSpan
    for index in bytes.indices { values[place + index] = table[Int(bytes[index])] }
  }
}
