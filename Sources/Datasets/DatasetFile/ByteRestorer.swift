internal import HDF5

/// Finds the bytes that normalized values were made of, and proves each.
struct ByteRestorer {
  let transform: ChannelTransform

  /// The values of all bytes, channel after channel.
  let tables: [Float]

  let shape: ImageShape

  /// Reads all samples as bytes.
  ///
  /// - Returns: `nil` if some value is not exactly that of a byte.
  func read(_ images: borrowing HDF5Dataset) throws(HDF5Error) -> [UInt8]? {
    let total = images.rowCount * shape.count
    var bytes = [UInt8](repeating: 0, count: total)
    let rows = max(1, images.chunkRowCount)
    var buffer = [Float](repeating: 0, count: min(rows, images.rowCount) * shape.count)
    for start in stride(from: 0, to: images.rowCount, by: rows) {
      let range = start..<min(start + rows, images.rowCount)
      let count = range.count * shape.count
      var values = buffer.mutableSpan
      try images.read(rows: range, into: &values)
      guard restore(buffer.span.extracting(first: count), to: &bytes, at: start * shape.count)
      else { return nil }
    }
    return bytes
  }

  /// Restores whole samples; `false` if one value is not that of a byte.
  private func restore(_ values: Span<Float>, to bytes: inout [UInt8], at place: Int) -> Bool {
    var start = 0
    while start < values.count {
      for channel in 0..<shape.channels {
        let source = values.extracting(start..<start + shape.area)
        guard restore(source, channel: channel, to: &bytes, at: place + start) else { return false }
        start += shape.area
      }
    }
    return true
  }

  private func restore(
    _ values: Span<Float>, channel: Int, to bytes: inout [UInt8], at place: Int
  ) -> Bool {
    let (scale, offset) = (transform.scale[channel], transform.offset[channel])
    let inverse = 1 / scale
    let table = tables.span.extracting(channel << 8..<(channel + 1) << 8)
    var target = bytes.mutableSpan
    for index in values.indices {
      // Only a guess, so its rounding does not matter: the table decides.
      let guess = (values[index] - offset) * inverse + 0.5
      guard guess >= 0, guess < 256 else { return false }
      let byte = UInt8(guess)
      guard table[Int(byte)].bitPattern == values[index].bitPattern else { return false }
      target[place + index] = byte
    }
    return true
  }
}
