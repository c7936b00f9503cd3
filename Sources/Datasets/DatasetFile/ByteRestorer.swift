internal import HDF5

/// Finds the bytes that normalized values were made of, and proves each.
struct ByteRestorer {
  let transform: ChannelTransform
  let shape: ImageShape

  /// Reads all samples as bytes.
  ///
  /// - Returns: `nil` if some value is not exactly that of a byte.
  func read(_ images: borrowing HDF5Dataset) throws(HDF5Error) -> [UInt8]? {
    let rows = max(1, images.chunkRowCount)
    let chunkCount = min(rows, images.rowCount) * shape.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(images.rowCount * shape.count)
    var values = [Float](repeating: 0, count: chunkCount)
    var again = values
    var guesses = [UInt8](repeating: 0, count: chunkCount)
    let places = (0..<UInt32(min(rows, images.rowCount))).map { $0 }
    for start in stride(from: 0, to: images.rowCount, by: rows) {
      let range = start..<min(start + rows, images.rowCount)
      let count = range.count * shape.count
      var valueSpan = values.mutableSpan
      try images.read(rows: range, into: &valueSpan)
      guess(values.span.extracting(first: count), &guesses)
      var againSpan = again.mutableSpan
      ByteGather.write(
        places.span.extracting(first: range.count), of: guesses.span, shape, transform,
        to: &againSpan)
      guard Self.isSame(values.span, again.span, count: count) else { return nil }
      bytes.append(contentsOf: guesses[..<count])
    }
    return bytes
  }

  /// The byte nearest to each value; anything at all where there is none.
  private func guess(_ values: Span<Float>, _ guesses: inout [UInt8]) {
    var target = guesses.mutableSpan
    for start in stride(from: 0, to: values.count, by: shape.area) {
      let channel = start / shape.area % shape.channels
      let (inverse, offset) = (1 / transform.scale[channel], transform.offset[channel])
      for index in start..<start + shape.area {
        // Adding 2^23 rounds to an integer and leaves it in the lowest bits. Its rounding and what it
        // makes of other values do not matter: the comparison decides.
        let shifted = (values[index] - offset) * inverse + 0x1p23
        target[index] = UInt8(truncatingIfNeeded: shifted.bitPattern)
      }
    }
  }

  /// Whether the first values agree bit for bit.
  private static func isSame(_ left: Span<Float>, _ right: Span<Float>, count: Int) -> Bool {
    var difference: UInt32 = 0
    for index in 0..<count { difference |= left[index].bitPattern ^ right[index].bitPattern }
    return difference == 0
  }
}
